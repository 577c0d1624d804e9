package cn.cityapis.subsidy.payment;

import cn.cityapis.platform.ids.Ids;
import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.web.PageRequest;
import cn.cityapis.subsidy.Cursors;
import io.r2dbc.spi.Readable;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.Parameter;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The runs and how far each is. */
@Component
class PaymentRuns {

    private static final String SELECT = """
            SELECT id, version, scheme_id, kind, state, items, total_fen, digest, purpose, created_by, created_at, sent_at, replied_at,
                   closed_at,
                   (SELECT coalesce(jsonb_agg(jsonb_build_object('itemId', i.id, 'line', i.taken_line, 'applicationId',
                           i.application_id, 'month', to_char(i.month, 'YYYY-MM'), 'reason', i.failure)
                           ORDER BY i.taken_line), '[]')
                      FROM payment_item i WHERE i.run_id = payment_run.id AND i.taken_line IS NOT NULL) AS taken_out
              FROM payment_run
            """;
    private static final TypeReference<List<PaymentRun.TakenOut>> TAKEN_OUT = new TypeReference<>() {
    };
    private final DatabaseClient database;
    private final JsonMapper json;
    private final Ids ids;
    private final Clock clock;

    PaymentRuns(DatabaseClient database, JsonMapper json, Ids ids, Clock clock) {
        this.database = database;
        this.json = json;
        this.ids = ids;
        this.clock = clock;
    }

    /** The run that a scheme's due months are collected in; nobody makes its file before this transaction ends. */
    Mono<UUID> open(String scheme, String by) {
        return database.sql("""
                INSERT INTO payment_run (id, scheme_id, kind, state, created_by, created_at)
                VALUES (:id, :scheme, 'monthly', 'created', :by, :now)
                ON CONFLICT (scheme_id) WHERE state = 'created' DO NOTHING
                """)
                .bind("id", ids.next())
                .bind("scheme", scheme)
                .bind("by", by)
                .bind("now", OffsetDateTime.now(clock))
                .then()
                .then(Mono.defer(() -> database
                        .sql("SELECT id FROM payment_run WHERE scheme_id = :scheme AND state = 'created' FOR SHARE")
                        .bind("scheme", scheme)
                        .mapValue(UUID.class)
                        .one()))
                .switchIfEmpty(Mono.error(() -> new IllegalStateException("The run of " + scheme + " was closed")));
    }

    /** A run of one payment that had failed. */
    Mono<Void> retry(String by, PaymentItem item, String purpose) {
        return database.sql("""
                INSERT INTO payment_run (id, scheme_id, kind, state, items, total_fen, digest, purpose, created_by,
                       created_at, file_made_at)
                VALUES (:id, :scheme, 'retry', 'file-made', 1, :total, :digest, :purpose, :by, :now, :now)
                """)
                .bind("id", item.run())
                .bind("scheme", item.scheme())
                .bind("total", item.amount().value())
                .bind("digest", BankFile.of(item.run(), List.of(item), purpose).digest())
                .bind("purpose", purpose)
                .bind("by", by)
                .bind("now", OffsetDateTime.now(clock))
                .then();
    }

    /** @throws ProblemException 404 */
    Mono<PaymentRun> get(UUID id) {
        return one(SELECT + " WHERE id = :id", id);
    }

    /** Keeps it from changing until the transaction ends. */
    Mono<PaymentRun> lock(UUID id) {
        return one(SELECT + " WHERE id = :id FOR UPDATE", id);
    }

    private Mono<PaymentRun> one(String sql, UUID id) {
        return database.sql(sql).bind("id", id).map(this::run).one()
                .switchIfEmpty(Mono.error(() -> ProblemException.of(CommonProblem.NOT_FOUND, "没有这个发放批次")));
    }

    /** @param month that something in them is paid for */
    Mono<List<PaymentRun>> list(PaymentRun.@Nullable State state, @Nullable YearMonth month, PageRequest page) {
        return database.sql(SELECT + """
                 WHERE id > :after AND (:state::text IS NULL OR state = :state)
                   AND (:month::date IS NULL OR id IN (SELECT run_id FROM payment_item WHERE month = :month))
                 ORDER BY id LIMIT :limit
                """)
                .bind("after", Cursors.idAfter(page))
                .bind("state", Parameter.fromOrEmpty(state == null ? null : state.code(), String.class))
                .bind("month", Parameter.fromOrEmpty(month == null ? null : month.atDay(1), LocalDate.class))
                .bind("limit", page.rowsToRead())
                .map(this::run)
                .all()
                .collectList();
    }

    Mono<List<UUID>> in(PaymentRun.State state, UUID after, int rows) {
        return database.sql("SELECT id FROM payment_run WHERE state = :state AND id > :after ORDER BY id LIMIT :limit")
                .bind("state", state.code())
                .bind("after", after)
                .bind("limit", rows)
                .mapValue(UUID.class)
                .all()
                .collectList();
    }

    /** Those in which more than so many payments are collected. */
    Mono<List<UUID>> collecting(int rows) {
        return database.sql("""
                SELECT id FROM payment_run r
                 WHERE state = 'created' AND (SELECT count(*) FROM payment_item i WHERE i.run_id = r.id) > :rows
                """).bind("rows", rows).mapValue(UUID.class).all().collectList();
    }

