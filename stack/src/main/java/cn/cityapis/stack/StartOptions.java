package cn.cityapis.stack;

import java.nio.file.Path;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * How a stack is started.
 *
 * @param port the one port that is seen from outside
 * @param bind address on which the gateway listens
 * @param demoData whether services fill themselves with demonstration data
 * @param gazette official text that policy-service loads at its start
 * @param today the day on which the development clock starts; null: where it was
 * @param startupCache whether a start-up cache is trained where one is missing
 */
public record StartOptions(int port, String bind, boolean demoData, @Nullable Path gazette, @Nullable LocalDate today,
        boolean startupCache) {

    public static StartOptions defaults() {
        return new StartOptions(8080, "127.0.0.1", true, null, null, true);
    }

    public StartOptions withPort(int other) {
        return new StartOptions(other, bind, demoData, gazette, today, startupCache);
    }

    public StartOptions withBind(String other) {
        return new StartOptions(port, other, demoData, gazette, today, startupCache);
    }

    public StartOptions withDemoData(boolean other) {
        return new StartOptions(port, bind, other, gazette, today, startupCache);
    }

    public StartOptions withGazette(@Nullable Path other) {
        return new StartOptions(port, bind, demoData, other, today, startupCache);
    }

    public StartOptions withToday(@Nullable LocalDate other) {
        return new StartOptions(port, bind, demoData, gazette, other, startupCache);
    }

    public StartOptions withStartupCache(boolean other) {
        return new StartOptions(port, bind, demoData, gazette, today, other);
    }
}
