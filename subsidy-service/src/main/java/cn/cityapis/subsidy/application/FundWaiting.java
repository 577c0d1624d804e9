package cn.cityapis.subsidy.application;

import cn.cityapis.platform.jobs.JobLock;
import cn.cityapis.platform.jobs.Sweep;
import java.util.List;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Funds those who wait once money has become free in any way: withheld, released, repaid, appropriated. The whole queue is
 * walked, each page in a transaction of its own: who lacks his district's money hides nobody behind him, and a long queue
 * holds the ledger of its scheme for one page at a time.
 */
@Component
class FundWaiting {

    private static final String JOB = "subsidy.fund-waiting";
    private final DatabaseClient database;
    private final FundApplications funding;
    private final JobLock lock;
    private final TransactionalOperator transaction;

    FundWaiting(DatabaseClient database, FundApplications funding, JobLock lock, TransactionalOperator transaction) {
        this.database = database;
        this.funding = funding;
        this.lock = lock;
        this.transaction = transaction;
    }

    private record Wanted(String scheme, long wishes) {
    }

    /** Safe to repeat and to kill anywhere: a wish stays until the queue was walked to its end. */
    @Scheduled(fixedDelayString = "${subsidy.jobs.every:PT2S}")
    Mono<Void> run() {
        return lock.run(JOB, () -> Sweep.run(sweep -> wanted().flatMapMany(Flux::fromIterable)
                .concatMap(wanted -> sweep.passOver("Those who wait for money of " + wanted.scheme()
                        + " were not funded", walk(wanted)))
                .then()));
    }

    private Mono<List<Wanted>> wanted() {
        return database.sql("SELECT scheme_id, wishes FROM funding_wanted ORDER BY scheme_id")
                .map(row -> new Wanted(row.get("scheme_id", String.class), row.get("wishes", Long.class)))
                .all()
                .collectList();
    }

    private Mono<Void> walk(Wanted wanted) {
        return step(wanted.scheme(), FundApplications.Walk.START)
                .expand(walk -> step(wanted.scheme(), walk))
                .then(Mono.defer(() -> answered(wanted)));
    }

    private Mono<FundApplications.Walk> step(String scheme, FundApplications.Walk walk) {
        return funding.step(scheme, walk, JOB).as(transaction::transactional);
    }

    /** What was wished meanwhile is looked at next time. */
    private Mono<Void> answered(Wanted wanted) {
        return database.sql("DELETE FROM funding_wanted WHERE scheme_id = :scheme AND wishes = :wishes")
                .bind("scheme", wanted.scheme()).bind("wishes", wanted.wishes()).then();
    }
}
