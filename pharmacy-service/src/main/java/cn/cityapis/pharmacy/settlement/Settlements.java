package cn.cityapis.pharmacy.settlement;

import cn.cityapis.pharmacy.institution.Party;
import cn.cityapis.pharmacy.money.Fen;
import cn.cityapis.platform.ids.Ids;
import cn.cityapis.platform.time.Deadline;
import cn.cityapis.platform.time.WorkingCalendar;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What is owed, in the database. */
@Repository
public class Settlements {

    private static final String SEEN_BY = """
            SELECT s.id, s.delivery_id, s.order_id, c.name AS chain_name, u.name AS supplier_name, s.amount_fen,
                   s.credited_fen, coalesce(s.paid_fen, 0) AS paid_fen, s.refunded_fen, s.in_time, s.accepted_on, s.term_days, s.due_on, s.provisional, s.state, s.paid_on, s.reference, s.version
              FROM settlement s
              JOIN chain c ON c.id = s.chain_id
              JOIN supplier u ON u.id = s.supplier_id
             WHERE (:chain IS NULL OR s.chain_id = :chain)
               AND (:supplier IS NULL OR s.supplier_id = :supplier)
            """;

    /**
     * From the payments and refunds that stand. One that is owed nothing of is paid once somebody has said so; what was not
     * enough until a return made it so is settled, and recorded, on the day of the return.
     */
    private static final String ADD_UP = """
            WITH standing AS (
                SELECT count(*) > 0 AS made, coalesce(sum(fen), 0)::bigint AS fen, max(paid_on) AS paid_on,
                       max(recorded_on) AS recorded_on,
                       max(recorded_on) FILTER (WHERE confirmed_on IS NULL) AS unconfirmed_on,
                       (array_agg(reference ORDER BY number DESC))[1] AS reference
                  FROM settlement_payment WHERE settlement_id = :id AND reversed_on IS NULL),
            refunded AS (SELECT coalesce(sum(fen), 0)::bigint AS fen FROM settlement_refund WHERE settlement_id = :id),
            returned AS (
                SELECT (g.decided_at AT TIME ZONE 'Asia/Shanghai')::date AS day, g.amount_fen AS fen
                  FROM goods_return g JOIN settlement s USING (delivery_id) WHERE s.id = :id AND g.state = 'confirmed'),
            enough AS (
                SELECT min(d.day) AS day
                  FROM settlement s, standing p, (SELECT paid_on AS day FROM standing
                                                  UNION ALL SELECT day FROM returned) d
                 WHERE s.id = :id AND d.day >= p.paid_on
                   AND p.fen - coalesce((SELECT sum(fen) FROM settlement_refund
                                          WHERE settlement_id = :id AND refunded_on <= d.day), 0)
                       >= s.amount_fen - coalesce((SELECT sum(fen) FROM returned r WHERE r.day <= d.day), 0)),
            tally AS (
                SELECT p.*, e.day, r.fen AS back, p.made AND p.fen - r.fen >= s.amount_fen - s.credited_fen AS settled
                  FROM settlement s, standing p, enough e, refunded r WHERE s.id = :id)
            UPDATE settlement s
               SET state = CASE WHEN t.settled THEN 'paid' ELSE 'due' END, paid_fen = t.fen, refunded_fen = t.back,
                   paid_on = CASE WHEN t.settled THEN t.day END,
                   reference = CASE WHEN t.settled THEN t.reference END,
                   recorded_on = CASE WHEN NOT t.settled THEN t.recorded_on WHEN s.state = 'paid' THEN s.recorded_on
                                      ELSE :today END,
                   unconfirmed_on = t.unconfirmed_on, version = version + 1
              FROM tally t WHERE s.id = :id
            """;

    private final DatabaseClient database;
    private final Payments payments;
    private final WorkingCalendar calendar;
    private final Ids ids;
    private final Clock clock;

    Settlements(DatabaseClient database, Payments payments, WorkingCalendar calendar, Ids ids, Clock clock) {
        this.database = database;
        this.payments = payments;
        this.calendar = calendar;
        this.ids = ids;
        this.clock = clock;
    }

    /** A delivery that was accepted, and what it costs. */
    public record Accepted(UUID deliveryId, UUID orderId, UUID chainId, UUID supplierId, Fen amount,
            LocalDate acceptedOn) {
    }

    /** Which of a list. @param dueFrom first day of the month in which they are due */
    record Asked(@Nullable String state, @Nullable Boolean overdue, @Nullable Boolean provisional,
            @Nullable LocalDate dueFrom) {
    }

    /** Where a list goes on. */
    record After(LocalDate dueOn, UUID id) {

        static final After NOTHING = new After(LocalDate.of(1, 1, 1), new UUID(0, 0));
    }

    /** Starts the clock of a receipt; answers the id of the settlement. */
    public Mono<UUID> open(Accepted accepted) {
        return database.sql("SELECT in_force_from, days FROM settlement_term")
                .map(row -> new SettlementRules.Term(row.get("in_force_from", LocalDate.class),
                        row.get("days", Integer.class)))
                .all()
                .collectList()
                .map(terms -> SettlementRules.inForce(terms, accepted.acceptedOn()))
                .flatMap(term -> insert(ids.next(), accepted, term,
                        SettlementRules.due(accepted.acceptedOn(), term, calendar)));
    }

