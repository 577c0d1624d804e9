package cn.cityapis.bench;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** Two ways of asking: at a fixed rate whatever the answers take, or each asker as soon as it has its answer. */
public final class Pace {

    private static final long LONGEST = Duration.ofMinutes(2).toNanos();
    private static final double NANOS_A_MILLI = 1e6;
    /** Of the open loop: what finds none idle waits for one, as behind a gateway's pool. */
    private static final int CONNECTIONS = 64;

    /** One request; false where it was not answered properly. */
    public interface Ask {
        boolean ask(int count) throws Exception;
    }

    /** @param seconds from the first request to the last answer */
    public record Measured(Histogram nanos, int failed, double seconds) {

        public double millis(double percentile) {
            return nanos.getValueAtPercentile(percentile) / NANOS_A_MILLI;
        }

        public double aSecond() {
            return nanos.getTotalCount() / seconds;
        }
    }

    private Pace() {
    }

    /**
     * The time counts from the moment at which a request was due, so that a stall is paid by all that were due in it (no
     * coordinated omission). A first round opens the connections and warms up the loop itself; the second one counts.
     */
    public static Measured open(int rate, Duration time, Ask ask) {
        openOnce(rate, time, CONNECTIONS, ask);
        return openOnce(rate, time, CONNECTIONS, ask);
    }

    /** One round only. */
    public static Measured openOnce(int rate, Duration time, int connections, Ask ask) {
        int requests = Math.toIntExact(rate * time.toSeconds());
        ExecutorService askers = Executors.newFixedThreadPool(connections, Thread.ofVirtual().factory());
        return measure(askers, (executor, record) -> {
            long begin = System.nanoTime();
            for (int i = 0; i < requests; i++) {
                long due = begin + i * 1_000_000_000L / rate;
                int count = i;
                for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                    LockSupport.parkNanos(wait);
                }
                executor.execute(() -> record.of(count, due, ask));
            }
        });
    }

    public static Measured closed(int askers, Duration time, Ask ask) {
        return closed(askers, time, Integer.MAX_VALUE, ask);
    }

    /** @param requests after which it ends, or when the time is over */
    public static Measured closed(int askers, Duration time, int requests, Ask ask) {
        AtomicInteger counter = new AtomicInteger();
        long end = System.nanoTime() + time.toNanos();
        return measure(Executors.newVirtualThreadPerTaskExecutor(), (executor, record) -> {
            for (int i = 0; i < askers; i++) {
                executor.execute(() -> {
                    for (int count = counter.getAndIncrement(); count < requests
                            && System.nanoTime() < end; count = counter.getAndIncrement()) {
                        record.of(count, System.nanoTime(), ask);
                    }
                });
            }
        });
    }

    /** Closed loops until they get no faster ({@link Warmth}). */
    public static Measured steady(int askers, Duration round, Ask ask) {
        Warmth warmth = new Warmth();
        Measured last;
        do {
            last = closed(askers, round, ask);
        } while (!warmth.reached(last.aSecond()));
        return last;
    }

    private interface Plan {
        void carryOut(ExecutorService executor, Recording recording);
    }

    private record Recording(Histogram nanos, AtomicInteger failed) {

        void of(int count, long due, Ask ask) {
            boolean answered;
            try {
                answered = ask.ask(count);
            } catch (Exception e) {
                if (failed.get() == 0) {
                    System.err.println("a call failed: " + e);
                }
                answered = false;
            }
            nanos.recordValue(Math.min(System.nanoTime() - due, LONGEST));
            if (!answered) {
                failed.incrementAndGet();
            }
        }
    }

    private static Measured measure(ExecutorService askers, Plan plan) {
        Recording recording = new Recording(new ConcurrentHistogram(LONGEST, 3), new AtomicInteger());
        long begin = System.nanoTime();
        try (ExecutorService executor = askers) {
            plan.carryOut(executor, recording);
        }
        return new Measured(recording.nanos(), recording.failed().get(), (System.nanoTime() - begin) / 1e9);
    }
}
