package cn.cityapis.pharmacy.table;

import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A file that was sent, whole. */
@SuppressWarnings("ArrayRecordComponent")
public record Upload(byte[] bytes) {

    /** Largest file taken. */
    public static final int MOST_BYTES = 24 * 1024 * 1024;

    /** The file, or a refusal: 400 if there is none, 413 if it is too large. */
    public static Mono<Upload> of(Flux<DataBuffer> body) {
        return DataBufferUtils.join(body, MOST_BYTES)
                .onErrorMap(DataBufferLimitException.class,
                        e -> ProblemException.of(CommonProblem.BODY_TOO_LARGE, "文件不能超过 24 MiB，请分成几个文件"))
                .map(buffer -> {
                    byte[] bytes = new byte[buffer.readableByteCount()];
                    buffer.read(bytes);
                    DataBufferUtils.release(buffer);
                    return new Upload(bytes);
                })
                .filter(upload -> upload.bytes().length > 0)
                .switchIfEmpty(Mono.error(() -> ProblemException.of(CommonProblem.BODY_MISSING)));
    }

    /** By which two files are the same. */
    public String sha256() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
