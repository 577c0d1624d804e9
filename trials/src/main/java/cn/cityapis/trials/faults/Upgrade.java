package cn.cityapis.trials.faults;

import cn.cityapis.stack.demo.DemoIdentity;
import cn.cityapis.stack.layout.Component;
import java.net.http.HttpClient;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The replicas of services are replaced one after the other by what is built now, while somebody reads and writes who
 * never repeats a call, and the matters of the load go on: each call must succeed at once. The first new replica of a
 * service migrates its database under the old one. Only then the identity server and the gateway follow, of which there
 * is one each: they are away for as long as they take to start.
 */
record Upgrade(City city, HttpClient http, Calls calls, Flows flows) {

    private static final int WORKERS = 3;
    private static final Map<Component, String> READS = Map.of(Component.POLICY, "/api/policy/v1/documents?q=x&limit=1",
            Component.ELDERCARE, "/api/eldercare/v1/homes?limit=1", Component.SUBSIDY,
            "/api/subsidy/v1/schemes?limit=1",
            Component.PHARMACY,
            "/api/pharmacy/v1/pharmacies/nearby?lat=37.5018&lon=122.1213&coordType=gcj02&q=akbt&limit=1");

    /**
     * @param failed calls that did not succeed at the first attempt
     * @param calls how many were made, those of the load apart
     * @param migrations that the new replicas brought, by service
     */
    record Result(List<String> failed, long calls, Map<String, Long> migrations) {

        String inShort() {
            boolean none = migrations.values().stream().allMatch(count -> count == 0);
            return "upgrade: " + calls + " calls that nobody repeats and the load beside them, " + failed.size()
                    + " failed; " + (none
                            ? "no migration was brought: replicas were replaced, nothing was upgraded (--before FOLDER)"
                            : "migrations under the old version: " + migrations);
        }
    }

    Result of(List<Component> services) throws InterruptedException, SQLException {
        calls.openSince();
        Map<String, Long> migrations = new TreeMap<>();
        ConcurrentLinkedQueue<String> failed = new ConcurrentLinkedQueue<>();
        AtomicLong made = new AtomicLong();
        for (Component service : services) {
            long before = migrated(service);
            try (Asking asking = new Asking(calls, flows, service, failed, made)) {
                Thread.sleep(500);
                for (Node node : city.replicas(service)) {
                    city.replace(node, http);
                }
                Thread.sleep(500);
            }
            migrations.put(service.shortName(), migrated(service) - before);
        }
        failed.addAll(calls.openSince());
        city.renew(city.single(Component.IDENTITY), http);
        city.renew(city.single(Component.GATEWAY), http);
        return new Result(List.copyOf(failed), made.get(), migrations);
    }

    private long migrated(Component service) throws SQLException {
        try (Connection database = city.place().database(service);
                Statement sql = database.createStatement();
                ResultSet rows = sql.executeQuery("SELECT count(*) FROM flyway_schema_history")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** Reads, and writes what is refused for what it says: the refusal is the service's own, and nothing is left behind. */
    private static final class Asking implements AutoCloseable {

        private final List<Thread> workers = new ArrayList<>();
        private volatile boolean over;

        Asking(Calls calls, Flows flows, Component service, ConcurrentLinkedQueue<String> failed, AtomicLong made) {
            for (int i = 0; i < WORKERS; i++) {
                workers.add(Thread.ofVirtual().start(() -> ask(calls, flows, service, failed, made)));
            }
        }

        private void ask(Calls calls, Flows flows, Component service, ConcurrentLinkedQueue<String> failed,
                AtomicLong made) {
            try {
                while (!over) {
                    expect(calls.once(calls.read(flows.as(DemoIdentity.APP), READS.getOrDefault(service, "/"))), 200,
                            service + " read", failed);
                    Calls.Write write = Calls.Write.post(flows.as(DemoIdentity.PARTNER),
                            "/api/" + service.shortName() + "/v1/webhooks", "{}", "");
                    expect(calls.once(calls.request(write)), 400, service + " write", failed);
                    made.addAndGet(2);
                    Thread.sleep(10);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private static void expect(Calls.@org.jspecify.annotations.Nullable Answer answer, int status, String what,
                ConcurrentLinkedQueue<String> failed) {
            if (answer == null || answer.status() != status) {
                failed.add(
                        what + ": " + (answer == null ? "connection broken" : answer.status() + " " + answer.body()));
            }
        }

        @Override
        public void close() throws InterruptedException {
            over = true;
            for (Thread worker : workers) {
                worker.join();
            }
        }
    }
}
