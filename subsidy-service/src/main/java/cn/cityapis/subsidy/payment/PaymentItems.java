package cn.cityapis.subsidy.payment;

import cn.cityapis.platform.pii.FieldCipher;
import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.web.PageRequest;
import cn.cityapis.subsidy.Cursors;
import cn.cityapis.subsidy.money.Fen;
import io.r2dbc.spi.Readable;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.Parameter;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The orders to the bank; payee and account are sealed at rest. */
@Component
public class PaymentItems {

    private static final String TABLE = "payment_item";
    private static final String SELECT = """
            SELECT i.id, i.run_id, r.scheme_id, i.line, i.application_id, i.month, i.amount_fen, i.attempt, i.state,
                   i.payee_sealed, i.account_sealed, i.other_account, i.failure, i.bank_reference
              FROM payment_item i JOIN payment_run r ON r.id = i.run_id
            """;
    private final DatabaseClient database;
    private final FieldCipher cipher;
    private final Clock clock;

    PaymentItems(DatabaseClient database, FieldCipher cipher, Clock clock) {
        this.database = database;
        this.cipher = cipher;
        this.clock = clock;
    }

    Mono<Void> insert(PaymentItem item) {
        return database.sql("""
                INSERT INTO payment_item (id, run_id, line, application_id, month, amount_fen, attempt, state, payee_sealed,
                       account_sealed, other_account, created_at)
                VALUES (:id, :run, :line, :application, :month, :amount, :attempt, 'pending', :payee, :account, :other, :now)
                """)
                .bind("id", item.id())
                .bind("run", item.run())
                .bind("line", Parameter.fromOrEmpty(item.line() == 0 ? null : item.line(), Integer.class))
                .bind("application", item.application())
                .bind("month", item.month().atDay(1))
                .bind("amount", item.amount().value())
                .bind("attempt", item.attempt())
                .bind("payee", cipher.encrypt(TABLE, "payee", item.id(), item.payee()))
                .bind("account", cipher.encrypt(TABLE, "account", item.id(), item.account()))
                .bind("other", item.otherAccount())
                .bind("now", OffsetDateTime.now(clock))
                .then();
    }

    Mono<Integer> nextAttempt(UUID application, YearMonth month) {
        return database.sql("""
                SELECT coalesce(max(attempt), 0) + 1 FROM payment_item WHERE application_id = :id AND month = :month
                """).bind("id", application).bind("month", month.atDay(1)).mapValue(Integer.class).one();
    }

    /** Gives the payments of a run their lines, anew if some were taken out. */
    Mono<Void> number(UUID run) {
        return database.sql("UPDATE payment_item SET line = NULL WHERE run_id = :run AND line IS NOT NULL")
                .bind("run", run).then()
                .then(Mono.defer(() -> database.sql("""
                        UPDATE payment_item i SET line = n.line
                          FROM (SELECT id, row_number() OVER (ORDER BY id) AS line FROM payment_item
                                 WHERE run_id = :run AND state = 'pending') n
                         WHERE i.id = n.id
                        """).bind("run", run).then()));
    }

    /** Those in its file, in the order of their lines. */
    Mono<List<PaymentItem>> of(UUID run) {
        return database.sql(SELECT + " WHERE i.run_id = :run AND i.line IS NOT NULL ORDER BY i.line").bind("run", run)
                .map(this::item)
                .all().collectList();
    }

    Mono<List<PaymentItem>> page(UUID run, PageRequest page) {
        return database.sql(SELECT + " WHERE i.run_id = :run AND i.id > :after ORDER BY i.id LIMIT :limit")
                .bind("run", run)
                .bind("after", Cursors.idAfter(page))
                .bind("limit", page.rowsToRead())
                .map(this::item)
                .all()
                .collectList();
    }

    /** @throws ProblemException 404 */
    Mono<PaymentItem> get(UUID id) {
        return database.sql(SELECT + " WHERE i.id = :id").bind("id", id).map(this::item).one()
                .switchIfEmpty(Mono.error(() -> ProblemException.of(CommonProblem.NOT_FOUND, "没有这笔发放")));
    }

    /** @param references the bank's own numbers, by order */
    Mono<Void> paid(Map<UUID, String> references) {
        return settled(database.sql("""
                UPDATE payment_item i SET state = 'paid', bank_reference = o.note, settled_at = :now
                  FROM unnest(:ids::uuid[], :notes::text[]) AS o (id, note)
                 WHERE i.id = o.id AND i.state = 'pending'
                """), references);
    }

