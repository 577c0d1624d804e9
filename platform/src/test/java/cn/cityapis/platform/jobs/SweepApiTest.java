package cn.cityapis.platform.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.cityapis.platform.sample.SampleApplication;
import cn.cityapis.platform.test.ServiceTest;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.scheduling.annotation.Scheduled;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** One case that fails holds up no other, and is seen by the alerts. */
@ServiceTest(classes = SampleApplication.class)
@Import(SweepApiTest.Failing.class)
class SweepApiTest {

    @Autowired
    MeterRegistry metrics;

    /** Fails as often as is looked for: its context lives on, and its log would stand in what other tests read. */
    static class Failing {
        private final AtomicInteger runs = new AtomicInteger();

        @Scheduled(fixedDelay = 50)
        Mono<Void> run() {
            return Mono.defer(() -> runs.incrementAndGet() > 2 ? Mono.empty() : threeOf(new ArrayList<>()));
        }
    }

    private static Mono<Void> threeOf(List<Integer> done) {
        return Sweep.run(sweep -> Flux.just(1, 2, 3).concatMap(number -> sweep.passOver("Number " + number, number == 2
                ? Mono.error(new IllegalStateException("two"))
                : Mono.fromRunnable(() -> done.add(number)))).then());
    }

    @Test
    void theOthersAreDoneAndTheRunFails() {
        List<Integer> done = new ArrayList<>();
        assertThatThrownBy(() -> threeOf(done).block()).isInstanceOf(Sweep.Incomplete.class)
                .hasMessageStartingWith("1 could not be done").hasRootCauseMessage("two");
        assertThat(done).containsExactly(1, 3);
    }

    @Test
    void aRunWithoutAFailureEndsWell() {
        Sweep.run(sweep -> sweep.passOver("One", Mono.just(1))).block();
    }

    @Test
    void aScheduledRunThatPassedOverSomethingIsCountedAsFailed() {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (failed() < 2 && System.nanoTime() < end) {
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
        assertThat(failed()).isGreaterThanOrEqualTo(2);
    }

    private long failed() {
        return metrics.find("tasks.scheduled.execution").tag("outcome", "ERROR")
                .tag("code.namespace", name -> name.endsWith("Failing")).timers().stream().mapToLong(Timer::count)
                .sum();
    }
}
