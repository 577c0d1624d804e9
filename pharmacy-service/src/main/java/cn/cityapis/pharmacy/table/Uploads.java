package cn.cityapis.pharmacy.table;

import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Files are held whole while they are worked on, so only a few are at a time: the others wait with their bodies unread,
 * and are asked to come back (503) if it takes too long.
 */
@Component
public class Uploads {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private final Semaphore places;
    private final long looks;

    Uploads(UploadSettings settings) {
        this.places = new Semaphore(settings.atOnce());
        this.looks = settings.patience().dividedBy(BETWEEN_LOOKS);
    }

    /** Reads the file and works on it when it is its turn. */
    public <T> Mono<T> take(Flux<DataBuffer> body, Function<Upload, Mono<T>> work) {
        return Mono.usingWhen(turn(), held -> Upload.of(body).flatMap(work), held -> Mono.fromRunnable(held::release));
    }

    private Mono<Semaphore> turn() {
        return Mono.fromCallable(places::tryAcquire).filter(acquired -> acquired).map(acquired -> places)
                .repeatWhenEmpty(tries -> tries.concatMap(tried -> tried < looks
                        ? Mono.delay(BETWEEN_LOOKS)
                        : Mono.error(() -> ProblemException.of(CommonProblem.UNAVAILABLE, "正在处理其他文件，请稍后重试"))));
    }
}
