package cn.cityapis.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.gateway.problem.GatewayException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import reactor.core.publisher.Flux;
import reactor.netty.channel.AbortedException;
import reactor.test.StepVerifier;

class UploadTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static Upload of(Flux<Long> times) {
        Flux<DataBuffer> parts = times.map(i -> DefaultDataBufferFactory.sharedInstance
                .wrap(String.valueOf(i).getBytes(StandardCharsets.UTF_8)));
        return new Upload(MockServerHttpRequest.post("/x").body(parts), PATIENCE, new Silence(PATIENCE));
    }

    private static StepVerifier.FirstStep<DataBuffer> inNoTime(Supplier<Flux<Long>> times, long wanted) {
        return StepVerifier.withVirtualTime(() -> of(times.get()).getBody(), wanted);
    }

    @Test
    void partsWithinThePatiencePassHoweverLongAllOfThemTake() {
        inNoTime(() -> Flux.interval(Duration.ofSeconds(9)).take(100), Long.MAX_VALUE).thenAwait(Duration.ofHours(1))
                .expectNextCount(100).verifyComplete();
    }

    @Test
    void nothingForLongerThanThePatienceIsTheClientsFault() {
        inNoTime(() -> Flux.just(1L).concatWith(Flux.never()), Long.MAX_VALUE).expectNextCount(1)
                .expectNoEvent(Duration.ofSeconds(9)).thenAwait(Duration.ofSeconds(3))
                .expectError(GatewayException.class).verify(Duration.ofSeconds(20));
    }

    @Test
    void whatNobodyHasAskedForIsNotLate() {
        inNoTime(() -> Flux.just(1L, 2L), 1).expectNextCount(1).thenAwait(Duration.ofHours(1)).thenRequest(1)
                .expectNextCount(1).verifyComplete();
    }

    @Test
    void aClientThatGoesAwayIsNoFailureOfTheService() {
        StepVerifier.create(of(Flux.error(new AbortedException("gone"))).getBody())
                .expectError(GatewayException.class).verify();
    }

    @Test
    void whoDoesNotSendIsToBlameAndWhoDoesNotTakeOtherwise() {
        Upload unasked = of(Flux.never());
        StepVerifier.create(unasked.getBody(), 0).expectSubscription().thenCancel().verify();
        assertThat(unasked.late()).isInstanceOf(TimeoutException.class);
        Upload waiting = of(Flux.never());
        waiting.getBody().subscribe().dispose();
        assertThat(waiting.late()).isInstanceOf(GatewayException.class);
    }

    @Test
    void whoHasSentEverythingJustInTimeHasLeftTheServiceItsOwn() {
        Upload upload = of(Flux.just(1L));
        StepVerifier.create(upload.getBody()).expectNextCount(1).verifyComplete();
        assertThat(upload.late()).isInstanceOf(TimeoutException.class);
        StepVerifier.withVirtualTime(() -> upload.over(Duration.ofSeconds(60), Duration.ofHours(9)))
                .expectSubscription().expectNoEvent(Duration.ofHours(8)).thenAwait(Duration.ofHours(2))
                .expectNextCount(1).verifyComplete();
    }

    @Test
    void whoHasNotSentEverythingHasNoMoreThanTheWhole() {
        StepVerifier.withVirtualTime(() -> of(Flux.never()).over(Duration.ofSeconds(60), Duration.ofHours(9)))
                .expectSubscription().expectNoEvent(Duration.ofSeconds(59)).thenAwait(Duration.ofSeconds(2))
                .expectNextCount(1).verifyComplete();
    }
}
