package cn.cityapis.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.platform.sample.SampleApplication;
import cn.cityapis.platform.test.ServiceTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.web.server.context.WebServerGracefulShutdownLifecycle;

@ServiceTest(classes = SampleApplication.class)
class FarewellApiTest {

    private static final Duration LENGTH = Duration.ofMillis(300);

    @LocalServerPort
    private int port;
    @Autowired
    private Farewell registered;

    @Test
    void answersAskForAnotherConnectionUntilItIsOver() throws Exception {
        assertThat(closes()).isFalse();
        CompletableFuture<Void> over = new CompletableFuture<>();
        registered.stop(() -> over.complete(null));
        assertThat(closes()).isTrue();
        over.get(10, TimeUnit.SECONDS);
        registered.start();
        assertThat(closes()).isFalse();
    }

    @Test
    void theServerGoesOnWhileItLasts() throws Exception {
        assertThat(registered.getPhase()).isGreaterThan(WebServerGracefulShutdownLifecycle.SMART_LIFECYCLE_PHASE);
        Farewell farewell = new Farewell(LENGTH);
        CompletableFuture<Void> over = new CompletableFuture<>();
        long start = System.nanoTime();
        farewell.stop(() -> over.complete(null));
        over.get(10, TimeUnit.SECONDS);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(LENGTH);
    }

    private boolean closes() throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = http.send(HttpRequest
                    .newBuilder(URI.create("http://localhost:" + port + "/api/sample/v1/things")).build(),
                    HttpResponse.BodyHandlers.ofString());
            return answer.headers().firstValue("Connection").filter("close"::equals).isPresent();
        }
    }
}
