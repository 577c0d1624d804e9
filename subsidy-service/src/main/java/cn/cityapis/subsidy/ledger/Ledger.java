package cn.cityapis.subsidy.ledger;

import cn.cityapis.platform.ids.Ids;
import cn.cityapis.subsidy.ledger.AccountKey.Budget;
import cn.cityapis.subsidy.ledger.AccountKey.Kind;
import cn.cityapis.subsidy.money.Fen;
import cn.cityapis.subsidy.scheme.Funding;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.Parameter;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Writes transactions. The database refuses what does not add up to zero or goes over a budget. */
@Component
public class Ledger {

    private final DatabaseClient database;
    private final Ids ids;
    private final Clock clock;

    Ledger(DatabaseClient database, Ids ids, Clock clock) {
        this.database = database;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Books within the caller's transaction.
     *
     * @param by who answers for it
     * @return id of the transaction
     */
    public Mono<UUID> book(Booking booking, UUID application, String memo, String by) {
        return book(booking, Cause.application(application), memo, by);
    }

    /** The same for anything that is not simply an application's. */
    public Mono<UUID> book(Booking booking, Cause cause, String memo, String by) {
        UUID id = ids.next();
        return lock(booking.lines().getFirst().account().budget().scheme())
                .then(Mono.defer(() -> openAccounts(booking)))
                .then(Mono.defer(() -> insertTransaction(id, booking, cause, memo, by)))
                .then(Mono.defer(() -> insertEntries(id, booking)))
                .thenReturn(id);
    }

    /**
     * One transaction at a time books on a scheme: they meet in the city's accounts anyway, and one that books more than
     * once never waits in a circle with another.
     */
    public Mono<Void> lock(String scheme) {
        return database.sql("SELECT pg_advisory_xact_lock(hashtextextended(:key, 0))")
                .bind("key", "subsidy-ledger:" + scheme).then();
    }

    private Mono<Void> openAccounts(Booking booking) {
        return bindAccounts(database.sql("""
                INSERT INTO ledger_account (id, scheme_id, budget_year, party, area_code, kind)
                SELECT * FROM unnest(:ids::uuid[], :schemes::text[], :years::int[], :parties::text[], :areas::text[], :kinds::text[])
                ON CONFLICT (scheme_id, budget_year, party, area_code, kind) DO NOTHING
                """).bind("ids", booking.lines().stream().map(line -> ids.next()).toArray(UUID[]::new)), booking)
                .then();
    }

    private Mono<Void> insertTransaction(UUID id, Booking booking, Cause cause, String memo, String by) {
        return database.sql("""
                INSERT INTO ledger_transaction (id, kind, application_id, payment_item_id, filing_id, reverses, memo,
                       booked_by, booked_at)
                VALUES (:id, :kind, :application, :item, :filing, :reverses, :memo, :by, :now)
                """)
                .bind("id", id)
                .bind("kind", code(booking.type()))
                .bind("application", Parameter.fromOrEmpty(cause.application(), UUID.class))
                .bind("item", Parameter.fromOrEmpty(cause.item(), UUID.class))
                .bind("filing", Parameter.fromOrEmpty(cause.filing(), UUID.class))
                .bind("reverses", Parameter.fromOrEmpty(cause.reverses(), UUID.class))
                .bind("memo", memo)
                .bind("by", by)
                .bind("now", OffsetDateTime.now(clock))
                .then();
    }

    /** In the order of the accounts, so that two bookings never wait for each other in a circle. */
    private Mono<Void> insertEntries(UUID id, Booking booking) {
        return bindAccounts(database.sql("""
                INSERT INTO ledger_entry (transaction_id, account_id, amount_fen)
                SELECT :id, a.id, line.amount
                  FROM unnest(:schemes::text[], :years::int[], :parties::text[], :areas::text[], :kinds::text[], :amounts::bigint[])
                       AS line (scheme_id, budget_year, party, area_code, kind, amount)
                  JOIN ledger_account a USING (scheme_id, budget_year, party, area_code, kind)
                 ORDER BY a.id
                """)
                .bind("id", id)
                .bind("amounts", array(booking, Long[]::new, line -> line.amount().value())), booking)
                .fetch()
                .rowsUpdated()
                .doOnNext(written -> {
                    if (written != booking.lines().size()) {
                        throw new IllegalStateException(
                                "Wrote " + written + " of " + booking.lines().size() + " entries");
                    }
                })
                .then();
    }

    private static DatabaseClient.GenericExecuteSpec bindAccounts(DatabaseClient.GenericExecuteSpec sql,
            Booking booking) {
        return sql.bind("schemes", array(booking, String[]::new, line -> line.account().budget().scheme()))
                .bind("years", array(booking, Integer[]::new, line -> line.account().budget().year()))
                .bind("parties", array(booking, String[]::new, line -> code(line.account().budget().party())))
                .bind("areas", array(booking, String[]::new, line -> line.account().budget().area()))
                .bind("kinds", array(booking, String[]::new, line -> code(line.account().kind())));
    }

    private static <T> T[] array(Booking booking, java.util.function.IntFunction<T[]> make,
            Function<Booking.Line, T> value) {
        return booking.lines().stream().map(value).toArray(make);
    }

    /** What is left in the budgets of a scheme's year; a budget that was never opened is not in it. */
    public Mono<Map<Budget, Fen>> available(String scheme, int year) {
        return database.sql("""
                SELECT party, area_code, balance_fen
                  FROM ledger_account
                 WHERE scheme_id = :scheme AND budget_year = :year AND kind = :kind
                """)
                .bind("scheme", scheme)
                .bind("year", year)
                .bind("kind", code(Kind.AVAILABLE))
                .map(row -> Map.entry(
                        new Budget(scheme, year, party(row.get("party", String.class)),
                                row.get("area_code", String.class)),
                        new Fen(row.get("balance_fen", Long.class))))
                .all()
                .collectList()
                .map(Ledger::toMap);
    }

    /** What each budget put into an order to the bank: the same parts, to the fen, come back or arrive. */
    public Mono<Map<Budget, Fen>> inTransit(UUID item) {
        return shares("t.payment_item_id = :id AND t.kind = 'transmission' AND a.kind = :kind", item, Kind.IN_TRANSIT);
    }

    /** What each budget has paid to an application and not claimed back. */
    public Mono<Map<Budget, Fen>> paidTo(UUID application) {
        return shares("t.application_id = :id AND a.kind = :kind", application, Kind.PAID);
    }

    /** What each budget has claimed back from an application and not received. */
    public Mono<Map<Budget, Fen>> owedBy(UUID application) {
        return shares("t.application_id = :id AND a.kind = :kind", application, Kind.RECEIVABLE);
    }

    /** What each budget still has set aside for an application. */
    public Mono<Map<Budget, Fen>> committedTo(UUID application) {
        return shares("t.application_id = :id AND a.kind = :kind", application, Kind.COMMITTED);
    }

    private Mono<Map<Budget, Fen>> shares(String which, UUID id, Kind kind) {
        return database.sql("""
                SELECT a.scheme_id, a.budget_year, a.party, a.area_code, sum(e.amount_fen)::bigint AS fen
                  FROM ledger_transaction t
                  JOIN ledger_entry e ON e.transaction_id = t.id
                  JOIN ledger_account a ON a.id = e.account_id
                 WHERE %s
                 GROUP BY a.scheme_id, a.budget_year, a.party, a.area_code
                HAVING sum(e.amount_fen) <> 0
                 ORDER BY a.budget_year, a.party, a.area_code
                """.formatted(which))
                .bind("id", id)
                .bind("kind", code(kind))
                .map(row -> Map.entry(new Budget(row.get("scheme_id", String.class),
                        row.get("budget_year", Integer.class), party(row.get("party", String.class)),
                        row.get("area_code", String.class)), new Fen(row.get("fen", Long.class))))
                .all()
                .collectList()
                .map(Ledger::toMap);
    }

    /** Takes back an appropriation; the database refuses if its money has been spent. Empty if there is none such. */
    public Mono<UUID> reverse(UUID transaction, String memo, String by) {
        return database.sql("""
                SELECT a.scheme_id, a.budget_year, a.party, a.area_code, a.kind, e.amount_fen
                  FROM ledger_transaction t
                  JOIN ledger_entry e ON e.transaction_id = t.id
                  JOIN ledger_account a ON a.id = e.account_id
                 WHERE t.id = :id AND t.kind = 'appropriation'
                """)
                .bind("id", transaction)
                .map(row -> new Booking.Line(new Budget(row.get("scheme_id", String.class),
                        row.get("budget_year", Integer.class), party(row.get("party", String.class)),
                        row.get("area_code", String.class)).account(Kind.of(row.get("kind", String.class))),
                        new Fen(row.get("amount_fen", Long.class))))
                .all()
                .collectList()
                .filter(lines -> !lines.isEmpty())
                .flatMap(lines -> book(Booking.reversal(lines), Cause.reversal(transaction), memo, by));
    }

    private static Map<Budget, Fen> toMap(List<Map.Entry<Budget, Fen>> entries) {
        Map<Budget, Fen> map = new LinkedHashMap<>();
        entries.forEach(entry -> map.put(entry.getKey(), entry.getValue()));
        return map;
    }

    static Funding.Party party(String code) {
        return Funding.Party.valueOf(code.toUpperCase(Locale.ROOT));
    }

    static String code(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
