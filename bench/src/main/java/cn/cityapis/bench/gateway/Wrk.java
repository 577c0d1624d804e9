package cn.cityapis.bench.gateway;

import cn.cityapis.bench.Warmth;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** wrk of the PATH: how many requests a second, as many at once as it has connections (closed loop). */
record Wrk(int core, int connections) {

    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");

    /** Asks until it gets no faster. */
    void steady(String url, Supplier<String> token, Duration round) throws IOException, InterruptedException {
        Warmth warmth = new Warmth();
        while (!warmth.reached(aSecond(url, token.get(), round))) {
            continue;
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
