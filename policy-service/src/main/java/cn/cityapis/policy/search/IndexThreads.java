package cn.cityapis.policy.search;

import java.util.function.Supplier;

import jakarta.annotation.PreDestroy;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Threads for Lucene, which reads files: never an event loop. As many as can compute at once; what waits is bounded. */
@Component
class IndexThreads {

    private static final int QUEUED = 1_000;

    private final Scheduler threads = Schedulers.newBoundedElastic(
            Math.max(4, Runtime.getRuntime().availableProcessors() * 2), QUEUED,
            "policy-index");

    <T> Mono<T> call(Supplier<T> work) {
        return Mono.fromSupplier(work).subscribeOn(threads);
    }

    @PreDestroy
    void stop() {
        threads.dispose();
    }
}
