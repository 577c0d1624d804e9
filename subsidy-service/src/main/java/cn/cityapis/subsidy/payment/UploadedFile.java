package cn.cityapis.subsidy.payment;

import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.subsidy.SubsidyProblem;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A reply file as it comes in: whole, and not too large. */
final class UploadedFile {

    private static final int MOST_BYTES = 1024 * 1024;

    private UploadedFile() {
    }

    static Mono<byte[]> read(Flux<DataBuffer> body) {
        return DataBufferUtils.join(body, MOST_BYTES)
                .onErrorMap(DataBufferLimitException.class,
                        e -> ProblemException.of(SubsidyProblem.FILE_TOO_LARGE, "回盘文件不能超过 1 MiB"))
                .map(UploadedFile::bytes)
                .switchIfEmpty(Mono.error(() -> ProblemException.of(CommonProblem.BODY_MISSING)));
    }

    private static byte[] bytes(DataBuffer buffer) {
        byte[] content = new byte[buffer.readableByteCount()];
        buffer.read(content);
        DataBufferUtils.release(buffer);
        return content;
    }
}
