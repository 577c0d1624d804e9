package cn.cityapis.eldercare.application;

import cn.cityapis.platform.jobs.JobLock;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Takes out of the facts of a state what rows of before have there in clear. */
@Component
class SealFacts {

    private final Applications applications;
    private final JobLock lock;

    SealFacts(Applications applications, JobLock lock) {
        this.applications = applications;
        this.lock = lock;
    }

    @Scheduled(fixedDelayString = "${eldercare.jobs.seal-texts-every:PT1H}")
    Mono<Void> seal() {
        return lock.run("eldercare.seal-facts", () -> applications.sealFacts().thenReturn(true)).then();
    }
}
