package cn.cityapis.pharmacy.property;

import cn.cityapis.pharmacy.Api.Who;
import cn.cityapis.platform.test.RepeatingClient;
import cn.cityapis.platform.test.RepeatingClient.Answer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Does at random what a head office and a supplier can do; what he did last he may do again, or another before him. */
final class Dealer {

    private static final List<String> CHAINS = List.of(Who.CHAIN.token(), Who.OTHER_CHAIN.token());
    private static final List<String> SUPPLIERS = List.of(Who.SUPPLIER.token(), Who.OTHER_SUPPLIER.token());
    private static final int RECENT = 10;
    private static final AtomicLong MOMENTS = new AtomicLong();

    private final RepeatingClient calls;
    private final Market market;
    private final Told told;
    private final Random random;
    private final Instant begin = Instant.now().minus(2, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);
    /** Paths of what was made, of all dealers. */
    private final List<String> orders;
    private final List<String> deliveries;
    private final List<String> returns;

    Dealer(RepeatingClient calls, Market market, Told told, long seed, Dealer... partners) {
        this.calls = calls;
        this.market = market;
        this.told = told;
        this.random = new Random(seed);
        orders = partners.length > 0 ? partners[0].orders : java.util.Collections.synchronizedList(new ArrayList<>());
        deliveries = partners.length > 0
                ? partners[0].deliveries
                : java.util.Collections.synchronizedList(new ArrayList<>());
        returns = partners.length > 0
                ? partners[0].returns
                : java.util.Collections.synchronizedList(new ArrayList<>());
    }

    void step() throws InterruptedException {
        switch (random.nextInt(16)) {
            case 0 -> report();
            case 1 -> file();
            case 2 -> order();
            case 3, 4 -> confirm();
            case 5, 6 -> deliver();
            case 7, 8 -> accept();
            case 9 -> giveBack();
            case 10 -> takeBack();
            case 11 -> endOrder();
            case 12 -> withdraw();
            case 13 -> settleUp();
            default -> pay();
        }
    }

