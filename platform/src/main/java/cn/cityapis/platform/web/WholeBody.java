package cn.cityapis.platform.web;

import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemCode;
import cn.cityapis.platform.problem.ProblemException;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A file that was sent as the body of a call, whole. */
public final class WholeBody {

    private WholeBody() {
    }

    /**
     * The bytes; an error with {@code tooLarge} as soon as there are more than {@code mostBytes}, with
     * {@link CommonProblem#BODY_MISSING} if there are none.
     */
    public static Mono<byte[]> read(Flux<DataBuffer> body, int mostBytes, ProblemCode tooLarge, String detail) {
        return DataBufferUtils.join(body, mostBytes)
                .onErrorMap(DataBufferLimitException.class, e -> ProblemException.of(tooLarge, detail))
                .map(WholeBody::bytes)
                .filter(bytes -> bytes.length > 0)
                .switchIfEmpty(Mono.error(() -> ProblemException.of(CommonProblem.BODY_MISSING)));
    }

    private static byte[] bytes(DataBuffer buffer) {
        byte[] content = new byte[buffer.readableByteCount()];
        buffer.read(content);
        DataBufferUtils.release(buffer);
        return content;
    }
}
