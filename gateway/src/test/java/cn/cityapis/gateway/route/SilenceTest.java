package cn.cityapis.gateway.route;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

class SilenceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static Flux<Integer> limited(Flux<Integer> parts) {
        return new Silence(PATIENCE).limited(parts, TimeoutException::new);
    }

    @Test
    void itBeginsWithTheAsking() {
        StepVerifier.withVirtualTime(() -> limited(Flux.never()), 0).expectSubscription()
                .thenAwait(PATIENCE.minusMillis(100)).thenRequest(1).expectNoEvent(PATIENCE)
                .thenAwait(Duration.ofSeconds(2)).verifyError(TimeoutException.class);
    }

    @Test
    void itBeginsAgainWithEachPart() {
        StepVerifier.withVirtualTime(() -> limited(Flux.just(1, 2).delayElements(PATIENCE.minusMillis(100))
                .concatWith(Flux.never()))).expectSubscription().thenAwait(PATIENCE.multipliedBy(2)).expectNext(1, 2)
                .expectNoEvent(PATIENCE.minusMillis(300)).thenAwait(Duration.ofSeconds(3))
                .verifyError(TimeoutException.class);
    }
}