    Mono<Void> fileMade(PaymentRun run, List<PaymentItem> items, String purpose) {
        return changed(database.sql("""
                UPDATE payment_run
                   SET state = 'file-made', items = :items, total_fen = :total, digest = :digest, purpose = :purpose,
                       file_made_at = :now, version = version + 1
                 WHERE id = :id AND version = :version
                """)
                .bind("items", items.size())
                .bind("total", total(items))
                .bind("digest", BankFile.of(run.id(), items, purpose).digest())
                .bind("purpose", purpose), run);
    }

    /** The file without what was taken out of it. */
    Mono<Void> renewed(PaymentRun run, List<PaymentItem> items, BankFile file) {
        return changed(database.sql("""
                UPDATE payment_run
                   SET items = :items, total_fen = :total, digest = :digest, file_made_at = :now, version = version + 1
                 WHERE id = :id AND version = :version
                """)
                .bind("items", items.size())
                .bind("total", total(items))
                .bind("digest", file.digest()), run);
    }

    /** Nothing of it is left. */
    Mono<Void> cancelled(PaymentRun run) {
        return changed(database.sql("""
                UPDATE payment_run
                   SET state = 'cancelled', items = 0, total_fen = 0, digest = NULL, closed_at = :now,
                       version = version + 1
                 WHERE id = :id AND version = :version
                """), run);
    }

    private static long total(List<PaymentItem> items) {
        return items.stream().mapToLong(item -> item.amount().value()).reduce(0, Math::addExact);
    }

    Mono<Void> sent(PaymentRun run, String by) {
        return changed(database.sql("""
                UPDATE payment_run SET state = 'sent', sent_by = :by, sent_at = :now, version = version + 1
                 WHERE id = :id AND version = :version
                """).bind("by", by), run);
    }

    Mono<Void> replied(PaymentRun run, PaymentRun.State next, byte[] replyDigest, String by) {
        return changed(database.sql("""
                UPDATE payment_run
                   SET state = :state, reply_digest = :digest, replied_by = :by, replied_at = :now, version = version + 1,
                       closed_at = CASE WHEN :state = 'closed' THEN :now::timestamptz END
                 WHERE id = :id AND version = :version
                """).bind("state", next.code()).bind("digest", replyDigest).bind("by", by), run);
    }

    /** Whether this very reply, or part of one, has been taken before. */
    Mono<Boolean> isAnsweredBy(UUID run, byte[] replyDigest) {
        return database.sql("SELECT count(*) FROM payment_reply WHERE run_id = :id AND digest = :digest")
                .bind("id", run).bind("digest", replyDigest).mapValue(Long.class).one().map(count -> count > 0);
    }

    /** What had arrived came back, and waits for an answer of ours. */
    Mono<Void> cameBack(PaymentRun run, PaymentRun.State next) {
        return changed(database.sql("""
                UPDATE payment_run
                   SET state = :state, version = version + 1, closed_at = NULL, replied_at = coalesce(replied_at, :now)
                 WHERE id = :id AND version = :version
                """).bind("state", next.code()), run);
    }

    /** Closes an answered run none of whose payments waits for an answer of ours any more; else only its version moves. */
    Mono<Void> closeIfSettled(PaymentRun run) {
        return changed(database.sql("""
                UPDATE payment_run r
                   SET version = version + 1,
                       state = CASE WHEN settled.all_of AND state = 'replied' THEN 'closed' ELSE state END,
                       closed_at = CASE WHEN settled.all_of AND state = 'replied' THEN :now::timestamptz ELSE closed_at END
                  FROM (SELECT NOT EXISTS (SELECT 1 FROM payment_item WHERE run_id = :id AND state IN ('failed', 'pending'))
                            AS all_of) settled
                 WHERE r.id = :id AND r.version = :version
                """), run);
    }

    private Mono<Void> changed(DatabaseClient.GenericExecuteSpec update, PaymentRun run) {
        return update.bind("now", OffsetDateTime.now(clock)).bind("id", run.id()).bind("version", run.version())
                .fetch().rowsUpdated()
                .flatMap(rows -> rows == 1 ? Mono.<Void>empty() : Mono.error(ProblemException.of(CommonProblem.STALE)));
    }

    private PaymentRun run(Readable row) {
        byte @Nullable [] digest = row.get("digest", byte[].class);
        return new PaymentRun(row.get("id", UUID.class), row.get("version", Long.class),
                row.get("scheme_id", String.class),
                PaymentRun.Kind.valueOf(row.get("kind", String.class).toUpperCase(Locale.ROOT)),
                PaymentRun.State.of(row.get("state", String.class)), row.get("items", Integer.class),
                row.get("total_fen", Long.class), digest == null ? null : HexFormat.of().formatHex(digest),
                row.get("purpose", String.class),
                row.get("created_by", String.class), row.get("created_at", OffsetDateTime.class),
                row.get("sent_at", OffsetDateTime.class), row.get("replied_at", OffsetDateTime.class),
                row.get("closed_at", OffsetDateTime.class),
                json.readValue(row.get("taken_out", String.class), TAKEN_OUT));
    }
}
