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
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
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

    private final City city;
    private final Calls calls;
    private final Flows flows;
    private final Kept kept;
    private final Consumer<String> broken;
    private final Map<Effect, Long> before = new EnumMap<>(Effect.class);

    /** Made before anything is done: what is there by then was not acknowledged to anybody. */
    Promises(City city, Calls calls, Flows flows, Kept kept) throws SQLException {
        this.city = city;
        this.calls = calls;
        this.flows = flows;
        this.kept = kept;
        this.broken = kept::broken;
        for (Effect effect : Effect.values()) {
            before.put(effect, count(effect.owner(), effect.count()));
        }
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
        for (Kept.Told told : kept.told()) {
            while (receiver.of(told.subject()).size() < told.types().size() && System.nanoTime() < end) {
                Thread.sleep(200);
            }
            List<String> came = receiver.of(told.subject());
            if (!came.stream().filter(told.types()::contains).toList().equals(told.types())) {
                broken.accept("events of " + told.subject() + ": " + came);
            }
        }
        String tests = "webhooks/" + flows.policyWebhook();
        while (receiver.of(tests).size() < kept.tests() && System.nanoTime() < end) {
            Thread.sleep(200);
        }
        if (receiver.of(tests).size() != kept.tests()) {
            broken.accept(kept.tests() + " events of policy were asked for, " + receiver.of(tests).size() + " came");
        }
    }

    /** What was uploaded can be read, whichever replica took it and whichever is asked. */
    void everyPaperCanBeRead() throws InterruptedException {
        for (Kept.Paper paper : kept.papers()) {
            Calls.Answer found = calls.get(paper.token(), paper.path());
            if (!found.done() || !found.raw().equals(paper.content())) {
                broken.accept("acknowledged and gone: " + paper.path() + " answers " + found.status());
            }
        }
    }

    /** What is in the databases is what was acknowledged: nothing lost, nothing twice. */
    void thereIsAsMuchAsWasAcknowledged() throws SQLException {
        for (Effect effect : Effect.values()) {
            long now = count(effect.owner(), effect.count()) - before.getOrDefault(effect, 0L);
            if (now != kept.effects(effect)) {
                broken.accept(effect + ": " + kept.effects(effect) + " were acknowledged, " + now + " are there");
            }
        }
        long twice = count(Component.SUBSIDY, "SELECT count(*) FROM (SELECT application_id FROM ledger_transaction "
                + "WHERE kind = 'commitment' GROUP BY application_id HAVING count(*) > 1) AS twice");
        if (twice > 0) {
            broken.accept(twice + " applications were committed twice in the ledger");
        }
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
