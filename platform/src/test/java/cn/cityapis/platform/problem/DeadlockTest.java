package cn.cityapis.platform.problem;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.platform.sample.SampleApplication;
import cn.cityapis.platform.test.ServiceTest;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Signal;
import reactor.core.publisher.Sinks;

/** Two transactions that wait for each other: the database ends one of them, and its caller is told to try again. */
@ServiceTest(classes = SampleApplication.class)
class DeadlockTest {

    private static final UUID ONE = new UUID(7, 1);
    private static final UUID OTHER = new UUID(7, 2);

    @Autowired
    private DatabaseClient database;
    @Autowired
    private TransactionalOperator transaction;

    /** Both hold their first row before either asks for its second. */
    private Mono<Void> crosswise(UUID first, UUID second, Mono<Void> bothHoldOne) {
        return lock(first).then(bothHoldOne).then(lock(second)).as(transaction::transactional);
    }

    private Mono<Void> lock(UUID thing) {
        return database.sql("UPDATE thing SET version = version + 1 WHERE id = :id").bind("id", thing).then();
    }

    private static Mono<Void> meetingOf(int parties) {
        AtomicInteger arrived = new AtomicInteger();
        Sinks.Empty<Void> all = Sinks.empty();
        return Mono.defer(() -> {
            if (arrived.incrementAndGet() == parties) {
                all.tryEmitEmpty().orThrow();
            }
            return all.asMono();
        });
    }

    @Test
    void whoIsEndedIsToldToTryAgain() {
        Flux.just(ONE, OTHER).concatMap(id -> database
                .sql("INSERT INTO thing (id, owner, name, version) VALUES (:id, 'deadlock', :name, 1)").bind("id", id)
                .bind("name", "deadlock " + id)
                .then()).blockLast();
        Mono<Void> meeting = meetingOf(2);
        List<Signal<Void>> ends = Objects.requireNonNull(Flux
                .merge(crosswise(ONE, OTHER, meeting).materialize(), crosswise(OTHER, ONE, meeting).materialize())
                .collectList().block(Duration.ofSeconds(20)));

        assertThat(ends).filteredOn(Signal::isOnComplete).as("%s", ends).hasSize(1);
        Throwable ended = ends.stream().filter(Signal::isOnError).map(Signal::getThrowable).findFirst().orElseThrow();
        assertThat(ended).rootCause().hasMessageContaining("deadlock detected");
        ProblemException told = ProblemMapping.of(ended);
        assertThat(told.code()).isEqualTo(CommonProblem.UNAVAILABLE);
        assertThat(told.code().status().value()).isEqualTo(503);
        assertThat(told.detail()).doesNotContain("deadlock").doesNotContain("thing");
        // the other's work stands, the ended one's is undone
        assertThat(database.sql("SELECT sum(version) FROM thing WHERE owner = 'deadlock'").mapValue(Long.class).one()
                .block()).isEqualTo(4);
    }
}
