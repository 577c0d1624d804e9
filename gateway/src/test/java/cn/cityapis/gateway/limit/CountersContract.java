package cn.cityapis.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** What holds wherever limits are counted. */
abstract class CountersContract {

    private static final Instant NOW = Instant.parse("2026-03-01T15:59:00Z");
    private final String key = UUID.randomUUID().toString();

    abstract Counters counters();

    private Limit.Bucket bucket(long quota, double perSecond) {
        return new Limit.Bucket("caller", key, quota, perSecond);
    }

    private Taken take(Limit limit, Instant now) {
        return counters().take(limit, now).block();
    }

    @Test
    void soManyAtOnceAndNoMore() {
        Limit limit = bucket(3, 1);
        assertThat(IntStream.range(0, 5).mapToObj(i -> take(limit, NOW)).map(Taken::allowed))
                .containsExactly(true, true, true, false, false);
        assertThat(take(limit, NOW).next()).isEqualTo(Duration.ofSeconds(1));
        assertThat(take(limit, NOW).full()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void itFillsAsTimePassesAndNeverOver() {
        Limit limit = bucket(10, 5);
        assertThat(take(limit, NOW).remaining()).isEqualTo(9);
        IntStream.range(0, 9).forEach(i -> take(limit, NOW));
        assertThat(take(limit, NOW.plusMillis(199)).allowed()).isFalse();
        assertThat(take(limit, NOW.plusMillis(200)).allowed()).isTrue();
        assertThat(take(limit, NOW.plusMillis(200)).allowed()).isFalse();
        assertThat(take(limit, NOW.plusSeconds(1000)).remaining()).isEqualTo(9);
    }

    @Test
    void aClockThatGoesBackGivesNothing() {
        Limit limit = bucket(1, 1);
        assertThat(take(limit, NOW).allowed()).isTrue();
        assertThat(take(limit, NOW.minusSeconds(60)).allowed()).isFalse();
        assertThat(take(limit, NOW.plusMillis(999)).allowed()).isFalse();
        assertThat(take(limit, NOW.plusMillis(1000)).allowed()).isTrue();
    }

    @Test
    void callersHaveTheirOwn() {
        assertThat(take(bucket(1, 1), NOW).allowed()).isTrue();
        assertThat(take(new Limit.Bucket("caller", key + "|other", 1, 1), NOW).allowed()).isTrue();
        assertThat(take(bucket(1, 1), NOW).allowed()).isFalse();
    }

    /** 2026-03-01 15:59 UTC is a minute before midnight in the city. */
    @Test
    void aDaysQuotaEndsWithTheCitysDay() {
        Limit limit = new Limit.Day("day", key, 2);
        assertThat(take(limit, NOW).remaining()).isEqualTo(1);
        assertThat(take(limit, NOW).remaining()).isZero();
        Taken refused = take(limit, NOW);
        assertThat(refused.allowed()).isFalse();
        assertThat(refused.next()).isEqualTo(Duration.ofMinutes(1));
        assertThat(take(limit, NOW.plusSeconds(59)).allowed()).isFalse();
        assertThat(take(limit, NOW.plusSeconds(60)).allowed()).isTrue();
    }

    @Test
    void manyAtATimeGetExactlyWhatThereIs() {
        Limit limit = bucket(50, 1);
        List<Taken> all = Flux.range(0, 400).flatMap(i -> counters().take(limit, NOW), 64).collectList().block();
        assertThat(all.stream().filter(Taken::allowed)).hasSize(50);
    }
}
