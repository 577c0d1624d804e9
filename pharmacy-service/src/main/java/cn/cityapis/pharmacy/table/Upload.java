package cn.cityapis.pharmacy.table;

import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.web.WholeBody;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.springframework.core.io.buffer.DataBuffer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A file that was sent, whole. */
@SuppressWarnings("ArrayRecordComponent")
public record Upload(byte[] bytes) {

    /** Largest file taken. */
    public static final int MOST_BYTES = 24 * 1024 * 1024;

    /** The file, or a refusal: 400 if there is none, 413 if it is too large. */
    static Mono<Upload> of(Flux<DataBuffer> body) {
        return WholeBody
                .read(body, MOST_BYTES, CommonProblem.BODY_TOO_LARGE, "文件不能超过 24 MiB，请分成几个文件")
                .map(Upload::new);
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
