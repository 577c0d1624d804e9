package cn.cityapis.bench.eldercare;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

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
        List<String> left = new ArrayList<>(Arrays.asList(arguments));
        boolean write = left.remove("--write");
        int waiting = number(left, "--waiting", 1_000_000);
        int rate = number(left, "--rate", 50);
        int seconds = number(left, "--seconds", 15);
        int offers = number(left, "--offers", 1_600);
        int askers = number(left, "--askers", 8);
        if (!left.isEmpty()) {
            throw new IllegalArgumentException("unknown: " + left
                    + "; known: --waiting N --rate N --seconds N --offers N --askers N --write");
        }
        return new Options(Path.of(System.getProperty("project.root", ".")).toAbsolutePath().normalize(), waiting, rate,
                seconds, offers, askers, write);
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
