package cn.cityapis.gateway;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;

/** Real time, or time that stands still, moved on by a test. */
final class MovableTime implements InstantSource {

    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

    private final @Nullable Instant still;

    MovableTime() {
        this(null);
    }

    private MovableTime(@Nullable Instant still) {
        this.still = still;
    }

    /** Stands still unless it is moved: what refills with time can be counted exactly. */
    static MovableTime standingStill() {
        return new MovableTime(Instant.now());
    }

    @Override
    public Instant instant() {
        return (still == null ? Instant.now() : still).plus(ahead.get());
    }

    void advance(Duration by) {
        ahead.updateAndGet(before -> before.plus(by));
    }

    ApplicationContextInitializer<GenericApplicationContext> initializer() {
        return context -> context.registerBean("movableTime", InstantSource.class, () -> this,
                bean -> bean.setPrimary(true));
    }
}
