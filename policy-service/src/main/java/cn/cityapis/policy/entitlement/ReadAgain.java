package cn.cityapis.policy.entitlement;

import cn.cityapis.platform.jobs.JobLock;
import cn.cityapis.policy.document.Documents;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Reads versions anew that were stored before there were rules, or read by an earlier edition of them. Each version is a
 * transaction of its own, so that what is cut off goes on where it was; nobody is told of an old document again.
 */
@Component
class ReadAgain {

    private static final Logger LOG = LoggerFactory.getLogger(ReadAgain.class);
    private static final int AT_ONCE = 100;

    private record Pending(UUID work, UUID version, List<String> organs) {
    }

    private final DatabaseClient database;
    private final Documents documents;
    private final DeriveAwards awards;
    private final TransactionalOperator transaction;
    private final JobLock lock;

    ReadAgain(DatabaseClient database, Documents documents, DeriveAwards awards, TransactionalOperator transaction,
            JobLock lock) {
        this.database = database;
        this.documents = documents;
        this.awards = awards;
        this.transaction = transaction;
        this.lock = lock;
    }

    @Scheduled(initialDelayString = "${policy.read-again-after:PT2S}", fixedDelayString = "${policy.read-again-poll:PT5M}")
    Mono<Void> readAgain() {
        return lock.run("policy.read-again", () -> all().thenReturn(true)).then();
    }

    private Mono<Void> all() {
        return pending().expand(some -> some.isEmpty() ? Mono.empty() : pending(some))
                .filter(some -> !some.isEmpty()).map(List::size).reduce(0, Integer::sum).filter(count -> count > 0)
                .doOnNext(count -> LOG.info("{} versions read anew", count)).then();
    }

    /** Rests as long as it has worked, because searches are answered meanwhile. */
    private Mono<List<Pending>> pending(List<Pending> before) {
        return Mono.defer(() -> {
            long begun = System.nanoTime();
            return Flux.fromIterable(before).concatMap(this::one)
                    .then(Mono.defer(() -> Mono.delay(Duration.ofNanos(System.nanoTime() - begun))));
        }).then(pending());
    }

    private Mono<List<Pending>> pending() {
        return database.sql("""
                SELECT v.work_id, v.id, v.organs
                  FROM version v
                  LEFT JOIN entitlement_reading r ON r.version_id = v.id
                 WHERE (r.rules IS NULL OR r.rules < :rules) AND v.version > 0
                 ORDER BY v.id
                 LIMIT :rows
                """).bind("rules", DeriveAwards.RULES).bind("rows", AT_ONCE)
                .map(row -> new Pending(Objects.requireNonNull(row.get("work_id", UUID.class)),
                        Objects.requireNonNull(row.get("id", UUID.class)),
                        Arrays.asList(Objects.requireNonNull(row.get("organs", String[].class)))))
                .all().collectList();
    }

    /** The lock of the work makes it take turns with a load of the same document. */
    private Mono<Void> one(Pending pending) {
        return database.sql("SELECT id FROM work WHERE id = :work FOR NO KEY UPDATE").bind("work", pending.work())
                .then()
                .then(documents.articles(List.of(pending.version())))
                .flatMap(articles -> awards.derive(pending.work(), pending.version(), pending.organs(),
                        articles.getOrDefault(pending.version(), List.of())))
                .as(transaction::transactional);
    }
}
