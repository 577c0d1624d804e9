package cn.cityapis.pharmacy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;

/** Orders, deliveries and returns in every state on random days, many of them in the minutes about midnight. */
public final class RandomTrade {

    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final int LARGEST = 1_000_000;

    private final DatabaseClient database;
    private final Random random;
    private final List<Map<String, Object>> orders = new ArrayList<>();
    private final List<Map<String, Object>> orderLines = new ArrayList<>();
    private final List<Map<String, Object>> deliveries = new ArrayList<>();
    private final List<Map<String, Object>> deliveryLines = new ArrayList<>();
    private final List<Map<String, Object>> returns = new ArrayList<>();
    private final List<Map<String, Object>> returnLines = new ArrayList<>();
    private final List<Moved> moved = new ArrayList<>();

    private RandomTrade(DatabaseClient database, Random random) {
        this.database = database;
        this.random = random;
    }

    /**
     * Packs of a batch that a buyer accepted on a day of the city's, or, below zero, that the supplier took back.
     *
     * @param day when it moved
     */
    public record Moved(UUID chain, String area, UUID drug, LocalDate day, LocalDate acceptedOn, long priceFen,
            long packs) {
    }

    private record Store(UUID id, UUID chain, String area) {
    }

    /**
     * Writes so many deliveries of the medicines, accepted on one of the days or the last before it.
     *
     * @return what was accepted and what was taken back
     */
    public static List<Moved> of(DatabaseClient database, Random random, List<UUID> drugs, int deliveries,
            LocalDate first, int days) {
        RandomTrade trade = new RandomTrade(database, random);
        List<Store> stores = Objects.requireNonNull(database.sql("""
                SELECT id, chain_id, left(area_code, 6) AS area FROM institution WHERE chain_id IS NOT NULL
                 ORDER BY id LIMIT 40
                """).map(row -> new Store(row.get("id", UUID.class), row.get("chain_id", UUID.class),
                row.get("area", String.class))).all().collectList().block());
        for (int i = 0; i < deliveries; i++) {
            trade.deliver(stores.get(random.nextInt(stores.size())), drugs, first.plusDays(random.nextInt(days)));
        }
        trade.write();
        return trade.moved;
    }

    private void deliver(Store store, List<UUID> drugs, LocalDate day) {
        Instant at = moment(day);
        String state = random.nextInt(5) > 0 ? "accepted" : random.nextBoolean() ? "rejected" : "delivered";
        UUID order = UUID.randomUUID();
        UUID delivery = UUID.randomUUID();
        orders.add(row("id", order, "chain_id", store.chain(), "state", "confirmed", "placed_at", at, "confirmed_at",
                at, "version", 0));
        deliveries.add(row("id", delivery, "order_id", order, "store_id", store.id(), "state", state, "delivered_at",
                at, "decided_at", state.equals("delivered") ? null : at, "reason",
                state.equals("rejected") ? "r" : null, "version", 0));
        int first = random.nextInt(drugs.size());
        int lines = 1 + random.nextInt(Math.min(3, drugs.size()));
        for (int line = 1; line <= lines; line++) {
            UUID drug = drugs.get((first + line) % drugs.size());
            long price = 1 + random.nextInt(9_000);
            int packs = random.nextInt(20) == 0 ? LARGEST : 2 + random.nextInt(60);
            orderLines.add(row("order_id", order, "line_no", line, "chain_id", store.chain(), "store_id", store.id(),
                    "drug_id", drug, "price_fen", price, "ordered", packs, "delivered", packs, "accepted",
                    state.equals("accepted") ? packs : 0, "closed", 0));
            int one = 1 + random.nextInt(packs - 1);
            for (int part : List.of(one, packs - one)) {
                if (state.equals("accepted")) {
                    LocalDate accepted = day(at);
                    moved.add(new Moved(store.chain(), store.area(), drug, accepted, accepted, price, part));
                    Instant decided = moment(accepted.plusDays(1 + random.nextInt(150)));
                    int back = batch(order, delivery, line, part, random.nextInt(3) == 0, decided);
                    moved.add(new Moved(store.chain(), store.area(), drug, day(decided), accepted, price, -back));
                } else {
                    batch(order, delivery, line, part, false, at);
                }
            }
        }
    }

    private static LocalDate day(Instant at) {
        return at.atZone(ZONE).toLocalDate();
    }

    private Instant moment(LocalDate day) {
        LocalDateTime midnight = day.atStartOfDay();
        return (random.nextBoolean() ? midnight.plusMinutes(random.nextInt(-3, 3)) : midnight.plusHours(10))
                .atZone(ZONE).toInstant();
    }

    /** Answers how many packs of the batch the supplier took back. */
    private int batch(UUID order, UUID delivery, int line, int packs, boolean goesBack, Instant decided) {
        String batch = "B" + deliveryLines.size();
        int back = goesBack ? 1 + random.nextInt(packs) : 0;
        String state = List.of("requested", "confirmed", "refused").get(random.nextInt(3));
        deliveryLines.add(row("delivery_id", delivery, "order_id", order, "line_no", line, "quantity", packs,
                "batch_no", batch, "expires_on", "2040-01-01", "returned", state.equals("refused") ? 0 : back));
        if (back > 0) {
            UUID id = UUID.randomUUID();
            returns.add(row("id", id, "delivery_id", delivery, "order_id", order, "chain_id",
                    orders.getLast().get("chain_id"), "state", state, "reason", "r", "amount_fen", 1, "requested_at",
                    decided, "decided_at", state.equals("requested") ? null : decided, "refusal_reason",
                    state.equals("refused") ? "r" : null, "version", 0));
            returnLines.add(row("return_id", id, "delivery_id", delivery, "line_no", line, "batch_no", batch,
                    "quantity", back));
        }
        return state.equals("confirmed") ? back : 0;
    }

    private static Map<String, Object> row(Object... columns) {
        Map<String, Object> row = new LinkedHashMap<>();
        for (int i = 0; i < columns.length; i += 2) {
            Object value = columns[i + 1];
            row.put((String) columns[i], value instanceof UUID || value instanceof Instant ? value.toString() : value);
        }
        return row;
    }

    private void write() {
        UUID supplier = database.sql("SELECT id FROM supplier LIMIT 1").mapValue(UUID.class).one().block();
        orders.forEach(row -> row.put("supplier_id", String.valueOf(supplier)));
        returns.forEach(row -> row.put("supplier_id", String.valueOf(supplier)));
        Map<UUID, UUID> awards = Objects.requireNonNull(database.sql(
                "SELECT DISTINCT ON (drug_id) drug_id, id FROM award")
                .map(row -> Map.entry(row.get(0, UUID.class), row.get(1, UUID.class))).all()
                .collectMap(Map.Entry::getKey, Map.Entry::getValue).block());
        orderLines.forEach(row -> row.put("award_id",
                String.valueOf(awards.get(UUID.fromString((String) row.get("drug_id"))))));
        insert("purchase_order", orders);
        insert("order_line", orderLines);
        insert("delivery", deliveries);
        insert("delivery_line", deliveryLines);
        insert("goods_return", returns);
        insert("goods_return_line", returnLines);
    }

    private void insert(String table, List<Map<String, Object>> rows) {
        database.sql("INSERT INTO " + table + " SELECT * FROM jsonb_populate_recordset(NULL::" + table
                + ", (:rows)::text::jsonb)").bind("rows", Api.JSON.writeValueAsString(rows)).then().block();
    }
}
