package cn.cityapis.bench.subsidy;

import java.nio.file.Path;

import cn.cityapis.bench.Flags;

/**
 * @param people in the batch
 * @param rate requests a second of the open loop
 * @param seconds of each measurement
 * @param askers connections of the loops
 * @param rules insurance cases for the comparison with Drools
 * @param rulesOnly nothing but that comparison, without a service
 * @param write whether the result goes to docs/benchmarks.md
 */
record Options(Path project, int people, int rate, int seconds, int askers, int rules, boolean rulesOnly,
        boolean write) {

    static Options parse(String[] arguments) {
        Flags flags = new Flags(arguments);
        int people = flags.number("--people", 1_000_000);
        int rate = flags.number("--rate", 3_000);
        int seconds = flags.number("--seconds", 15);
        int askers = flags.number("--askers", 16);
        int rules = flags.number("--rules", 300_000);
        boolean rulesOnly = flags.has("--rules-only");
        boolean write = !rulesOnly && flags.has("--write");
        flags.end();
        return new Options(Flags.project(), people, rate, seconds, askers, rules, rulesOnly, write);
    }
}
