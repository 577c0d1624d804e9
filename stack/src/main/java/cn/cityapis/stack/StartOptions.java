package cn.cityapis.stack;

import cn.cityapis.stack.layout.Component;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
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
 * @param only the processes to start; the gateway answers for the others that they are down
 * @param settings further environment variables of every process; they outrank the stack's own
 */
public record StartOptions(int port, String bind, boolean demoData, @Nullable Path gazette, @Nullable LocalDate today,
        boolean startupCache, Set<Component> only, Map<String, String> settings) {

    public static StartOptions defaults() {
        return new StartOptions(8080, "127.0.0.1", true, null, null, true, EnumSet.allOf(Component.class),
                Map.of());
    }

    public StartOptions withPort(int other) {
        return new StartOptions(other, bind, demoData, gazette, today, startupCache, only, settings);
    }

    public StartOptions withBind(String other) {
        return new StartOptions(port, other, demoData, gazette, today, startupCache, only, settings);
    }

    public StartOptions withDemoData(boolean other) {
        return new StartOptions(port, bind, other, gazette, today, startupCache, only, settings);
    }

    public StartOptions withGazette(@Nullable Path other) {
        return new StartOptions(port, bind, demoData, other, today, startupCache, only, settings);
    }

    public StartOptions withToday(@Nullable LocalDate other) {
        return new StartOptions(port, bind, demoData, gazette, other, startupCache, only, settings);
    }

    public StartOptions withStartupCache(boolean other) {
        return new StartOptions(port, bind, demoData, gazette, today, other, only, settings);
    }

    public StartOptions withOnly(Set<Component> other) {
        return new StartOptions(port, bind, demoData, gazette, today, startupCache, other, settings);
    }

    public StartOptions withSettings(Map<String, String> other) {
        return new StartOptions(port, bind, demoData, gazette, today, startupCache, only, Map.copyOf(other));
    }
}
