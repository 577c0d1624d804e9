package cn.cityapis.bench;

import java.time.Duration;

/**
 * Whether a virtual machine has compiled what there is to compile: three rounds in a row are no longer a fiftieth faster
 * than the best before them. A reactive service takes 50,000 to 200,000 requests to get there, and costs three times as
 * much at the beginning; one round that happens to be slow says nothing.
 */
public final class Warmth {

    private static final double FASTER = 1.02;
    private static final int ROUNDS_WITHOUT = 3;
    private static final long LONGEST = Duration.ofMinutes(6).toNanos();

    private final long begin = System.nanoTime();
    private double best;
    private int without;

    /** @param rate of a round; the first time over 6 minutes it is warm whatever it brings */
    public boolean reached(double rate) {
        if (rate > FASTER * best) {
            best = rate;
            without = 0;
        } else {
            without++;
        }
        return without >= ROUNDS_WITHOUT || System.nanoTime() - begin > LONGEST;
    }
}
