package cn.cityapis.trials.faults;

import cn.cityapis.stack.demo.DemoIdentity;
import cn.cityapis.stack.layout.Component;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** How long each service was away at most, seen by somebody who asks it five times a second through the gateway. */
final class Probe implements AutoCloseable {

    private static final Map<Component, String> PATHS = Map.of(Component.POLICY, "/api/policy/v1/documents?q=x&limit=1",
            Component.ELDERCARE, "/api/eldercare/v1/homes?limit=1", Component.SUBSIDY,
            "/api/subsidy/v1/schemes?limit=1",
            Component.PHARMACY, "/api/pharmacy/v1/suppliers");

    private final Map<Component, Long> lastGood = new EnumMap<>(Component.class);
    private final Map<Component, Duration> longest = new EnumMap<>(Component.class);
    private final List<Thread> askers;
    private volatile boolean over;

    Probe(Calls calls, Flows flows) {
        askers = Doors.SERVICES.stream().map(service -> Thread.ofVirtual().start(() -> ask(calls, flows, service)))
                .toList();
    }

    private void ask(Calls calls, Flows flows, Component service) {
        String token = flows.as(service == Component.PHARMACY ? DemoIdentity.CHAIN : DemoIdentity.APP);
        try {
            while (!over) {
                Calls.Answer answer = calls.once(calls.read(token, PATHS.getOrDefault(service, "/")));
                if (answer != null && answer.done()) {
                    good(service);
                }
                Thread.sleep(200);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void good(Component service) {
        long now = System.nanoTime();
        Long before = lastGood.put(service, now);
        if (before != null) {
            longest.merge(service, Duration.ofNanos(now - before), (a, b) -> a.compareTo(b) > 0 ? a : b);
        }
    }

    /** Since the last time this was asked: the longest time between two good answers, of the service that had it worst. */
    synchronized Duration worst() {
        long now = System.nanoTime();
        Duration worst = longest.values().stream().max(Duration::compareTo).orElse(Duration.ZERO);
        for (long good : lastGood.values()) {
            Duration open = Duration.ofNanos(now - good);
            worst = worst.compareTo(open) > 0 ? worst : open;
        }
        longest.clear();
        return worst;
    }

    /** Every service has answered since. */
    synchronized boolean allGoodSince(long nanos) {
        return lastGood.size() == PATHS.size() && lastGood.values().stream().allMatch(good -> good > nanos);
    }

    @Override
    public void close() throws InterruptedException {
        over = true;
        for (Thread asker : askers) {
            asker.join();
        }
    }
}
