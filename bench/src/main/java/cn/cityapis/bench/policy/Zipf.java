package cn.cityapis.bench.policy;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Draws from a list so that the item of rank r comes with a frequency proportional to 1 / r, as words of a language do. */
final class Zipf<T> {

    private final List<T> ranked;
    private final double[] upTo;

    Zipf(List<T> ranked) {
        this.ranked = List.copyOf(ranked);
        this.upTo = new double[ranked.size()];
        double sum = 0;
        for (int rank = 1; rank <= upTo.length; rank++) {
            sum += 1.0 / rank;
            upTo[rank - 1] = sum;
        }
    }

    T draw(RandomGenerator random) {
        int found = Arrays.binarySearch(upTo, random.nextDouble() * upTo[upTo.length - 1]);
        return ranked.get(Math.min(found < 0 ? -found - 1 : found, ranked.size() - 1));
    }
}
