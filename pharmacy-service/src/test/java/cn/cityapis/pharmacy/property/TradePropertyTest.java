package cn.cityapis.pharmacy.property;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.pharmacy.PharmacyApplication;
import cn.cityapis.platform.test.Replica;
import cn.cityapis.platform.test.RepeatingClient;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Eight dealers at two replicas report, send files, order, deliver, accept, give back, pay, reverse, refund and end orders at random; in the middle a
 * replica is killed and connections to the database are cut. Whatever happened: of each shelf the newest report stands,
 * nothing that was acknowledged is lost or done twice, quantities and money add up. How many operations:
 * -Dproperty.operations.
 */
class TradePropertyTest {

    private static final int DEALERS = 8;

    private final int operations = Integer.getInteger("property.operations", 1_200);
    private final long seed = Long.getLong("property.seed", System.nanoTime());
    private final Market market = new Market();
    private final Told told = new Told();

    @TempDir
    Path folder;
    private List<Replica> replicas;
    private RepeatingClient calls;

    @BeforeEach
    void open() throws Exception {
        replicas = List.of(new Replica(PharmacyApplication.class, market.database, folder),
                new Replica(PharmacyApplication.class, market.database, folder));
        for (Replica replica : replicas) {
            replica.start();
        }
        for (Replica replica : replicas) {
            replica.awaitReady();
        }
        market.found();
        calls = new RepeatingClient(replicas, "/api/pharmacy/v1");
    }

    @AfterEach
    void close() throws InterruptedException {
        for (Replica replica : replicas) {
            replica.close();
        }
    }

    @Test
    void addsUpWhateverHappens() throws Exception {
        work();
        System.out.printf("seed %d: %d answers, %d calls repeated, %d shelves, %d orders, %d deliveries, %d accepted, "
                + "%d returns, %d credited, %d cancelled, %d closed, %d withdrawn, %d paid, %d reversed, %d refunded, "
                + "statuses %s%n", seed, calls.answers(), calls.repeats(),
                told.shelves.size(), told.orders.size(), told.deliveries.size(), told.accepted.size(),
                told.returns.size(), told.credited.size(), told.cancelled.size(),
                told.closed.size(), told.withdrawn.size(), told.paid.size(), told.reversed.size(), told.refunded.size(),
                calls.statuses());
        assertThat(calls.repeats()).as("calls that were cut off").isPositive();
        assertThat(told.credited).as("returns that were taken").isNotEmpty();
        theNewestReportStands();
        nothingAcknowledgedIsLostOrDoneTwice();
        assertThat(faults()).isEmpty();
        theChecksCatchPlantedFaults();
    }

