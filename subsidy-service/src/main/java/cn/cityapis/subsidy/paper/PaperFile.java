package cn.cityapis.subsidy.paper;

import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.web.WholeBody;
import cn.cityapis.subsidy.SubsidyProblem;
import java.util.Optional;
import org.springframework.core.io.buffer.DataBuffer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A paper as it comes in: whole, not too large, and of a kind that is taken. */
public final class PaperFile {

    private static final int MOST_BYTES = 5 * 1024 * 1024;
    private static final int MOST_FILES = 20;

    private PaperFile() {
    }

    /** @throws ProblemException 413, 400 for an empty body */
    public static Mono<byte[]> read(Flux<DataBuffer> body) {
        return WholeBody.read(body, MOST_BYTES, SubsidyProblem.FILE_TOO_LARGE, "单个文件不能超过 5 MiB");
    }

    /** @throws ProblemException 413 if no more may be added to so many */
    public static void requireRoom(int files) {
        if (files >= MOST_FILES) {
            throw ProblemException.of(SubsidyProblem.FILE_TOO_LARGE, "最多 " + MOST_FILES + " 份材料");
        }
    }

    /** Told by its first bytes, not by what the sender says; empty for what is not taken. */
    public static Optional<String> mediaType(byte[] content) {
        if (begins(content, '%', 'P', 'D', 'F', '-')) {
            return Optional.of("application/pdf");
        }
        if (begins(content, 0xFF, 0xD8, 0xFF)) {
            return Optional.of("image/jpeg");
        }
        return begins(content, 0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A)
                ? Optional.of("image/png")
                : Optional.empty();
    }

    private static boolean begins(byte[] content, int... magic) {
        if (content.length < magic.length) {
            return false;
        }
        for (int i = 0; i < magic.length; i++) {
            if ((content[i] & 0xFF) != magic[i]) {
                return false;
            }
        }
        return true;
    }
}
