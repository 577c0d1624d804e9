package cn.cityapis.policy.entitlement;

import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** The sums of money that a text names, for features that look for amounts only. */
public final class Sums {

    private Sums() {
    }

    /** @return in fen, each once: 500万元, 五万元, both ends of 5万元-10万元 */
    public static long[] fen(String text) {
        if (text.indexOf('元') < 0) {
            return new long[0];
        }
        return Figures.money(Sentence.fold(text)).stream()
                .flatMapToLong(figure -> LongStream.concat(of(figure.fromFen()), of(figure.fen()))).distinct()
                .toArray();
    }

    private static LongStream of(@Nullable Long fen) {
        return fen == null ? LongStream.empty() : LongStream.of(fen);
    }
}
