package cn.cityapis.gateway;

import static cn.cityapis.gateway.ProblemAssert.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import cn.cityapis.platform.test.Tokens;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** A service that stops in the middle of its answer holds nobody up; one that goes on slowly is left alone. Without a limit it would hang, and not be red. */
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StallingServiceTest {

    private static final String READER = Tokens.client("slow-app").scopes("policy.read").token();

    private final ListAppender<ILoggingEvent> told = new ListAppender<>();

    private RunningGateway start(String pause) {
        RunningGateway gateway = RunningGateway
                .start(Map.of("gateway.time.pause", pause, "gateway.time.part", "10s", "gateway.breaker.open", "10m"));
        told.start();
        root().addAppender(told);
        return gateway;
    }

    @AfterEach
    void listenNoMore() {
        root().detachAppender(told);
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }

    private List<ILoggingEvent> warnings() {
        return List.copyOf(told.list).stream().filter(line -> line.getLevel().isGreaterOrEqual(Level.WARN)).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/policy/v1/megabytes/1", "/api/policy/v1/begun/5"})
    void anAnswerThatDoesNotGoOnIsCutOff(String path) throws Exception {
        try (RunningGateway gateway = start("500ms")) {
            FakeService policy = gateway.service("policy");
            policy.hang();
            assertThatThrownBy(() -> gateway.authorized(path)).isInstanceOf(UncheckedIOException.class);
            assertThat(gateway.metrics()).contains("gateway_stalled_answers_total{route=\"policy\"} 1.0");
            assertThat(warnings()).singleElement().satisfies(line -> {
                assertThat(line.getLevel()).isEqualTo(Level.WARN);
                assertThat(line.getThrowableProxy()).isNull();
                assertThat(line.getFormattedMessage()).contains("Answer cut off request=", "service-timeout",
                        "policy sent nothing more of its answer for PT0.5S");
            });
            policy.goOn();
            assertThat(gateway.authorized(path).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void theServicesConnectionIsGivenUp() throws Exception {
        try (RunningGateway gateway = start("500ms")) {
            FakeService policy = gateway.service("policy");
            policy.hang();
            assertThatThrownBy(() -> gateway.authorized("/api/policy/v1/megabytes/16"))
                    .isInstanceOf(UncheckedIOException.class);
            policy.goOn();
            Instant limit = Instant.now().plusSeconds(60);
            while (policy.leftAlone() == 0 && Instant.now().isBefore(limit)) {
                Thread.sleep(20);
            }
            assertThat(policy.leftAlone()).isEqualTo(1);
        }
    }

    @Test
    void whereNothingButTheHeadHasComeItIsSaid() {
        try (RunningGateway gateway = start("500ms")) {
            gateway.service("policy").say("/api/policy/v1/begun/0", Map.of("ETag", "\"1\"", "Content-Language", "zh"));
            gateway.service("policy").hang();
            var answer = gateway.authorized("/api/policy/v1/begun/0");
            refused(answer, 504, "service-timeout");
            assertThat(answer.headers().map()).doesNotContainKeys("etag", "content-language");
        }
    }

    @Test
    void anAnswerThatIsToBeKeptHasNoLongerTime() {
        try (RunningGateway gateway = start("500ms")) {
            String path = "/api/policy/v1/begun/5";
            gateway.service("policy").say(path, Map.of("Cache-Control", "public, max-age=60"));
            gateway.service("policy").hang();
            refused(gateway.authorized(path), 504, "service-timeout");
            assertThat(gateway.metrics()).contains("gateway_stalled_answers_total{route=\"policy\"} 1.0");
            gateway.service("policy").goOn();
            assertThat(gateway.authorized(path).body()).isEqualTo("\"12345678\"");
        }
    }

    @Test
    void aServiceThatKeepsStallingIsLeftAloneAndTheOthersWork() {
        try (RunningGateway gateway = start("500ms")) {
            gateway.service("policy").hang();
            List<CompletableFuture<Integer>> calls = IntStream.range(0, 6).mapToObj(i -> CompletableFuture.supplyAsync(
                    () -> gateway.authorized("/api/policy/v1/begun/0").statusCode(), Thread::startVirtualThread))
                    .toList();
            assertThat(calls).extracting(CompletableFuture::join).containsOnly(504);
            refused(gateway.authorized("/api/policy/v1/x"), 503, "unavailable");
            assertThat(gateway.authorized("/api/subsidy/v1/x").statusCode()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/x-ndjson", "text/event-stream"})
    void anAnswerThatGoesOnSlowlyMayBeAsLongAsItLikes(String type) {
        try (RunningGateway gateway = start("2s")) {
            String path = "/api/policy/v1/lines/40";
            gateway.service("policy").say(path, Map.of("Content-Type", type));
            var answer = gateway.authorized(path);
            assertThat(answer.headers().firstValue("Content-Type")).hasValue(type);
            assertThat(answer.body().lines().filter(line -> line.startsWith("data:"))).hasSize(40);
        }
    }

    @Test
    void whoTakesNothingForAWhileIsNotTheServicesFault() throws Exception {
        try (RunningGateway gateway = start("2s");
                SlowReader reader = new SlowReader(gateway.port(), "/api/policy/v1/megabytes/64", READER)) {
            Thread.sleep(5000);
            assertThat(reader.read(1 << 16, Duration.ZERO)).isGreaterThan(64 << 20);
            assertThat(gateway.metrics()).contains("gateway_stalled_answers_total{route=\"policy\"} 0.0");
        }
    }

    @Test
    void aServiceThatWaitsForTheRestOfTheRequestIsNotSilent() throws Exception {
        try (RunningGateway gateway = start("2s");
                SlowClient client = new SlowClient(gateway.port(), "/api/policy/v1/dialogue", READER)) {
            for (int i = 0; i < 50; i++) {
                client.send(" ");
                Thread.sleep(100);
            }
            client.sendTheRest();
            assertThat(client.answer()).startsWith("HTTP/1.1 200 ").contains("[").contains("{}");
        }
    }
}
