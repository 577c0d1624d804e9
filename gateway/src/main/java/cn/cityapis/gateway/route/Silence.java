package cn.cityapis.gateway.route;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;

/**
 * Of a body on its way: that nothing comes of what is asked for. While nobody asks for more nothing is missed, so that who
 * takes slowly is never mistaken for who sends slowly.
 */
final class Silence {

    /** How often it is looked whether something has come, in one patience. */
    private static final int LOOKS = 5;

    private final Duration patience;
    private final AtomicLong wanted = new AtomicLong();
    private volatile boolean moved;
    private int quietLooks;

    /** @param patience the longest, by a fifth of it more at most */
    Silence(Duration patience) {
        this.patience = patience;
    }

    /** The parts of the body, or an error when it has lasted too long. */
    <T> Flux<T> limited(Flux<T> parts, Supplier<? extends Throwable> tooLong) {
        return parts.doOnRequest(this::ask).doOnNext(part -> {
            wanted.decrementAndGet();
            interrupt();
        }).takeUntilOther(Flux.interval(patience.dividedBy(LOOKS)).handle((look, sink) -> {
            quietLooks = moved || nothingIsWanted() ? 0 : quietLooks + 1;
            moved = false;
            if (quietLooks == LOOKS) {
                sink.error(tooLong.get());
            }
        }));
    }

    private void ask(long more) {
        if (wanted.getAndAccumulate(more, Operators::addCap) == 0) {
            moved = true;
        }
    }

    /** Who is waited for is seen to be at work otherwise. */
    void interrupt() {
        moved = true;
    }

    boolean nothingIsWanted() {
        return wanted.get() == 0;
    }
}