    private void work() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(DEALERS)) {
            List<Future<?>> dealers = new ArrayList<>();
            Dealer first = new Dealer(calls, market, told, seed);
            while (told.credited.isEmpty()) {
                first.step();
            }
            // what the first needed alone does not count: nothing was disturbed then
            long begun = calls.answers();
            for (int i = 0; i < DEALERS; i++) {
                Dealer dealer = i == 0 ? first : new Dealer(calls, market, told, seed + i, first);
                dealers.add(threads.submit(() -> {
                    while (calls.answers() < begun + operations) {
                        dealer.step();
                    }
                    return null;
                }));
            }
            disturb(dealers, begun);
            for (Future<?> dealer : dealers) {
                dealer.get(5, TimeUnit.MINUTES);
            }
        }
    }

    /** At a third connections are cut, in the middle a replica is killed for good; a long run starts it again. */
    private void disturb(List<Future<?>> dealers, long begun) throws Exception {
        for (long done = begun; done + operations / 3 < begun + operations
                && dealers.stream().noneMatch(Future::isDone);) {
            long next = done + operations / 3;
            while (calls.answers() < next && dealers.stream().noneMatch(Future::isDone)) {
                Thread.sleep(5);
            }
            market.database.cutConnections();
            if (replicas.getLast().isReady()) {
                replicas.getLast().kill();
            }
            done = next;
        }
    }

    private void theNewestReportStands() throws SQLException {
        Map<String, String> expected = new TreeMap<>();
        told.shelves.forEach((shelf, newest) -> expected.put(shelf,
                newest.quantity() + " " + newest.fen() + " " + micros(newest.at())));
        Map<String, String> stored = new TreeMap<>();
        market.database.strings("""
                SELECT institution_id || ' ' || drug_id || '=' || quantity || ' ' || retail_price_fen || ' '
                       || (extract(epoch FROM reported_at) * 1000000)::bigint FROM stock
                """)
                .forEach(row -> stored.put(row.substring(0, row.indexOf('=')), row.substring(row.indexOf('=') + 1)));
        assertThat(stored).isEqualTo(expected);
    }

    private static long micros(java.time.Instant at) {
        return at.getEpochSecond() * 1_000_000 + at.getNano() / 1_000;
    }

    private void nothingAcknowledgedIsLostOrDoneTwice() throws SQLException {
        assertThat(market.database.strings("SELECT id FROM purchase_order"))
                .containsExactlyInAnyOrderElementsOf(told.orders);
        assertThat(market.database.strings("SELECT id FROM delivery"))
                .containsExactlyInAnyOrderElementsOf(told.deliveries);
        assertThat(market.database.strings("SELECT id FROM delivery WHERE state = 'accepted'"))
                .containsExactlyInAnyOrderElementsOf(told.accepted);
        assertThat(market.database.strings("SELECT id FROM goods_return"))
                .containsExactlyInAnyOrderElementsOf(told.returns);
        assertThat(market.database.strings("SELECT id FROM goods_return WHERE state = 'confirmed'"))
                .containsExactlyInAnyOrderElementsOf(told.credited);
        assertThat(market.database.strings("SELECT id FROM purchase_order WHERE state = 'cancelled'"))
                .containsExactlyInAnyOrderElementsOf(told.cancelled);
        assertThat(market.database.strings("SELECT id FROM delivery WHERE state = 'withdrawn'"))
                .containsExactlyInAnyOrderElementsOf(told.withdrawn);
        // what is closed a second time has the reason of that
        assertThat(told.closed).containsAll(
                market.database.strings("SELECT DISTINCT closing_reason FROM order_line WHERE closed > 0"));
        assertThat(market.database.strings("SELECT reference FROM settlement_payment"))
                .containsExactlyInAnyOrderElementsOf(told.paid);
        assertThat(market.database.strings("SELECT reversal FROM settlement_payment WHERE reversed_on IS NOT NULL"))
                .containsExactlyInAnyOrderElementsOf(told.reversed);
        assertThat(market.database.strings("SELECT reference FROM settlement_refund"))
                .containsExactlyInAnyOrderElementsOf(told.refunded);
        assertThat(market.database.strings("""
                SELECT pid::text FROM pg_stat_activity WHERE datname = current_database()
                   AND state LIKE 'idle in transaction%' AND now() - state_change > interval '10 seconds'
                """)).isEmpty();
    }

    /** Added up apart from the service. */
    private List<String> faults() throws SQLException {
        return market.database.strings("""
                SELECT 'line ' || l.order_id || ' ' || l.line_no FROM order_line l
                  LEFT JOIN LATERAL (SELECT coalesce(sum(p.quantity) FILTER (WHERE v.state IN ('delivered', 'accepted')), 0) AS delivered,
                                            coalesce(sum(p.quantity) FILTER (WHERE v.state = 'accepted'), 0) AS accepted
                                       FROM delivery_line p JOIN delivery v ON v.id = p.delivery_id
                                      WHERE p.order_id = l.order_id AND p.line_no = l.line_no) s ON true
                 WHERE l.delivered <> s.delivered OR l.accepted <> s.accepted OR s.delivered + l.closed > l.ordered
                UNION ALL
                SELECT 'order ' || o.id FROM purchase_order o JOIN order_line l ON l.order_id = o.id GROUP BY o.id
                HAVING (o.state = 'completed') <> (o.confirmed_at IS NOT NULL AND bool_and(l.accepted + l.closed = l.ordered))
                    OR o.state IN ('placed', 'refused', 'cancelled') AND sum(l.delivered + l.closed) > 0
                UNION ALL
                SELECT 'returned ' || p.delivery_id FROM delivery_line p
                 WHERE p.returned <> (SELECT coalesce(sum(r.quantity), 0) FROM goods_return_line r
                                        JOIN goods_return g ON g.id = r.return_id AND g.state <> 'refused'
                                       WHERE r.delivery_id = p.delivery_id AND r.line_no = p.line_no
                                         AND r.batch_no = p.batch_no)
                UNION ALL
                SELECT 'settlement ' || v.id FROM delivery v LEFT JOIN settlement s ON s.delivery_id = v.id
                 WHERE (v.state = 'accepted') <> (s.id IS NOT NULL)
                    OR s.amount_fen <> (SELECT sum(p.quantity * l.price_fen) FROM delivery_line p
                                          JOIN order_line l ON l.order_id = p.order_id AND l.line_no = p.line_no
                                         WHERE p.delivery_id = v.id)
                    OR s.credited_fen <> (SELECT coalesce(sum(g.amount_fen), 0) FROM goods_return g
                                           WHERE g.delivery_id = v.id AND g.state = 'confirmed')
                UNION ALL
                SELECT 'paid ' || s.id FROM settlement s
                  LEFT JOIN LATERAL (SELECT coalesce(sum(fen), 0) AS fen, count(*) AS made FROM settlement_payment
                                      WHERE settlement_id = s.id AND reversed_on IS NULL) p ON true
                  LEFT JOIN LATERAL (SELECT coalesce(sum(fen), 0) AS fen FROM settlement_refund
                                      WHERE settlement_id = s.id) r ON true
                 WHERE coalesce(s.paid_fen, 0) <> p.fen OR s.refunded_fen <> r.fen
                    OR (s.state = 'paid') <> (p.made > 0 AND p.fen - r.fen >= s.amount_fen - s.credited_fen)
                    OR (s.state = 'paid') <> (s.paid_on IS NOT NULL)
                    OR r.fen > p.fen
                    OR r.fen > 0 AND p.fen - r.fen < s.amount_fen - s.credited_fen
                       AND NOT EXISTS (SELECT FROM settlement_payment x
                                        WHERE x.settlement_id = s.id AND x.reversed_on IS NOT NULL)
                UNION ALL
                SELECT 'balance ' || chain_id FROM (
                    SELECT chain_id, fen FROM settlement_entry
                    UNION ALL
                    SELECT chain_id, -(amount_fen - credited_fen - coalesce(paid_fen, 0) + refunded_fen) FROM settlement) e
                 GROUP BY chain_id HAVING sum(fen) <> 0
                """);
    }

    /** Behind the back of the service: each must show. */
    private void theChecksCatchPlantedFaults() throws SQLException {
        for (String[] fault : new String[][]{
                {"UPDATE order_line SET accepted = accepted - 1 WHERE (order_id, line_no) = (SELECT order_id, line_no FROM order_line WHERE accepted > 0 LIMIT 1)",
                        "line"},
                {"UPDATE delivery_line SET returned = returned - 1 WHERE delivery_id = (SELECT delivery_id FROM delivery_line WHERE returned > 0 LIMIT 1) AND returned > 0",
                        "returned"},
                {"UPDATE settlement SET amount_fen = amount_fen + 1 WHERE id = (SELECT id FROM settlement LIMIT 1)",
                        "settlement"},
                {"UPDATE settlement SET paid_fen = coalesce(paid_fen, 0) + 1 WHERE id = (SELECT id FROM settlement LIMIT 1)",
                        "paid"},
                {"UPDATE purchase_order SET state = 'completed', completed_at = now(), confirmed_at = now() WHERE id = (SELECT id FROM purchase_order WHERE state IN ('placed', 'confirmed') LIMIT 1)",
                        "order"}}) {
            market.database.execute(fault[0]);
            assertThat(faults()).as(fault[0]).anyMatch(found -> found.startsWith(fault[1]));
        }
    }
}
