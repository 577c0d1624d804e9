package cn.cityapis.bench.gateway;

import cn.cityapis.bench.Flags;
import java.nio.file.Path;
import java.time.Duration;

/**
 * @param time of each measurement
 * @param connections of the closed loop
 * @param write whether the result goes to docs/benchmarks.md
 */
record Options(Path project, Duration time, int connections, boolean write) {

    static Options parse(String[] arguments) {
        Flags flags = new Flags(arguments);
        int seconds = flags.number("--seconds", 15);
        int connections = flags.number("--connections", 48);
        boolean write = flags.has("--write");
        flags.end();
        return new Options(Flags.project(), Duration.ofSeconds(seconds), connections, write);
    }
}
