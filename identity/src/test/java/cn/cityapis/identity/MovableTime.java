package cn.cityapis.identity;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;

/** Real time, moved on by a test; the same for all servers that are given it. */
final class MovableTime implements InstantSource {

    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

    @Override
    public Instant instant() {
        return Instant.now().plus(ahead.get());
    }

    void advance(Duration by) {
        ahead.updateAndGet(before -> before.plus(by));
    }

    ApplicationContextInitializer<GenericApplicationContext> initializer() {
        return context -> context.registerBean("movableTime", InstantSource.class, () -> this,
                bean -> bean.setPrimary(true));
    }
}
