package cn.cityapis.platform.web;

import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Work that goes on when the HTTP client hangs up. A cancelled transaction would be rolled back, or left in doubt when
 * the cancel meets the COMMIT.
 */
public final class Detached {

    private Detached() {
    }

    /** Subscribes to the work on its own, with the request's context, and hands its outcome to whoever still waits. */
    public static <T> Mono<T> run(Mono<T> work) {
        return Mono.deferContextual(context -> {
            Sinks.One<T> outcome = Sinks.one();
            work.contextWrite(context).subscribe(outcome::tryEmitValue, outcome::tryEmitError, outcome::tryEmitEmpty);
            return outcome.asMono();
        });
    }
}
