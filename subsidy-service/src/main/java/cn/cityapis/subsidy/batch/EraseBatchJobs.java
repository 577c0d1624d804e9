package cn.cityapis.subsidy.batch;

import java.time.Clock;
import java.time.OffsetDateTime;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** The lists that others sent hold facts about people: they are kept so many days after they were decided, no longer. */
@Component
class EraseBatchJobs {

    private final BatchJobs jobs;
    private final Clock clock;
    private final int keepDays;

    EraseBatchJobs(BatchJobs jobs, Clock clock, @Value("${subsidy.batch.keep-days}") int keepDays) {
        this.jobs = jobs;
        this.clock = clock;
        this.keepDays = keepDays;
    }

    /** Safe in any number of processes at once: each takes a job that no other holds. */
    @Scheduled(fixedDelayString = "${subsidy.jobs.every:PT2S}")
    Mono<Void> run() {
        return Mono.defer(() -> jobs.eraseOne(OffsetDateTime.now(clock).minusDays(keepDays))).repeat(100).then();
    }
}
