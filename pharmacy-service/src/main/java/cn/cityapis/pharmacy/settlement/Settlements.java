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
                   s.credited_fen, s.paid_fen,
                   s.accepted_on, s.term_days, s.due_on, s.provisional, s.state, s.paid_on, s.reference, s.version
              FROM settlement s
              JOIN chain c ON c.id = s.chain_id
              JOIN supplier u ON u.id = s.supplier_id
             WHERE (:chain IS NULL OR s.chain_id = :chain)
               AND (:supplier IS NULL OR s.supplier_id = :supplier)
            """;

    private final DatabaseClient database;
    private final WorkingCalendar calendar;
    private final Ids ids;
    private final Clock clock;

    public Settlements(DatabaseClient database, WorkingCalendar calendar, Ids ids, Clock clock) {
        this.database = database;
        this.calendar = calendar;
        this.ids = ids;
        this.clock = clock;
    }

    /** A delivery that was accepted, and what it costs. */
    public record Accepted(UUID deliveryId, UUID orderId, UUID chainId, UUID supplierId, Fen amount,
            LocalDate acceptedOn) {
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
    Flux<Settlement> list(Party party, @Nullable String state, After after, int rows) {
        return seenBy(party, """
                 AND (:state IS NULL OR s.state = :state) AND (s.due_on, s.id) > (:afterDue, :afterId)
                 ORDER BY s.due_on, s.id LIMIT :rows
                """)
                .bind("state", Parameters.in(R2dbcType.VARCHAR, state))
                .bind("afterDue", after.dueOn())
                .bind("afterId", after.id())
                .bind("rows", rows)
                .map(this::settlement)
                .all();
    }

    Mono<Settlement> find(Party party, UUID id) {
        return seenBy(party, " AND s.id = :id").bind("id", id).map(this::settlement).one();
    }

    /** Marks a settlement paid; empty if it no longer is the version that was seen. */
    Mono<UUID> pay(UUID id, long version, LocalDate paidOn, String reference) {
        return database.sql("""
                UPDATE settlement SET state = 'paid', paid_on = :paidOn, reference = :reference,
                       paid_fen = amount_fen - credited_fen, version = version + 1
                 WHERE id = :id AND version = :version AND state = 'due'
                RETURNING id
                """)
                .bind("id", id)
                .bind("version", version)
                .bind("paidOn", paidOn)
                .bind("reference", reference)
                .map(row -> row.get("id", UUID.class))
                .one();
    }

    /** Takes what went back off what is owed; its row is held by then. */
    public Mono<Void> credit(UUID delivery, Fen amount) {
        return database.sql("""
                UPDATE settlement SET credited_fen = credited_fen + :amount, version = version + 1
                 WHERE delivery_id = :delivery
                """)
                .bind("delivery", delivery)
                .bind("amount", amount.amount())
                .then();
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
        Long paid = row.get("paid_fen", Long.class);
        boolean overdue = state.equals("due") && payable.amount() > 0
                && new Deadline(due, provisional).enforceable(clock.instant());
        return new Settlement(row.get("id", UUID.class), row.get("delivery_id", UUID.class),
                row.get("order_id", UUID.class), row.get("chain_name", String.class),
                row.get("supplier_name", String.class), amount, credited, payable,
                new Fen(paid == null ? 0 : Math.max(0, paid - payable.amount())),
                row.get("accepted_on", LocalDate.class), row.get("term_days", Integer.class), due, provisional, state,
                overdue, overdue ? SettlementRules.overdueDays(due, LocalDate.now(clock)) : 0,
                row.get("paid_on", LocalDate.class), row.get("reference", String.class),
                row.get("version", Long.class));
    }
}
