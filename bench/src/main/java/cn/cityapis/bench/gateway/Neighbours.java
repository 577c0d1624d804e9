package cn.cityapis.bench.gateway;

import cn.cityapis.bench.Pace;
import cn.cityapis.bench.Pace.Measured;
import cn.cityapis.bench.Report;
import cn.cityapis.bench.Target;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;

/** Each service in turn is well, hangs and is dead under load; another one is looked at meanwhile. */
final class Neighbours {

    /** Requests a second to the service that is looked at, and to the one beside it. */
    private static final int LOOKED_AT = 200;
    private static final int BESIDE = 50;
    /** Calls to the one beside it that may wait at once: more than the gateway lets through. */
    private static final int WAITING = 1_000;
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    /** Their calls are counted together: of one alone p99 differs from the next as much as it may differ here. */
    private static final int ROUNDS = 3;

    private enum Health {
        WELL, HANGS, DEAD;

        void of(Upstream service) throws Exception {
            switch (this) {
                case WELL -> service.recover();
                case HANGS -> service.hang();
                case DEAD -> service.die();
            }
        }
    }

    private final Doors doors;
    private final Duration time;
    private final Supplier<String> token;
    private final Report report;

    Neighbours(Doors doors, Duration time, Supplier<String> token, Report report) {
        this.doors = doors;
        this.time = time;
        this.token = token;
        this.report = report;
    }

    /** The first time what a sick service makes run is compiled. */
    void measure() throws Exception {
        turns("to warm up, ", 0, new Histogram[Health.values().length]);
        Histogram[] all = new Histogram[Health.values().length];
        for (int round = 0; round < ROUNDS; round++) {
            turns("", round, all);
        }
        compare("hangs", all[Health.HANGS.ordinal()], all[Health.WELL.ordinal()]);
        compare("is dead", all[Health.DEAD.ordinal()], all[Health.WELL.ordinal()]);
    }

    /** @param first which health comes first: each in its turn, since the machine is not the same all the time */
    private void turns(String which, int first, Histogram[] all) throws Exception {
        List<Upstream> services = doors.services();
        for (int i = 0; i < services.size(); i++) {
            Upstream sick = services.get(i);
            Upstream lookedAt = services.get((i + 1) % services.size());
            double[] millis = new double[all.length];
            for (int turn = 0; turn < all.length; turn++) {
                Health health = Health.values()[(first + turn) % all.length];
                health.of(sick);
                Measured measured = beside(lookedAt, sick);
                Health.WELL.of(sick);
                await(sick);
                millis[health.ordinal()] = measured.millis(99);
                all[health.ordinal()] = together(all[health.ordinal()], measured.nanos());
                if (measured.failed() > 0) {
                    report.note("%s%d calls to %s failed beside %s (%s)", which, measured.failed(), lookedAt.name(),
                            sick.name(),
                            health);
                }
            }
            report.note("%sp99 of %s: %.2f ms beside %s while it is well, %.2f while it hangs, %.2f while it is dead",
                    which, lookedAt.name(), millis[0], sick.name(), millis[1], millis[2]);
        }
    }

    private static Histogram together(Histogram before, Histogram more) {
        Histogram sum = before == null ? more.copy() : before;
        if (before != null) {
            sum.add(more);
        }
        return sum;
    }

    private void compare(String how, Histogram sick, Histogram well) {
        double mine = sick.getValueAtPercentile(99) / 1e6;
        double other = well.getValueAtPercentile(99) / 1e6;
        report.add(Target.atMost("p99 of a service beside one that " + how, 1.2, mine / other, " ×", String.format(
                Locale.ROOT,
                "open loop, %d/s beside %d/s, each of four services in turn, %,d calls: %.2f ms against %.2f ms",
                LOOKED_AT, BESIDE, sick.getTotalCount(), mine, other)));
    }

    private Measured beside(Upstream lookedAt, Upstream sick) throws Exception {
        String bearer = token.get();
        try (ExecutorService executor = Executors.newSingleThreadExecutor()) {
            Future<Measured> other = executor.submit(() -> Pace.openOnce(BESIDE, time.multipliedBy(2), WAITING,
                    count -> doors.status(doors.whole, sick.path(), bearer) > 0));
            Measured measured = Pace.open(LOOKED_AT, time,
                    count -> doors.status(doors.whole, lookedAt.path(), bearer) == 200);
            other.get();
            return measured;
        }
    }

    /** Until the gateway lets calls through to it again. */
    private void await(Upstream service) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (doors.status(doors.whole, service.path(), token.get()) != 200) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(service.name() + " does not come back");
            }
            Thread.sleep(100);
        }
    }
}
