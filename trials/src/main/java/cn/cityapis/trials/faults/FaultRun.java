package cn.cityapis.trials.faults;

import cn.cityapis.stack.demo.DemoTokens;
import java.io.IOException;
import java.net.http.HttpClient;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * An upgrade and faults under load, then every promise is checked.
 *
 * @param today by the stack's clock
 * @param upgrade whether the replicas are replaced first
 * @param count how many faults, in an order that the seed decides
 * @param say takes a line for each fault
 */
public record FaultRun(City city, HttpClient http, LocalDate today, long seed, boolean upgrade, int count,
        Consumer<String> say) {

    private static final Duration RECOVERY = Duration.ofSeconds(90);
    private static final int WORKERS_EACH = 2;

    /** What was found. @param broken promises that did not hold; empty is good */
    public record Result(List<String> broken, long matters, long answers, long repeats, long cuts, int events,
            int eventsTwice, Duration longestRecovery) {

        /** In a line. */
        String inShort() {
            return (broken.isEmpty() ? "all promises held" : broken.size() + " broken") + ": " + matters + " matters, "
                    + answers + " answers, " + repeats + " calls repeated, " + cuts + " commits cut, " + events
                    + " events (" + eventsTwice + " twice), longest recovery " + longestRecovery.toMillis() + " ms";
        }
    }

    /** Each kind once, as far as there are so many, and then any. */
    private List<Fault> faults() {
        List<Fault> possible = new ArrayList<>(
                Stream.of(Fault.values()).filter(fault -> fault.possible(city)).toList());
        Stream.of(Fault.values()).filter(fault -> !possible.contains(fault))
                .forEach(fault -> say.accept(fault + " is left out: there is nothing to strike"));
        List<Fault> faults = new ArrayList<>();
        SplittableRandom chance = new SplittableRandom(seed);
        while (faults.size() < count) {
            Collections.shuffle(possible, new Random(chance.nextLong()));
            faults.addAll(possible);
        }
        return faults.subList(0, count);
    }

    public Result run() throws IOException, InterruptedException, SQLException {
        Kept kept = new Kept();
        Calls calls = new Calls(http, city.place().url());
        try (Receiver receiver = new Receiver()) {
            Flows flows = new Flows(calls, kept,
                    new DemoTokens(city.place().url(), city.place().project()), (int) Math.floorMod(seed, 9_000L),
                    today,
                    receiver.url());
            Promises promises = new Promises(city, calls, flows, kept);
            Load load = new Load(flows, kept);
            if (upgrade) {
                Upgrade.Result upgraded = new Upgrade(city, http, calls, flows).of(Doors.SERVICES);
                say.accept(upgraded.inShort());
                upgraded.failed().stream().distinct().limit(20).forEach(failed -> {
                    kept.broken("not at once during the upgrade: " + failed);
                    say.accept("not at once: " + failed);
                });
            }
            Duration longest = strikeAll(calls, flows);
            load.end();
            promises.everythingAcknowledgedIsThere();
            promises.everyPaperCanBeRead();
            promises.everyKeyHasOneEffect(seed);
            promises.theLedgerAddsUp();
            promises.theQueueIsFair();
            promises.everyEventWasDeliveredInOrder(receiver);
            promises.thereIsAsMuchAsWasAcknowledged();
            promises.nothingLeaks(http);
            promises.nobodyWasToldOfAnInternalError();
            Sizes.tell(city, say);
            return new Result(kept.broken(), load.matters(), calls.answered(), calls.repeated(),
                    city.doors().database().cuts(), receiver.events(), receiver.repeated(), longest);
        }
    }

    private Duration strikeAll(Calls calls, Flows flows) throws InterruptedException, SQLException {
        SplittableRandom chance = new SplittableRandom(seed);
        Duration longest = Duration.ZERO;
        try (Probe probe = new Probe(calls, flows)) {
            for (Fault fault : faults()) {
                Thread.sleep(1_000);
                probe.worst();
                fault.strike(city, http, chance);
                Duration recovery = recovery(probe);
                longest = recovery.compareTo(longest) > 0 ? recovery : longest;
                say.accept(fault + ": all four services answer " + recovery.toMillis()
                        + " ms after it was healed; the longest away " + probe.worst().toMillis() + " ms");
            }
        }
        return longest;
    }

    private static Duration recovery(Probe probe) throws InterruptedException {
        long healed = System.nanoTime();
        while (!probe.allGoodSince(healed)) {
            Thread.sleep(20);
            if (System.nanoTime() - healed > RECOVERY.toNanos()) {
                throw new IllegalStateException("not recovered in " + RECOVERY.toSeconds() + " s");
            }
        }
        return Duration.ofNanos(System.nanoTime() - healed);
    }

    private interface Matter {
        void settle() throws InterruptedException;
    }

    /** Two people at each kind of matter, until the end; who has begun one finishes it. */
    private static final class Load {

        private final List<Thread> workers = new ArrayList<>();
        private final AtomicLong matters = new AtomicLong();
        private final Kept kept;
        private volatile boolean over;

        Load(Flows flows, Kept kept) {
            this.kept = kept;
            List<Matter> kinds = List.of(flows::applyForAPlace, flows::applyForASubsidy, flows::orderMedicine,
                    flows::followPolicy);
            for (int i = 0; i < WORKERS_EACH; i++) {
                kinds.forEach(kind -> workers.add(Thread.ofVirtual().start(() -> work(kind))));
            }
        }

        private void work(Matter kind) {
            while (!over) {
                try {
                    kind.settle();
                    matters.incrementAndGet();
                    Thread.sleep(50);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                } catch (RuntimeException e) {
                    kept.broken(String.valueOf(e.getMessage()));
                }
            }
        }

        long matters() {
            return matters.get();
        }

        void end() throws InterruptedException {
            over = true;
            for (Thread worker : workers) {
                worker.join();
            }
        }
    }
}
