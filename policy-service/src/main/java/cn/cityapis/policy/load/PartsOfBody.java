package cn.cityapis.policy.load;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Collects a body as it arrives: each buffer is copied into its part and given back at once. */
final class PartsOfBody {

    private final List<byte[]> full = new ArrayList<>();
    private byte[] part = new byte[Source.PART];
    private int filled;

    private PartsOfBody() {
    }

    /** @return an error 413 as soon as more than {@link Source#LARGEST} bytes came */
    static Mono<List<byte[]>> of(Flux<DataBuffer> body) {
        return body.collect(PartsOfBody::new, PartsOfBody::add)
                .doOnDiscard(DataBuffer.class, DataBufferUtils::release).map(PartsOfBody::parts);
    }

    private void add(DataBuffer buffer) {
        try {
            while (buffer.readableByteCount() > 0) {
                int taken = Math.min(buffer.readableByteCount(), part.length - filled);
                buffer.read(part, filled, taken);
                filled += taken;
                if (filled == part.length) {
                    next();
                }
            }
        } finally {
            DataBufferUtils.release(buffer);
        }
    }

    private void next() {
        if (full.size() == Source.LARGEST / Source.PART) {
            throw ProblemException.of(CommonProblem.BODY_TOO_LARGE);
        }
        full.add(part);
        part = new byte[Source.PART];
        filled = 0;
    }

    private List<byte[]> parts() {
        if (filled > 0) {
            if (full.size() == Source.LARGEST / Source.PART) {
                throw ProblemException.of(CommonProblem.BODY_TOO_LARGE);
            }
            full.add(Arrays.copyOf(part, filled));
        }
        return full;
    }
}
