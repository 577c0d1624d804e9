package cn.cityapis.bench.subsidy;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Does the same work on so many threads, in this process and alone in it. */
final class SideBySide {

    private static final long LEAST_NANOS = 1_000_000_000L;

    private final int threads;

    SideBySide(int threads) {
        this.threads = threads;
    }

    /** Decides the cases from one (inclusive) to another (exclusive). */
    interface Work {
        void decide(int from, int to) throws Exception;
    }

    /**
     * @param aSecond cases a second on all threads, by the clock on the wall
     * @param aCpuSecond cases for a second of the processor, collection of garbage included: what others do on the machine
     *        changes it little
     */
    record Speed(double aSecond, double aCpuSecond) {

        @Override
        public String toString() {
            return "%,.0f/s (%.2f µs of CPU a case)".formatted(aSecond, 1e6 / aCpuSecond);
        }
    }

    /** All cases, as often as it takes for the clock of the process, which is coarse, to say something. */
    Speed run(int cases, Work work) throws Exception {
        int share = cases / threads;
        long begin = System.nanoTime();
        long cpu = cpuNanos();
        double decided = 0;
        do {
            once(share, work);
            decided += share * threads;
        } while (cpuNanos() - cpu < LEAST_NANOS);
        return new Speed(decided / ((System.nanoTime() - begin) / 1e9), decided / ((cpuNanos() - cpu) / 1e9));
    }

    private void once(int share, Work work) throws Exception {
        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            List<Future<?>> parts = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int from = i * share;
                parts.add(executor.submit(() -> {
                    work.decide(from, from + share);
                    return null;
                }));
            }
            for (Future<?> part : parts) {
                part.get();
            }
        }
    }

    private static long cpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }
}
