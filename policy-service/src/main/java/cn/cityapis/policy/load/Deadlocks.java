package cn.cityapis.policy.load;

import java.time.Duration;

import io.r2dbc.spi.R2dbcException;
import org.jspecify.annotations.Nullable;
import reactor.util.retry.Retry;

/** Two transactions whose documents cite each other may wait for each other; the database ends one of them. */
final class Deadlocks {

    private static final String DETECTED = "40P01";
    private static final int ATTEMPTS = 10;

    private Deadlocks() {
    }

    /** To be put around the whole transaction: it is run again from its beginning. */
    static Retry again() {
        return Retry.backoff(ATTEMPTS, Duration.ofMillis(20)).filter(Deadlocks::is);
    }

    private static boolean is(Throwable error) {
        for (@Nullable
        Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof R2dbcException refused && DETECTED.equals(refused.getSqlState())) {
                return true;
            }
        }
        return false;
    }
}
