package cn.cityapis.gateway.route;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Second attempts are a share of the first ones, with a few in hand: enough for a connection that broke, too few to
 * double the load of a service that is going down.
 */
final class RetryBudget {

    private static final int IN_HAND = 10;
    private static final int WHOLE = 100;

    private final int percent;
    private final AtomicLong hundredths;

    /** @param percent of the first attempts; none at all if 0 */
    RetryBudget(int percent) {
        this.percent = percent;
        this.hundredths = new AtomicLong(percent == 0 ? 0 : (long) IN_HAND * WHOLE);
    }

    void firstAttempt() {
        hundredths.updateAndGet(now -> Math.min((long) IN_HAND * WHOLE, now + percent));
    }

    /** Whether there is one left, which is taken. */
    boolean take() {
        return hundredths.getAndUpdate(now -> now >= WHOLE ? now - WHOLE : now) >= WHOLE;
    }
}
