package cn.cityapis.bench.policy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * @param articles of the large corpus
 * @param loaded   articles of the load that is timed
 * @param rate     requests a second of the open loop
 * @param seconds  of each measurement
 * @param askers   of the closed loop
 * @param write    whether the result goes to docs/benchmarks.md
 */
record Options(Path project, int articles, int loaded, int rate, int seconds, int askers, boolean write) {

    static Options parse(String[] arguments) {
        List<String> left = new ArrayList<>(Arrays.asList(arguments));
        boolean write = left.remove("--write");
        int articles = number(left, "--articles", 1_000_000);
        int loaded = number(left, "--loaded", 30_000);
        int rate = number(left, "--rate", 50);
        int seconds = number(left, "--seconds", 15);
        int askers = number(left, "--askers", 4);
        if (!left.isEmpty()) {
            throw new IllegalArgumentException("unknown: " + left
                    + "; known: --articles N --loaded N --rate N --seconds N --askers N --write");
        }
        return new Options(Path.of(System.getProperty("project.root", ".")).toAbsolutePath().normalize(), articles,
                loaded, rate, seconds, askers, write);
    }

    private static int number(List<String> left, String name, int otherwise) {
        int at = left.indexOf(name);
        if (at < 0) {
            return otherwise;
        }
        left.remove(at);
        return Integer.parseInt(left.remove(at));
    }
}
