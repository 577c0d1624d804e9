package cn.cityapis.bench.gateway;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** wrk of the PATH: how many requests a second, as many at once as it has connections (closed loop). */
record Wrk(int core, int connections) {

    private static final int LEAST_ROUNDS = 4;
    private static final int MOST_ROUNDS = 8;
    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");

    /** Asks four rounds at least, until one is no longer a twentieth faster than the one before. */
    void steady(String url, String token, Duration round) throws IOException, InterruptedException {
        double last = aSecond(url, token, round);
        for (int i = 1; i < MOST_ROUNDS; i++) {
            double next = aSecond(url, token, round);
            if (i >= LEAST_ROUNDS - 1 && next < 1.05 * last) {
                return;
            }
            last = next;
        }
    }

    /** @throws IllegalStateException where an answer was no success: refusals are cheap */
    double aSecond(String url, String token, Duration time) throws IOException, InterruptedException {
        String out = Pinned.output(core,
                List.of("wrk", "-t1", "--timeout", "20s", "-c" + connections, "-d" + time.toSeconds() + "s", "-H",
                        "Authorization: Bearer " + token, url));
        Matcher rate = RATE.matcher(out);
        if (!rate.find() || out.contains("Non-2xx") || out.contains("Socket errors")) {
            throw new IllegalStateException(out);
        }
        return Double.parseDouble(rate.group(1));
    }
}
