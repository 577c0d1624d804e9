package cn.cityapis.subsidy.erasure;

import cn.cityapis.platform.jobs.JobLock;
import cn.cityapis.platform.jobs.Sweep;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.security.Caller;
import java.time.Clock;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Ends what is kept beyond the period that the office has set; where it has set none, nothing. One person a transaction;
 * whoever is still needed stays.
 */
@Component
class EndRetention {

    private static final Caller AUTOMATIC = Caller.system("end-retention");
    private static final int AT_ONCE = 100;

    private final RetentionPeriods periods;
    private final Erasures erasures;
    private final ErasePerson erasing;
    private final JobLock lock;
    private final TransactionalOperator transaction;
    private final Clock clock;

    EndRetention(RetentionPeriods periods, Erasures erasures, ErasePerson erasing, JobLock lock,
            TransactionalOperator transaction, Clock clock) {
        this.periods = periods;
        this.erasures = erasures;
        this.erasing = erasing;
        this.lock = lock;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Scheduled(fixedDelayString = "${subsidy.jobs.retention-every:PT1H}")
    Mono<Void> end() {
        return lock.run("subsidy.end-retention", () -> sweep().thenReturn(true))
                .then();
    }

    /** All whose period is over, page by page. */
    Mono<Void> sweep() {
        return Sweep.run(sweep -> periods.current().flatMap(found -> {
            RetentionPeriod period = found.applications();
            return period == null || period.keepMonths() == null
                    ? Mono.empty()
                    : from(sweep, null, period, LocalDate.now(clock).minusMonths(period.keepMonths()));
        }));
    }

    private Mono<Void> from(Sweep sweep, @Nullable UUID after, RetentionPeriod period, LocalDate endedBefore) {
        return erasures.endedBefore(endedBefore, after, AT_ONCE).flatMap(found -> Flux.fromIterable(found)
                .concatMap(id -> end(sweep, id, period))
                .then(found.size() < AT_ONCE ? Mono.empty() : from(sweep, found.getLast(), period, endedBefore)));
    }

    private Mono<Erasure> end(Sweep sweep, UUID application, RetentionPeriod period) {
        return sweep.passOver("Application " + application + " cannot be erased now",
                erasing.erase(AUTOMATIC, application, Erasure.Ground.PERIOD_ENDED, "保存期限届满：" + period.basis())
                        .as(transaction::transactional)
                        .onErrorResume(ProblemException.class, needed -> Mono.empty()));
    }
}
