package cn.cityapis.subsidy.ledger;

import cn.cityapis.platform.ids.Ids;
import cn.cityapis.subsidy.ledger.AccountKey.Kind;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Books what became of many orders to the bank at once, each in a transaction of its own: to the fen what its budgets had
 * handed over.
 */
@Component
public class OrderBookings {

    private final DatabaseClient database;
    private final Ledger ledger;
    private final Ids ids;
    private final Clock clock;

    OrderBookings(DatabaseClient database, Ledger ledger, Ids ids, Clock clock) {
        this.database = database;
        this.ledger = ledger;
        this.ids = ids;
        this.clock = clock;
    }

    public record Order(UUID application, UUID item, String memo) {
    }

    /** @return by order, its transaction */
    public Mono<Map<UUID, UUID>> arrived(String scheme, List<Order> orders, String by) {
        return book(Booking.Type.PAYMENT, Kind.PAID, scheme, orders, by);
    }

    /** Committed as before. */
    public Mono<Map<UUID, UUID>> returned(String scheme, List<Order> orders, String by) {
        return book(Booking.Type.RETURN, Kind.COMMITTED, scheme, orders, by);
    }

    private Mono<Map<UUID, UUID>> book(Booking.Type type, Kind to, String scheme, List<Order> orders, String by) {
        UUID[] transactions = orders.stream().map(order -> ids.next()).toArray(UUID[]::new);
        UUID[] items = orders.stream().map(Order::item).toArray(UUID[]::new);
        Map<UUID, UUID> byItem = new HashMap<>();
        for (int i = 0; i < items.length; i++) {
            byItem.put(items[i], transactions[i]);
        }
        return ledger.lock(scheme)
                .then(Mono.defer(() -> openAccounts(items, to)))
                .then(Mono.defer(() -> insertTransactions(type, transactions, orders, by)))
                .then(Mono.defer(() -> insertEntries(transactions, items, to)))
                .thenReturn(byItem);
    }

    private Mono<Void> openAccounts(UUID[] items, Kind to) {
        return database.sql("""
                INSERT INTO ledger_account (id, scheme_id, budget_year, party, area_code, kind)
                SELECT gen_random_uuid(), b.scheme_id, b.budget_year, b.party, b.area_code, :kind
                  FROM (SELECT DISTINCT a.scheme_id, a.budget_year, a.party, a.area_code
                          FROM ledger_transaction t
                          JOIN ledger_entry e ON e.transaction_id = t.id
                          JOIN ledger_account a ON a.id = e.account_id
                         WHERE t.payment_item_id = ANY(:items) AND t.kind = 'transmission' AND a.kind = 'in-transit') b
                ON CONFLICT (scheme_id, budget_year, party, area_code, kind) DO NOTHING
                """).bind("items", items).bind("kind", Ledger.code(to)).then();
    }

    private Mono<Void> insertTransactions(Booking.Type type, UUID[] transactions, List<Order> orders, String by) {
        return database.sql("""
                INSERT INTO ledger_transaction (id, kind, application_id, payment_item_id, memo, booked_by, booked_at)
                SELECT o.id, :kind, o.application, o.item, o.memo, :by, :now
                  FROM unnest(:ids::uuid[], :applications::uuid[], :items::uuid[], :memos::text[])
                       AS o (id, application, item, memo)
                """)
                .bind("ids", transactions)
                .bind("applications", orders.stream().map(Order::application).toArray(UUID[]::new))
                .bind("items", orders.stream().map(Order::item).toArray(UUID[]::new))
                .bind("memos", orders.stream().map(Order::memo).toArray(String[]::new))
                .bind("kind", Ledger.code(type))
                .bind("by", by)
                .bind("now", OffsetDateTime.now(clock))
                .then();
    }

    private Mono<Void> insertEntries(UUID[] transactions, UUID[] items, Kind to) {
        return database.sql("""
                INSERT INTO ledger_entry (transaction_id, account_id, amount_fen)
                SELECT o.transaction_id, line.account_id, line.amount_fen
                  FROM unnest(:transactions::uuid[], :items::uuid[]) AS o (transaction_id, item_id)
                  JOIN ledger_transaction t ON t.payment_item_id = o.item_id AND t.kind = 'transmission'
                  JOIN ledger_entry e ON e.transaction_id = t.id
                  JOIN ledger_account f ON f.id = e.account_id AND f.kind = 'in-transit'
                  JOIN ledger_account g ON (g.scheme_id, g.budget_year, g.party, g.area_code)
                                         = (f.scheme_id, f.budget_year, f.party, f.area_code) AND g.kind = :kind
                 CROSS JOIN LATERAL (VALUES (f.id, -e.amount_fen), (g.id, e.amount_fen)) AS line (account_id, amount_fen)
                """)
                .bind("transactions", transactions)
                .bind("items", items)
                .bind("kind", Ledger.code(to))
                .then();
    }
}
