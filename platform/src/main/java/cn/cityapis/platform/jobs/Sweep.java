package cn.cityapis.platform.jobs;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * A run of scheduled work through many cases. One that fails holds up no other; but the run fails once it has come to its
 * end, so that it is counted among the runs that failed, of which the alerts know.
 */
public final class Sweep {

    private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);

    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicReference<@Nullable Throwable> first = new AtomicReference<>();

    private Sweep() {
    }

    /** A run that came to its end, and in which something failed. */
    public static final class Incomplete extends RuntimeException {
        private static final long serialVersionUID = 1;

        Incomplete(int failures, @Nullable Throwable first) {
            super(failures + " could not be done, the first for this reason", first);
        }
    }

    /** Runs the work; fails with {@link Incomplete} where anything in it was passed over. */
    public static Mono<Void> run(Function<Sweep, Mono<?>> work) {
        return Mono.defer(() -> {
            Sweep sweep = new Sweep();
            return work.apply(sweep).then(Mono.defer(sweep::end));
        });
    }

    /**
     * Goes on without the step where that fails.
     *
     * @param what begins the line in the log: without personal data
     */
    public <T> Mono<T> passOver(String what, Mono<T> step) {
        return step.onErrorResume(error -> {
            LOG.warn("{}: {}", what, error.toString());
            failures.incrementAndGet();
            first.compareAndSet(null, error);
            return Mono.empty();
        });
    }

    private Mono<Void> end() {
        return failures.get() == 0 ? Mono.empty() : Mono.error(new Incomplete(failures.get(), first.get()));
    }
}
