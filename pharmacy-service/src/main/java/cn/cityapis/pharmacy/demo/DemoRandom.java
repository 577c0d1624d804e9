package cn.cityapis.pharmacy.demo;

import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.ToIntFunction;

/** Chance from a seed: the same city each time, ids included. */
final class DemoRandom {

    /** Demo ids are older than any real one. */
    private static final long ID_MILLIS = 1_700_000_000_000L;

    private final Random random;
    private long ids;

    DemoRandom(long seed) {
        random = new Random(seed);
    }

    /** The next UUIDv7; in the order in which they are asked for. */
    UUID id() {
        long millis = ID_MILLIS + ids++;
        return new UUID(millis << 16 | 0x7000L | random.nextInt(0x1000),
                random.nextLong() & 0x3fff_ffff_ffff_ffffL | 0x8000_0000_0000_0000L);
    }

    int between(int least, int most) {
        return random.nextInt(least, most + 1);
    }

    double between(double least, double most) {
        return random.nextDouble(least, most);
    }

    double around(double middle, double deviation) {
        return random.nextGaussian(middle, deviation);
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    <T> T oneOf(List<T> items) {
        return items.get(random.nextInt(items.size()));
    }

    <T> T oneOf(List<T> items, ToIntFunction<T> weight) {
        int left = random.nextInt(items.stream().mapToInt(weight).sum());
        for (T item : items) {
            left -= weight.applyAsInt(item);
            if (left < 0) {
                return item;
            }
        }
        throw new IllegalStateException("weights do not add up");
    }
}
