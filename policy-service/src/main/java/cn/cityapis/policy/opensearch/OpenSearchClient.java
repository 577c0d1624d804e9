package cn.cityapis.policy.opensearch;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

import io.netty.channel.ChannelOption;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientRequestException;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Calls of the REST interface. A node that does not answer is left for the next one; every call may be repeated without harm,
 * because documents carry versions of their own. Errors are {@link OpenSearchException}s.
 */
@Component
@ConditionalOnProperty(name = "policy.search.engine", havingValue = "opensearch")
public class OpenSearchClient {

    private static final Duration CONNECT = Duration.ofSeconds(1);
    private static final Duration IDLE = Duration.ofSeconds(30);
    private static final int CONNECTIONS = 64;
    private static final int LARGEST_ANSWER = 64 * 1024 * 1024;
    private static final int LONGEST_REASON = 500;

    private final JsonMapper json = JsonMapper.builder().build();
    private final List<URI> nodes;
    private final AtomicInteger answering = new AtomicInteger();
    private final WebClient http;

    public OpenSearchClient(OpenSearchSettings settings) {
        nodes = settings.nodes();
        HttpClient client = HttpClient
                .create(ConnectionProvider.builder("opensearch").maxConnections(CONNECTIONS)
                        .pendingAcquireTimeout(settings.timeout()).maxIdleTime(IDLE).build())
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) CONNECT.toMillis())
                .responseTimeout(settings.timeout());
        WebClient.Builder builder = WebClient.builder().clientConnector(new ReactorClientHttpConnector(client))
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(LARGEST_ANSWER));
        String username = settings.username();
        String password = settings.password();
        if (username != null && !username.isBlank()) {
            builder.defaultHeaders(headers -> headers.setBasicAuth(username, password == null ? "" : password));
        }
        http = builder.build();
    }

    public Mono<JsonNode> get(String path) {
        return call(HttpMethod.GET, path, null);
    }

    public Mono<JsonNode> delete(String path) {
        return call(HttpMethod.DELETE, path, null);
    }

    public Mono<JsonNode> delete(String path, Object body) {
        return call(HttpMethod.DELETE, path, written(body));
    }

    public Mono<JsonNode> put(String path, Object body) {
        return call(HttpMethod.PUT, path, written(body));
    }

    public Mono<JsonNode> post(String path, Object body) {
        return call(HttpMethod.POST, path, written(body));
    }

    /** A call that takes a row of JSON objects, one in a line. */
    public Mono<JsonNode> lines(String path, Collection<?> lines) {
        return call(HttpMethod.POST, path,
                lines.stream().map(this::written).collect(Collectors.joining("\n", "", "\n")));
    }

    private String written(Object body) {
        return json.writeValueAsString(body);
    }

    private Mono<JsonNode> call(HttpMethod method, String path, @Nullable String body) {
        int first = answering.get();
        Mono<JsonNode> tried = ask(first, method, path, body);
        for (int further = 1; further < nodes.size(); further++) {
            int next = first + further;
            tried = tried.onErrorResume(OpenSearchClient::silent, dead -> ask(next, method, path, body)
                    .doOnNext(answered -> answering.compareAndSet(first, next)));
        }
        return tried.onErrorMap(OpenSearchClient::silent, OpenSearchException.Unavailable::new);
    }

    private static boolean silent(Throwable error) {
        return error instanceof WebClientRequestException || error instanceof TimeoutException
                || error instanceof java.io.IOException;
    }

    private Mono<JsonNode> ask(int node, HttpMethod method, String path, @Nullable String body) {
        WebClient.RequestBodySpec request = http.method(method)
                .uri(nodes.get(Math.floorMod(node, nodes.size())).resolve(path))
                .contentType(MediaType.APPLICATION_JSON);
        // written by hand: half a surrogate pair becomes a question mark instead of an error
        WebClient.RequestHeadersSpec<?> ready = body == null
                ? request
                : request.bodyValue(body.getBytes(StandardCharsets.UTF_8));
        return ready.exchangeToMono(this::answer);
    }

    private Mono<JsonNode> answer(ClientResponse response) {
        int status = response.statusCode().value();
        return response.bodyToMono(byte[].class).defaultIfEmpty(new byte[0]).map(body -> {
            if (status < 300) {
                return json.readTree(body);
            }
            String reason = new String(body, StandardCharsets.UTF_8);
            String said = status + " " + reason.substring(0, Math.min(reason.length(), LONGEST_REASON));
            throw status == 404
                    ? new OpenSearchException.Missing(said)
                    : status >= 500 || status == 429
                            ? new OpenSearchException.Unavailable(said)
                            : new OpenSearchException.Refused(said);
        });
    }
}