    private <T> T one(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    /** A moment that no other report has, before or after those that were reported earlier. */
    private Instant moment() {
        return begin.plus(random.nextInt(100_000), ChronoUnit.SECONDS)
                .plus(MOMENTS.incrementAndGet() % 1_000_000, ChronoUnit.MICROS);
    }

    private record Line(UUID store, UUID drug, Told.Shelf shelf) {
    }

    private List<Line> lines(int chain, int count) {
        List<Line> lines = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        while (lines.size() < count) {
            UUID store = one(market.stores.get(chain));
            int drug = random.nextInt(market.drugs.size());
            if (seen.add(store + " " + drug)) {
                lines.add(new Line(store, market.drugs.get(drug), new Told.Shelf(moment(), random.nextInt(50),
                        Market.procuredFen(drug) + random.nextInt(900))));
            }
        }
        return lines;
    }

    private void report() throws InterruptedException {
        int chain = random.nextInt(Market.CHAINS);
        List<Line> lines = lines(chain, 1 + random.nextInt(6));
        Answer answer = calls.post(random, CHAINS.get(chain), "/stock-reports", Map.of("reports", lines.stream()
                .map(l -> Map.of("storeId", l.store(), "drugId", l.drug(), "quantity", l.shelf().quantity(),
                        "retailPriceFen", l.shelf().fen(), "reportedAt", l.shelf().at().toString()))
                .toList()), null);
        expect(answer);
        lines.forEach(l -> told.shelf(l.store(), l.drug(), l.shelf()));
    }

    /** Some lines of it are of another's stores: they are told and not taken. */
    private void file() throws InterruptedException {
        int chain = random.nextInt(Market.CHAINS);
        List<Line> good = lines(chain, 20);
        StringBuilder csv = new StringBuilder("storeId,drugId,quantity,retailPriceFen,reportedAt\n");
        good.forEach(line -> csv.append(row(line)));
        lines(1 - chain, 3).forEach(line -> csv.append(row(line)));
        Answer answer = calls.upload(random, CHAINS.get(chain), "/stock-imports/csv", "text/csv",
                csv.toString().getBytes(StandardCharsets.UTF_8));
        expect(answer);
        if (answer.body().path("badLines").asInt() != 3) {
            throw new IllegalStateException("bad lines: " + answer);
        }
        good.forEach(l -> told.shelf(l.store(), l.drug(), l.shelf()));
    }

    private static String row(Line l) {
        return "%s,%s,%d,%d,%s%n".formatted(l.store(), l.drug(), l.shelf().quantity(), l.shelf().fen(), l.shelf().at());
    }

    private void order() throws InterruptedException {
        int chain = random.nextInt(Market.CHAINS);
        List<Map<String, Object>> lines = new ArrayList<>();
        UUID store = one(market.stores.get(chain));
        for (UUID drug : market.drugs.subList(0, 1 + random.nextInt(3))) {
            lines.add(Map.of("storeId", store, "drugId", drug, "quantity", 1 + random.nextInt(20)));
        }
        Answer placed = calls.post(random, CHAINS.get(chain), "/orders",
                Map.of("supplierId", one(market.suppliers), "lines", lines), null);
        expect(placed);
        told.orders.add(placed.text("/orderId"));
        orders.add("/orders/" + placed.text("/orderId"));
    }

    private void confirm() throws InterruptedException {
        seen(orders, SUPPLIERS, (path, token, seen) -> {
            boolean takes = random.nextInt(8) > 0;
            calls.post(random, token, path + (takes ? "/confirmation" : "/refusal"),
                    takes ? null : Map.of("reason", "无货"), seen.etag());
        });
    }

    private void deliver() throws InterruptedException {
        seen(orders, SUPPLIERS, (path, token, seen) -> {
            var store = seen.body().at("/stores/0");
            var line = store.path("lines").path(random.nextInt(store.path("lines").size()));
            Answer made = calls.post(random, token, path + "/deliveries", Map.of("storeId",
                    store.path("storeId").asString(), "lines", List.of(Map.of("lineNo", line.path("lineNo").asInt(),
                            "quantity", 1 + random.nextInt(16), "batchNo", "B" + random.nextInt(3), "expiresOn",
                            "2099-01-01"))),
                    seen.etag());
            if (made.done()) {
                told.deliveries.add(made.text("/deliveryId"));
                deliveries.add("/deliveries/" + made.text("/deliveryId"));
            }
        });
    }

    private void accept() throws InterruptedException {
        seen(deliveries, CHAINS, (path, token, seen) -> {
            boolean takes = random.nextInt(5) > 0;
            Answer decided = calls.post(random, token, path + (takes ? "/acceptance" : "/rejection"),
                    takes ? null : Map.of("reason", "破损"), seen.etag());
            if (decided.done() && takes) {
                told.accepted.add(id(path));
            }
        });
    }

    private void giveBack() throws InterruptedException {
        seen(deliveries, CHAINS, (path, token, seen) -> {
            var line = seen.body().at("/lines/0");
            Answer asked = calls.post(random, token, path + "/returns", Map.of("reason", "临近效期", "lines",
                    List.of(Map.of("lineNo", line.path("lineNo").asInt(), "batchNo", line.path("batchNo").asString(),
                            "quantity", 1 + random.nextInt(6)))),
                    null);
            if (asked.done()) {
                told.returns.add(asked.text("/returnId"));
                returns.add("/returns/" + asked.text("/returnId"));
            }
        });
    }

    private void takeBack() throws InterruptedException {
        seen(returns, SUPPLIERS, (path, token, seen) -> {
            boolean takes = random.nextInt(4) > 0;
            Answer decided = calls.post(random, token, path + (takes ? "/confirmation" : "/refusal"),
                    takes ? null : Map.of("reason", "已开封"), seen.etag());
            if (decided.done() && takes) {
                told.credited.add(id(path));
            }
        });
    }

    private void pay() throws InterruptedException {
        seen(deliveries, CHAINS, (path, token, seen) -> {
            String settlement = seen.text("/settlementId");
            if (settlement.isEmpty()) {
                return;
            }
            Answer due = calls.get(random, token, "/settlements/" + settlement);
            String reference = "P" + UUID.randomUUID();
            Map<String, Object> payment = new HashMap<>(Map.of("paidOn",
                    LocalDate.now(ZoneId.of("Asia/Shanghai")).toString(), "reference", reference));
            long outstanding = due.body().path("outstandingFen").asLong();
            int difference = random.nextInt(6) - 1;
            if (difference <= 1 && outstanding > 1) {
                payment.put("amountFen", outstanding + difference);
                if (difference != 0) {
                    payment.put("difference", difference > 0 ? "over" : "under");
                }
            }
            if (calls.post(random, token, "/settlements/" + settlement + "/payment", payment, due.etag()).done()) {
                told.paid.add(reference);
            }
        });
    }

    private void endOrder() throws InterruptedException {
        boolean cancels = random.nextBoolean();
        seen(orders, cancels || random.nextBoolean() ? CHAINS : SUPPLIERS, (path, token, seen) -> {
            String reason = UUID.randomUUID().toString();
            if (calls.post(random, token, path + (cancels ? "/cancellation" : "/closure"), Map.of("reason", reason),
                    seen.etag()).done()) {
                if (cancels) {
                    told.cancelled.add(id(path));
                } else {
                    told.closed.add(reason);
                }
            }
        });
    }

    private void withdraw() throws InterruptedException {
        seen(deliveries, SUPPLIERS, (path, token, seen) -> {
            if (calls.post(random, token, path + "/withdrawal", Map.of("reason", "填错"), seen.etag()).done()) {
                told.withdrawn.add(id(path));
            }
        });
    }

    /** The supplier confirms, has reversed or pays back. */
    private void settleUp() throws InterruptedException {
        seen(deliveries, SUPPLIERS, (path, token, seen) -> {
            String settlement = "/settlements/" + seen.text("/settlementId");
            String unique = UUID.randomUUID().toString();
            if (seen.text("/settlementId").isEmpty()) {
                return;
            }
            Answer found = calls.get(random, token, settlement);
            long back = found.body().path("refundDueFen").asLong();
            if (back > 0) {
                Map<String, Object> refund = Map.of("amountFen", 1 + random.nextInt((int) Math.min(back, 100_000)),
                        "refundedOn", LocalDate.now(ZoneId.of("Asia/Shanghai")).toString(), "reference", unique);
                if (calls.post(random, token, settlement + "/refund", refund, found.etag()).done()) {
                    told.refunded.add(unique);
                }
            } else if (random.nextBoolean()) {
                calls.post(random, token, settlement + "/receipt", null, found.etag());
            } else if (calls.post(random, token, settlement + "/reversal", Map.of("reason", unique), found.etag())
                    .done()) {
                told.reversed.add(unique);
            }
        });
    }

    private interface Effect {
        void on(String path, String token, Answer seen) throws InterruptedException;
    }

    /** One of them, as its party sees it now; it may be another's by the time the effect comes. */
    private void seen(List<String> paths, List<String> tokens, Effect effect) throws InterruptedException {
        if (paths.isEmpty()) {
            order();
            return;
        }
        // one of the last, so that things come to their end
        String path = paths.get(paths.size() - 1 - random.nextInt(Math.min(RECENT, paths.size())));
        for (String token : tokens) {
            Answer seen = calls.get(random, token, path);
            if (seen.done()) {
                effect.on(path, token, seen);
            }
        }
    }

    private static String id(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static void expect(Answer answer) {
        if (!answer.done()) {
            throw new IllegalStateException("refused: " + answer);
        }
    }
}
