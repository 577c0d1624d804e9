package cn.cityapis.platform.webhooks;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.timeout.TimeoutException;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.List;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufMono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import tools.jackson.databind.json.JsonMapper;

/** One signed delivery over HTTP. Redirects are not followed, the answer's body is not read. */
final class SendWebhook {

    private static final int CONNECT_MILLIS = 5_000;

    private final HttpClient http;
    private final WebhookSettings settings;
    private final JsonMapper json;
    private final Clock clock;

    /** @param clock real time, whatever the time of the service: the receiver compares the timestamp with his own */
    SendWebhook(WebhookSettings settings, JsonMapper json, Clock clock) {
        this.settings = settings;
        this.json = json;
        this.clock = clock;
        // no pool: the address is looked up and checked for each delivery
        this.http = HttpClient.create(ConnectionProvider.newConnection())
                .resolver(new GuardedResolver(settings::allows))
                .option(io.netty.channel.ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .followRedirect(false)
                .responseTimeout(settings.timeout());
    }

    /**
     * @param status null if there was no answer
     * @param error null if it was taken
     */
    record Outcome(@Nullable Integer status, @Nullable String error) {

        boolean taken() {
            return error == null;
        }

        boolean gone() {
            return status != null && status == 410;
        }
    }

    Mono<Outcome> send(Deliveries.Due due, List<String> secrets) {
        String body = json.writeValueAsString(due.event());
        String id = due.event().id().toString();
        long timestamp = clock.instant().getEpochSecond();
        if (!mayConnect(URI.create(due.url()).getHost())) {
            return Mono.just(new Outcome(null, "forbidden-address"));
        }
        return http.headers(headers -> headers.set(HttpHeaderNames.CONTENT_TYPE, "application/cloudevents+json")
                .set(HttpHeaderNames.USER_AGENT, "city-apis-webhooks/1")
                .set("webhook-id", id)
                .set("webhook-timestamp", timestamp)
                .set("webhook-signature", Signature.of(secrets, id, timestamp, body)))
                .post()
                .uri(due.url())
                .send(ByteBufMono.fromString(Mono.just(body)))
                .response()
                .map(response -> outcome(response.status().code()))
                .timeout(settings.timeout().plusMillis(CONNECT_MILLIS))
                .onErrorResume(failure -> Mono.just(new Outcome(null, reason(failure))));
    }

    private static Outcome outcome(int status) {
        return new Outcome(status, status / 100 == 2 ? null : "status-" + status);
    }

    private boolean mayConnect(String host) {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(host);
        try {
            return bytes == null || settings.allows(InetAddress.getByAddress(bytes));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 or 16 bytes", e);
        }
    }

    /** A code: what the other side wrote is not passed on. */
    private static String reason(Throwable failure) {
        return switch (failure) {
            case GuardedResolver.ForbiddenAddress forbidden -> "forbidden-address";
            case UnknownHostException unknown -> "unknown-host";
            case ConnectTimeoutException late -> "connect-timeout";
            case TimeoutException late -> "timeout";
            case java.util.concurrent.TimeoutException late -> "timeout";
            case SSLException tls -> "tls";
            default -> failure.getCause() instanceof SSLException ? "tls" : "connection-failed";
        };
    }
}
