package cn.cityapis.bench.policy;

import java.nio.file.Path;
import java.util.Optional;

import cn.cityapis.bench.Flags;

/**
 * @param articles of the large corpus
 * @param loaded   articles of the load that is timed
 * @param rate     requests a second of the open loop
 * @param seconds  of each measurement
 * @param askers   of the closed loop
 * @param write    whether the result goes to docs/benchmarks.md
 * @param kept     a folder whose database and index are kept for the next run; where it holds them already, only what is
 *                 asked of the whole corpus is measured
 */
record Options(Path project, int articles, int loaded, int rate, int seconds, int askers, boolean write,
        Optional<Path> kept) {

    static Options parse(String[] arguments) {
        Flags flags = new Flags(arguments);
        int articles = flags.number("--articles", 1_000_000);
        int loaded = flags.number("--loaded", 30_000);
        int rate = flags.number("--rate", 50);
        int seconds = flags.number("--seconds", 15);
        int askers = flags.number("--askers", 4);
        boolean write = flags.has("--write");
        Optional<Path> kept = flags.folder("--keep");
        flags.end();
        if (write && kept.isPresent()) {
            throw new IllegalArgumentException("--write is for a run that measures everything, without --keep");
        }
        return new Options(Flags.project(), articles, loaded, rate, seconds, askers, write, kept);
    }
}
