package cn.cityapis.subsidy.ledger;

import cn.cityapis.platform.ids.Ids;
import cn.cityapis.subsidy.ledger.AccountKey.Budget;
import cn.cityapis.subsidy.ledger.AccountKey.Kind;
import cn.cityapis.subsidy.money.Fen;
import cn.cityapis.subsidy.scheme.Funding;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
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
    public Mono<UUID> book(Booking booking, @Nullable UUID application, String memo, String by) {
        UUID id = ids.next();
        return openAccounts(booking)
                .then(Mono.defer(() -> insertTransaction(id, booking, application, memo, by)))
                .then(Mono.defer(() -> insertEntries(id, booking)))
                .thenReturn(id);
    }

    private Mono<Void> openAccounts(Booking booking) {
        return bindAccounts(database.sql("""
                INSERT INTO ledger_account (id, scheme_id, budget_year, party, area_code, kind)
                SELECT * FROM unnest(:ids::uuid[], :schemes::text[], :years::int[], :parties::text[], :areas::text[], :kinds::text[])
                ON CONFLICT (scheme_id, budget_year, party, area_code, kind) DO NOTHING
                """).bind("ids", booking.lines().stream().map(line -> ids.next()).toArray(UUID[]::new)), booking)
                .then();
    }

    private Mono<Void> insertTransaction(UUID id, Booking booking, @Nullable UUID application, String memo, String by) {
        return database.sql("""
                INSERT INTO ledger_transaction (id, kind, application_id, memo, booked_by, booked_at)
                VALUES (:id, :kind, :application, :memo, :by, :now)
                """)
                .bind("id", id)
                .bind("kind", code(booking.type()))
                .bind("application", Parameter.fromOrEmpty(application, UUID.class))
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

    private static Map<Budget, Fen> toMap(List<Map.Entry<Budget, Fen>> entries) {
        Map<Budget, Fen> map = new HashMap<>();
        entries.forEach(entry -> map.put(entry.getKey(), entry.getValue()));
        return map;
    }

    static Funding.Party party(String code) {
        return Funding.Party.valueOf(code.toUpperCase(Locale.ROOT));
    }

    static String code(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
