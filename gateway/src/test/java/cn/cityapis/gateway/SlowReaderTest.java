package cn.cityapis.gateway;

import static cn.cityapis.gateway.ProblemAssert.refused;
import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.platform.test.Tokens;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who takes answers slowly harms himself alone, and who takes them at all in time gets everything. */
class SlowReaderTest {

    private static final String LONG = "/api/policy/v1/megabytes/64";
    private static final String SLOW = Tokens.client("slow-app").scopes("policy.read").token();

    private static RunningGateway start(String within) {
        return RunningGateway.start(Map.of("gateway.breaker.each", 2, "gateway.pace.within", within));
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        Instant limit = Instant.now().plusSeconds(60);
        while (!condition.getAsBoolean() && Instant.now().isBefore(limit)) {
            Thread.sleep(20);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    private static double metric(RunningGateway gateway, String series) {
        Matcher value = Pattern.compile("(?m)^" + Pattern.quote(series) + " (\\S+)$").matcher(gateway.metrics());
        return value.find() ? Double.parseDouble(value.group(1)) : 0;
    }

    private static List<SlowReader> two(RunningGateway gateway) throws InterruptedException {
        List<SlowReader> two = Stream.generate(() -> new SlowReader(gateway.port(), LONG, SLOW)).limit(2).toList();
        await(() -> gateway.service("policy").seen().size() == 2);
        return two;
    }

    @Test
    void anAnswerThatIsNotTakenHoldsItsCallersShareOnly() throws Exception {
        try (RunningGateway gateway = start("10m")) {
            List<SlowReader> readers = two(gateway);
            await(() -> gateway.with(SLOW, "/api/policy/v1/x").statusCode() == 429);
            refused(gateway.with(SLOW, "/api/policy/v1/x"), 429, "too-many-requests");
            assertThat(gateway.authorized("/api/policy/v1/x").statusCode()).as("somebody else").isEqualTo(200);
            readers.forEach(SlowReader::close);
            await(() -> gateway.with(SLOW, "/api/policy/v1/x").statusCode() == 200);
            assertThat(gateway.service("policy").leftAlone()).isEqualTo(2);
        }
    }

    @Test
    void whoReadsNothingIsCutOffAndWhatHeHeldIsGivenBack() throws Exception {
        try (RunningGateway gateway = start("1s")) {
            double errors = metric(gateway, "logback_events_total{level=\"error\"}");
            List<SlowReader> readers = two(gateway);
            await(() -> gateway.service("policy").leftAlone() == 2);
            await(() -> gateway.with(SLOW, "/api/policy/v1/x").statusCode() == 200);
            await(() -> metric(gateway, "gateway_in_flight") == 0);
            assertThat(metric(gateway, "gateway_slow_readers_total")).isEqualTo(2);
            assertThat(metric(gateway, "logback_events_total{level=\"error\"}")).as("no fault of ours")
                    .isEqualTo(errors);
            readers.forEach(reader -> assertThat(reader.read(1 << 16, Duration.ZERO)).isLessThan(64 << 20));
            readers.forEach(SlowReader::close);
        }
    }

    @Test
    void whoReadsAByteNowAndThenIsCutOffToo() throws Exception {
        try (RunningGateway gateway = start("2s");
                SlowReader reader = new SlowReader(gateway.port(), LONG, SLOW)) {
            await(() -> {
                reader.takeAByte();
                return gateway.service("policy").leftAlone() == 1;
            });
            assertThat(reader.read(1 << 16, Duration.ZERO)).isLessThan(64 << 20);
        }
    }

    @Test
    void whoReadsSlowlyButSteadilyGetsEverything() {
        try (RunningGateway gateway = start("2s");
                SlowReader reader = new SlowReader(gateway.port(), "/api/policy/v1/megabytes/16", SLOW)) {
            assertThat(reader.read(1 << 17, Duration.ofMillis(50))).isGreaterThan(16 << 20);
            assertThat(metric(gateway, "gateway_slow_readers_total")).isZero();
        }
    }

    @Test
    void aServiceThatPausesInItsAnswerIsNoSlowReader() throws Exception {
        try (RunningGateway gateway = start("300ms")) {
            gateway.service("policy").hang();
            try (SlowReader reader = new SlowReader(gateway.port(), "/api/policy/v1/megabytes/1", SLOW)) {
                IntStream.range(0, 1000).forEach(i -> reader.takeAByte());
                Thread.sleep(1000);
                gateway.service("policy").goOn();
                assertThat(reader.read(1 << 16, Duration.ZERO)).isGreaterThan(1 << 20);
            }
        }
    }
}
