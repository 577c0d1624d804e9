package cn.cityapis.bench.eldercare;

import java.nio.file.Path;

import cn.cityapis.bench.Flags;

/**
 * @param waiting in all homes together; a tenth of them in the largest
 * @param rate requests a second of the open loop
 * @param seconds of each measurement
 * @param offers of each round, of the service and of pgbench
 * @param askers of the closed loop
 * @param write whether the result goes to docs/benchmarks.md
 */
record Options(Path project, int waiting, int rate, int seconds, int offers, int askers, boolean write) {

    static Options parse(String[] arguments) {
        Flags flags = new Flags(arguments);
        int waiting = flags.number("--waiting", 1_000_000);
        int rate = flags.number("--rate", 50);
        int seconds = flags.number("--seconds", 15);
        int offers = flags.number("--offers", 1_600);
        int askers = flags.number("--askers", 8);
        boolean write = flags.has("--write");
        flags.end();
        return new Options(Flags.project(), waiting, rate,
                seconds, offers, askers, write);
    }
}
