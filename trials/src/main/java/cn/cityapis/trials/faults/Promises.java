package cn.cityapis.trials.faults;

import cn.cityapis.stack.demo.DemoIdentity;
import cn.cityapis.stack.layout.Component;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What must hold once everything is healed. Each method adds what does not. */
final class Promises {

    private static final int WRITES_AGAIN = 120;
    /** What a replica had taken when it died is taken again after a minute. */
    private static final Duration DELIVERY = Duration.ofSeconds(150);
    private static final Pattern ACQUIRED = Pattern.compile("(?m)^r2dbc_pool_acquired_connections\\{[^}]*} (\\d+)");
    private static final List<String> LIFE_OF_AN_ORDER = List.of("pharmacy.order.placed", "pharmacy.order.confirmed");

    private final City city;
    private final Calls calls;
    private final Flows flows;
    private final Kept kept;
    private final Consumer<String> broken;

    Promises(City city, Calls calls, Flows flows, Kept kept) {
        this.city = city;
        this.calls = calls;
        this.flows = flows;
        this.kept = kept;
        this.broken = kept::broken;
    }

    /** Acknowledged means there. */
    void everythingAcknowledgedIsThere() throws InterruptedException {
        for (Kept.Fact fact : kept.facts()) {
            Calls.Answer found = calls.get(fact.token(), fact.path());
            if (!found.done() || !found.text("state").equals(fact.state())) {
                broken.accept("acknowledged and gone: " + fact.path() + " should be " + fact.state() + ", is "
                        + found.status() + " " + found.text("state"));
            }
        }
    }

    /** Repeated with its key, each call has the answer that it had. */
    void everyKeyHasOneEffect(long seed) throws InterruptedException {
        List<Kept.Acknowledged> some = new ArrayList<>(kept.writes());
        Collections.shuffle(some, new Random(seed));
        for (Kept.Acknowledged write : some.subList(0, Math.min(WRITES_AGAIN, some.size()))) {
            Calls.Answer again = calls.settle(write.write());
            if (!again.replayed() || again.status() != write.status() || !again.text("id").equals(write.id())) {
                broken.accept("answered otherwise when repeated: " + write.write().path() + " was " + write.status()
                        + ", is " + again.status() + (again.replayed() ? "" : " and not said to be repeated"));
            }
        }
    }

    void nobodyWasToldOfAnInternalError() {
        calls.internalErrors().forEach(told -> broken.accept("internal error: " + told));
    }

    void theLedgerAddsUp() throws InterruptedException {
        Calls.Answer check = calls.get(flows.as(DemoIdentity.CITY), "/api/subsidy/v1/ledger/check");
        if (!check.body().path("consistent").asBoolean(false)) {
            broken.accept("the ledger does not add up: " + check.body());
        }
    }

    void theQueueIsFair() throws InterruptedException {
        Calls.Answer check = calls.get(flows.as(DemoIdentity.HOME_OPERATOR),
                "/api/eldercare/v1/homes/" + Flows.HOME + "/fairness-check");
        if (!check.body().path("fair").asBoolean(false)) {
            broken.accept("the queue is not fair: " + check.body());
        }
    }

    /** At least once, and what happened first comes first. */
    void everyEventWasDeliveredInOrder(Receiver receiver) throws InterruptedException {
        long end = System.nanoTime() + DELIVERY.toNanos();
        for (String order : kept.orders()) {
            while (receiver.of("orders/" + order).size() < LIFE_OF_AN_ORDER.size() && System.nanoTime() < end) {
                Thread.sleep(200);
            }
            List<String> told = receiver.of("orders/" + order).stream().filter(LIFE_OF_AN_ORDER::contains).toList();
            if (!told.equals(LIFE_OF_AN_ORDER)) {
                broken.accept("events of order " + order + ": " + receiver.of("orders/" + order));
            }
        }
    }

    /** The orders in the database are the orders that were acknowledged: none lost, none twice. */
    void thereAreAsManyOrdersAsWereAcknowledged(long before) throws SQLException {
        long now = orders();
        if (now - before != kept.orders().size()) {
            broken.accept(kept.orders().size() + " orders were acknowledged, " + (now - before) + " are there");
        }
    }

    long orders() throws SQLException {
        return count(Component.PHARMACY, "SELECT count(*) FROM purchase_order");
    }

    /** No connection is held by nobody, no transaction left open. */
    void nothingLeaks(HttpClient http) throws InterruptedException, IOException, SQLException {
        for (Component service : Doors.SERVICES) {
            for (Node node : city.replicas(service)) {
                int acquired = leastAcquired(http, node);
                if (acquired != 0) {
                    broken.accept(service + " on port " + node.port() + " holds " + acquired + " connections");
                }
            }
            long open = count(service, "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
                    + "AND state LIKE 'idle in transaction%' AND state_change < now() - interval '5 seconds'");
            if (open > 0) {
                broken.accept(service + " left " + open + " transactions open");
            }
        }
    }

    /** Scheduled work takes one now and then. */
    private static int leastAcquired(HttpClient http, Node node) throws InterruptedException, IOException {
        int least = Integer.MAX_VALUE;
        for (int i = 0; i < 50 && least > 0; i++) {
            String metrics = http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.port()
                    + "/actuator/prometheus")).build(), HttpResponse.BodyHandlers.ofString()).body();
            Matcher acquired = ACQUIRED.matcher(metrics);
            least = Math.min(least, acquired.find() ? Integer.parseInt(acquired.group(1)) : Integer.MAX_VALUE);
            Thread.sleep(100);
        }
        return least;
    }

    private long count(Component owner, String query) throws SQLException {
        try (Connection database = city.place().database(owner);
                Statement sql = database.createStatement();
                ResultSet rows = sql.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
