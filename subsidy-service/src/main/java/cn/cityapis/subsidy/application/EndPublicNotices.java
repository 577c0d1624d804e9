package cn.cityapis.subsidy.application;

import cn.cityapis.platform.jobs.JobLock;
import java.time.Clock;
import java.time.LocalDate;
import java.util.UUID;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Moves cases on whose public notice is over, and gives them money if there is any. */
@Component
class EndPublicNotices {

    private static final String JOB = "subsidy.end-public-notices";

    private final Applications applications;
    private final ApplicationReader reader;
    private final FundApplications funding;
    private final JobLock lock;
    private final TransactionalOperator transaction;
    private final Clock clock;

    EndPublicNotices(Applications applications, ApplicationReader reader, FundApplications funding, JobLock lock,
            TransactionalOperator transaction, Clock clock) {
        this.applications = applications;
        this.reader = reader;
        this.funding = funding;
        this.lock = lock;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Scheduled(fixedDelayString = "${subsidy.jobs.every:PT2S}")
    Mono<Void> run() {
        return lock.run(JOB, () -> applications.noticesOver(LocalDate.now(clock))
                .flatMapMany(Flux::fromIterable)
                .concatMap(this::end)
                .then());
    }

    private Mono<Void> end(UUID id) {
        return reader.lock(id)
                .flatMap(it -> Mono.justOrEmpty(ApplicationRules.after(it.state(), new ApplicationStep.EndNotice()))
                        .flatMap(next -> applications.move(it, next, null))
                        .then(Mono.defer(() -> funding.fund(it.scheme(), JOB))))
                .as(transaction::transactional);
    }
}
