package cn.cityapis.identity;

import cn.cityapis.platform.test.TestDatabase;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A running identity server for all tests of a class. */
abstract class IdentityScene {

    private static @Nullable RunningIdentity running;

    @BeforeAll
    static void start() {
        running = RunningIdentity.development(TestDatabase.create());
    }

    @AfterAll
    static void stop() {
        identity().close();
    }

    static RunningIdentity identity() {
        return Objects.requireNonNull(running);
    }
}