    /** @param reasons the bank's, by order */
    Mono<Void> failed(Map<UUID, String> reasons) {
        return settled(database.sql("""
                UPDATE payment_item i SET state = 'failed', failure = o.note, settled_at = :now
                  FROM unnest(:ids::uuid[], :notes::text[]) AS o (id, note)
                 WHERE i.id = o.id AND i.state = 'pending'
                """), reasons);
    }

    private Mono<Void> settled(DatabaseClient.GenericExecuteSpec update, Map<UUID, String> notes) {
        return update.bind("ids", notes.keySet().toArray(UUID[]::new))
                .bind("notes", notes.values().toArray(String[]::new))
                .bind("now", OffsetDateTime.now(clock)).fetch().rowsUpdated()
                .flatMap(rows -> rows == notes.size()
                        ? Mono.<Void>empty()
                        : Mono.error(ProblemException.of(CommonProblem.STALE)));
    }

    /** It had arrived, and came back; the bank's number of the transfer stays. */
    Mono<Void> cameBack(UUID item, String reason) {
        return settled(database.sql("""
                UPDATE payment_item SET state = 'failed', failure = :note, settled_at = :now
                 WHERE id = :id AND state = 'paid'
                """).bind("note", reason), item);
    }

    /** @param next retried or released */
    Mono<Void> answered(UUID item, PaymentItem.State next) {
        return settled(database.sql("""
                UPDATE payment_item SET state = :note, settled_at = :now WHERE id = :id AND state = 'failed'
                """).bind("note", next.code()), item);
    }

    /** Out of a file that was not sent. */
    Mono<Void> takenOut(UUID item, PaymentItem.State next, String reason) {
        return settled(database.sql("""
                UPDATE payment_item
                   SET state = :next, failure = :reason, taken_line = line, line = NULL, settled_at = :now
                 WHERE id = :id AND state = 'pending'
                """).bind("next", next.code()).bind("reason", reason), item);
    }

    /** One that was held is decided. */
    Mono<Void> excluded(UUID item) {
        return settled(database.sql("""
                UPDATE payment_item SET state = 'excluded', settled_at = :now WHERE id = :id AND state = 'held'
                """), item);
    }

    private Mono<Void> settled(DatabaseClient.GenericExecuteSpec update, UUID item) {
        return update.bind("now", OffsetDateTime.now(clock)).bind("id", item).fetch().rowsUpdated()
                .flatMap(rows -> rows == 1 ? Mono.<Void>empty() : Mono.error(ProblemException.of(CommonProblem.STALE)));
    }

    /** Whom it went to is forgotten once the accounting records need not be kept any more; that it went stays. */
    public Mono<Void> erase(List<UUID> applications) {
        return database.sql("SELECT id FROM payment_item WHERE application_id = ANY(:applications) ORDER BY id")
                .bind("applications", applications.toArray(UUID[]::new)).mapValue(UUID.class).all().collectList()
                .flatMapMany(Flux::fromIterable)
                .concatMap(id -> database.sql("""
                        UPDATE payment_item SET payee_sealed = :payee, account_sealed = :account WHERE id = :id
                        """)
                        .bind("id", id)
                        .bind("payee", cipher.encrypt(TABLE, "payee", id, ""))
                        .bind("account", cipher.encrypt(TABLE, "account", id, ""))
                        .then())
                .then();
    }

    private PaymentItem item(Readable row) {
        UUID id = row.get("id", UUID.class);
        Integer line = row.get("line", Integer.class);
        return new PaymentItem(id, row.get("run_id", UUID.class), row.get("scheme_id", String.class),
                line == null ? 0 : line, row.get("application_id", UUID.class),
                YearMonth.from(row.get("month", LocalDate.class)), new Fen(row.get("amount_fen", Long.class)),
                row.get("attempt", Integer.class),
                PaymentItem.State.valueOf(row.get("state", String.class).toUpperCase(Locale.ROOT)),
                cipher.decrypt(TABLE, "payee", id, row.get("payee_sealed", byte[].class)),
                cipher.decrypt(TABLE, "account", id, row.get("account_sealed", byte[].class)),
                row.get("other_account", Boolean.class), row.get("failure", String.class),
                row.get("bank_reference", String.class));
    }
}
