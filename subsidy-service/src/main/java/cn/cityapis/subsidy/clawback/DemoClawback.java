package cn.cityapis.subsidy.clawback;

import cn.cityapis.platform.jobs.JobLock;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.subsidy.application.ApplicationReader;
import cn.cityapis.subsidy.money.Fen;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/** As soon as a made-up case has been paid, a month of it is claimed back, once: nothing can be before money has flowed. */
@Component
@ConditionalOnProperty("demo.data")
class DemoClawback {

    private final DatabaseClient database;
    private final ApplicationReader reader;
    private final ClaimBack claims;
    private final JobLock lock;
    private final TransactionalOperator transaction;
    private final AtomicBoolean done = new AtomicBoolean();

    DemoClawback(DatabaseClient database, ApplicationReader reader, ClaimBack claims, JobLock lock,
            TransactionalOperator transaction) {
        this.database = database;
        this.reader = reader;
        this.claims = claims;
        this.lock = lock;
        this.transaction = transaction;
    }

    @Scheduled(fixedDelayString = "${subsidy.jobs.every:PT2S}")
    Mono<Void> run() {
        return done.get()
                ? Mono.empty()
                : lock.run("subsidy.demo-clawback", () -> any().flatMap(any -> any ? over() : claim()).thenReturn(true))
                        .then();
    }

    private Mono<Boolean> any() {
        return database.sql("SELECT EXISTS (SELECT FROM clawback)").mapValue(Boolean.class).one();
    }

    private Mono<Void> over() {
        return Mono.fromRunnable(() -> done.set(true));
    }

    private Mono<Void> claim() {
        return database.sql("""
                SELECT a.id FROM application a JOIN payment p ON p.application_id = a.id AND p.outcome = 'paid'
                 WHERE a.demo AND a.state = 'paying' ORDER BY a.id LIMIT 1
                """).mapValue(UUID.class).one()
                .flatMap(reader::lock)
                .flatMap(paid -> claims.part(paid, new Fen(100_000), "演示：当月已离职仍领取", Caller.system("demo")))
                .then()
                .as(transaction::transactional);
    }
}
