package cn.cityapis.bench.pharmacy;

import cn.cityapis.bench.Flags;
import java.nio.file.Path;

/**
 * @param institutions of the large measurement; the small one has {@link City#REAL}
 * @param rate requests a second of the open loop
 * @param seconds of each measurement
 * @param askers of the closed loop, and clients of pgbench
 * @param lines of one file of stock reports
 * @param files of stock reports
 * @param write whether the result goes to docs/benchmarks.md
 */
record Options(Path project, int institutions, int rate, int seconds, int askers, int lines, int files,
        boolean write) {

    static Options parse(String[] arguments) {
        Flags flags = new Flags(arguments);
        int institutions = flags.number("--institutions", 1_400_000);
        int rate = flags.number("--rate", 50);
        int seconds = flags.number("--seconds", 15);
        int askers = flags.number("--askers", 8);
        int lines = flags.number("--lines", 40_000);
        int files = flags.number("--files", 10);
        boolean write = flags.has("--write");
        flags.end();
        return new Options(Flags.project(), institutions, rate, seconds, askers, lines, files, write);
    }
}
