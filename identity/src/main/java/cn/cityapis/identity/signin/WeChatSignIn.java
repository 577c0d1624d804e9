package cn.cityapis.identity.signin;

import cn.cityapis.identity.signin.SignInFailure.Reason;
import cn.cityapis.identity.signin.WeChatSettings.MiniProgram;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * WeChat's {@code code2session}. The address asked has the secret and the code in it: neither it nor a failure that might
 * quote it is logged.
 */
@Component
class WeChatSignIn implements SignIn {

    private static final Logger LOG = LoggerFactory.getLogger(WeChatSignIn.class);
    private static final int LONGEST_ANSWER = 8192;

    private final WeChatSettings settings;
    private final MeterRegistry meters;
    private final HttpClient http;

    WeChatSignIn(WeChatSettings settings, MeterRegistry meters) {
        this.settings = settings;
        this.meters = meters;
        this.http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(settings.connectWithin()).followRedirects(HttpClient.Redirect.NEVER).build();
    }

    @Override
    public String user(String clientId, String code) {
        MiniProgram program = settings.of(clientId).orElseThrow(() -> new SignInFailure(Reason.NOT_REGISTERED));
        try {
            HttpResponse<byte[]> answer = ask(program, code);
            String user = "wechat:" + program.appId() + ":"
                    + WeChatAnswerRules.openid(answer.statusCode(), answer.body());
            count("signed-in");
            return user;
        } catch (SignInFailure failure) {
            count(failure.reason().name().toLowerCase(Locale.ROOT).replace('_', '-'));
            if (failure.reason() == Reason.SETTINGS) {
                LOG.error("WeChat refuses appid or secret of mini-program {} of client {}", program.appId(), clientId);
            }
            throw failure;
        }
    }

    private HttpResponse<byte[]> ask(MiniProgram program, String code) {
        HttpRequest request = HttpRequest.newBuilder(address(program, code)).GET().build();
        CompletableFuture<HttpResponse<byte[]>> answer = http.sendAsync(request,
                response -> new ShortBody(LONGEST_ANSWER));
        try {
            // the request's own time limit ends with the headers
            return answer.get(settings.answerWithin().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw away(e);
        } catch (ExecutionException e) {
            throw away(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            throw away(e);
        } finally {
            answer.cancel(true);
        }
    }

    private static SignInFailure away(Throwable failure) {
        LOG.warn("WeChat does not answer: {}", failure.getClass().getSimpleName());
        return new SignInFailure(Reason.AWAY);
    }

    private URI address(MiniProgram program, String code) {
        return URI.create(settings.base() + "/sns/jscode2session?appid=" + program.appId() + "&secret="
                + program.secret() + "&js_code=" + URLEncoder.encode(code, StandardCharsets.UTF_8)
                + "&grant_type=authorization_code");
    }

    private void count(String outcome) {
        meters.counter("identity.sign.ins", "provider", "wechat", "outcome", outcome).increment();
    }
}