    private Mono<UUID> insert(UUID id, Accepted accepted, SettlementRules.Term term, Deadline due) {
        return database.sql("""
                INSERT INTO settlement (id, delivery_id, order_id, chain_id, supplier_id, amount_fen, accepted_on,
                                        term_days, due_on, provisional, state)
                VALUES (:id, :delivery, :order, :chain, :supplier, :amount, :accepted, :term, :due, :provisional, 'due')
                """)
                .bind("id", id)
                .bind("delivery", accepted.deliveryId())
                .bind("order", accepted.orderId())
                .bind("chain", accepted.chainId())
                .bind("supplier", accepted.supplierId())
                .bind("amount", accepted.amount().amount())
                .bind("accepted", accepted.acceptedOn())
                .bind("term", term.days())
                .bind("due", due.lastDay())
                .bind("provisional", due.provisional())
                .then()
                .thenReturn(id);
    }

    /** The earliest due first. */
    Flux<Settlement> list(Party party, Asked asked, After after, int rows) {
        return seenBy(party, """
                 AND (:state IS NULL OR s.state = :state)
                 AND (:provisional IS NULL OR s.provisional = :provisional)
                 AND (:first IS NULL OR s.due_on >= :first AND s.due_on < :first + interval '1 month')
                 AND (:overdue IS NULL OR :overdue = (s.state = 'due' AND s.due_on < :today AND NOT s.provisional
                      AND s.amount_fen - s.credited_fen > coalesce(s.paid_fen, 0) - s.refunded_fen))
                 AND (s.due_on, s.id) > (:afterDue, :afterId)
                 ORDER BY s.due_on, s.id LIMIT :rows
                """)
                .bind("state", Parameters.in(R2dbcType.VARCHAR, asked.state()))
                .bind("provisional", Parameters.in(R2dbcType.BOOLEAN, asked.provisional()))
                .bind("overdue", Parameters.in(R2dbcType.BOOLEAN, asked.overdue()))
                .bind("first", Parameters.in(R2dbcType.DATE, asked.dueFrom()))
                .bind("today", LocalDate.now(clock))
                .bind("afterDue", after.dueOn())
                .bind("afterId", after.id())
                .bind("rows", rows)
                .map(this::settlement)
                .all();
    }

    /** With its payments and refunds. */
    Mono<Settlement> find(Party party, UUID id) {
        return one(party, id, "");
    }

    /** The same, holding its row until the transaction ends. */
    Mono<Settlement> lock(Party party, UUID id) {
        return one(party, id, " FOR NO KEY UPDATE OF s");
    }

    private Mono<Settlement> one(Party party, UUID id, String lock) {
        return seenBy(party, " AND s.id = :id" + lock).bind("id", id).map(this::settlement).one()
                .flatMap(found -> payments.of(id).collectList()
                        .flatMap(made -> payments.refundsOf(id).collectList().map(back -> found.with(made, back))));
    }

    /** Takes over what was paid and paid back; its row is held by then. */
    Mono<Void> addUp(UUID id) {
        return database.sql(ADD_UP).bind("id", id).bind("today", LocalDate.now(clock)).then();
    }

    /** Takes what went back off what is owed: what was paid of it until now may do by then. */
    public Mono<Void> credit(UUID delivery, Fen amount) {
        return database.sql("""
                UPDATE settlement SET credited_fen = credited_fen + :amount WHERE delivery_id = :delivery RETURNING id
                """)
                .bind("delivery", delivery)
                .bind("amount", amount.amount())
                .map(row -> row.get("id", UUID.class))
                .one()
                .flatMap(this::addUp);
    }

    /** Under what name the buyer signs in. */
    Mono<String> buyer(UUID id) {
        return database.sql("SELECT c.org FROM settlement s JOIN chain c ON c.id = s.chain_id WHERE s.id = :id")
                .bind("id", id)
                .map(row -> row.get("org", String.class))
                .one();
    }

    private DatabaseClient.GenericExecuteSpec seenBy(Party party, String rest) {
        return database.sql(SEEN_BY + rest)
                .bind("chain", party instanceof Party.Chain(UUID id) ? Parameters.in(id) : Parameters.in(UUID.class))
                .bind("supplier",
                        party instanceof Party.Supplier(UUID id) ? Parameters.in(id) : Parameters.in(UUID.class));
    }

    private Settlement settlement(Readable row) {
        LocalDate due = row.get("due_on", LocalDate.class);
        boolean provisional = row.get("provisional", Boolean.class);
        String state = row.get("state", String.class);
        Fen amount = new Fen(row.get("amount_fen", Long.class));
        Fen credited = new Fen(row.get("credited_fen", Long.class));
        Fen payable = new Fen(amount.amount() - credited.amount());
        Fen paid = new Fen(row.get("paid_fen", Long.class));
        Fen refunded = new Fen(row.get("refunded_fen", Long.class));
        long open = payable.amount() - paid.amount() + refunded.amount();
        boolean settled = state.equals("paid");
        boolean overdue = !settled && open > 0 && new Deadline(due, provisional).enforceable(clock.instant());
        return new Settlement(row.get("id", UUID.class), row.get("delivery_id", UUID.class),
                row.get("order_id", UUID.class), row.get("chain_name", String.class),
                row.get("supplier_name", String.class), amount, credited, payable, paid, refunded,
                new Fen(Math.max(0, open)), new Fen(Math.max(0, -open)),
                row.get("accepted_on", LocalDate.class), row.get("term_days", Integer.class), due, provisional, state,
                overdue, overdue ? SettlementRules.overdueDays(due, LocalDate.now(clock)) : 0,
                row.get("paid_on", LocalDate.class), row.get("reference", String.class),
                settled ? row.get("in_time", Boolean.class) : null, List.of(), List.of(),
                row.get("version", Long.class));
    }
}
