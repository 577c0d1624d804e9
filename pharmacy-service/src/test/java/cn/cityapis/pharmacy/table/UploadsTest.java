package cn.cityapis.pharmacy.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

class UploadsTest {

    private final AtomicInteger read = new AtomicInteger();

    private Flux<DataBuffer> body() {
        return Flux.<DataBuffer>just(DefaultDataBufferFactory.sharedInstance.wrap("x".getBytes(StandardCharsets.UTF_8)))
                .doOnSubscribe(subscription -> read.incrementAndGet());
    }

    @Test
    void theNextWaitsUntilAPlaceIsFree() throws Exception {
        Uploads uploads = new Uploads(new UploadSettings(2, Duration.ofMinutes(2)));
        Sinks.One<String> first = Sinks.one();
        CompletableFuture<String> one = uploads.take(body(), file -> first.asMono()).toFuture();
        CompletableFuture<String> two = uploads.take(body(), file -> Mono.<String>never()).toFuture();
        CompletableFuture<String> three = uploads.take(body(), file -> Mono.just("three")).toFuture();
        assertThat(read).hasValue(2);
        first.tryEmitValue("one");
        assertThat(one.get(1, TimeUnit.MINUTES)).isEqualTo("one");
        assertThat(three.get(1, TimeUnit.MINUTES)).isEqualTo("three");
        two.cancel(true);
        assertThat(uploads.take(body(), file -> uploads.take(body(), other -> Mono.just("both"))).block())
                .isEqualTo("both");
    }

    @Test
    void whoWaitsTooLongIsAskedToComeBackAndAFailureGivesThePlaceBack() {
        Uploads uploads = new Uploads(new UploadSettings(1, Duration.ofMillis(200)));
        assertThatThrownBy(() -> uploads.take(body(), file -> Mono.error(new TableException("no file"))).block())
                .isInstanceOf(TableException.class);
        CompletableFuture<String> held = uploads.take(body(), file -> Mono.<String>never()).toFuture();
        assertThatThrownBy(() -> uploads.take(body(), file -> Mono.just("late")).block())
                .isInstanceOfSatisfying(ProblemException.class,
                        problem -> assertThat(problem.code()).isEqualTo(CommonProblem.UNAVAILABLE));
        assertThat(held).isNotDone();
    }
}
