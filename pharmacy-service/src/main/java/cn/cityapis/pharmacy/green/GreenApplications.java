package cn.cityapis.pharmacy.green;

import cn.cityapis.platform.time.Deadline;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Applications and their steps in the database. */
@Repository
class GreenApplications {

    private static final String SEEN_BY = """
            SELECT a.id, a.maker_org, a.kind, a.name, a.summary, a.evidence, a.state, a.filed_at, a.due_on, a.provisional,
                   a.version
              FROM green_application a WHERE (:maker IS NULL OR a.maker_org = :maker)
            """;

    private final DatabaseClient database;
    private final Clock clock;

    GreenApplications(DatabaseClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    Mono<List<GreenRules.Term>> terms() {
        return database.sql("SELECT state, in_force_from, working_days FROM green_step_term")
                .map(row -> new GreenRules.Term(GreenRules.State.of(row.get("state", String.class)),
                        row.get("in_force_from", LocalDate.class), row.get("working_days", Integer.class)))
                .all()
                .collectList();
    }

    Mono<Void> insert(UUID id, String maker, String kind, String name, String summary, List<String> evidence) {
        return database.sql("""
                INSERT INTO green_application (id, maker_org, kind, name, summary, evidence, state, filed_at, provisional,
                                               due_on)
                VALUES (:id, :maker, :kind, :name, :summary, :evidence, 'filed', :at, true, :today)
                """)
                .bind("id", id)
                .bind("maker", maker)
                .bind("kind", kind)
                .bind("name", name)
                .bind("summary", summary)
                .bind("evidence", evidence.toArray(String[]::new))
                .bind("at", OffsetDateTime.now(clock))
                .bind("today", LocalDate.now(clock))
                .then();
    }

    Mono<Void> evidence(UUID id, List<String> evidence) {
        return database.sql("UPDATE green_application SET evidence = :evidence WHERE id = :id")
                .bind("id", id)
                .bind("evidence", evidence.toArray(String[]::new))
                .then();
    }

    /** Writes a step and the deadline of the next; {@code due} null where nothing is left for the office to do. */
    Mono<Void> step(UUID id, GreenRules.State state, String note, String by, boolean late, @Nullable Deadline due) {
        return database.sql("""
                WITH moved AS (
                    UPDATE green_application SET state = :state, due_on = :due, provisional = :provisional,
                           version = version + 1
                     WHERE id = :id)
                INSERT INTO green_step (application_id, number, state, note, decided_by, at, late)
                SELECT :id, count(*) + 1, :state, :note, :by, :at, :late FROM green_step WHERE application_id = :id
                """)
                .bind("id", id)
                .bind("state", state.code())
                .bind("due", due == null ? Parameters.in(R2dbcType.DATE) : Parameters.in(due.lastDay()))
                .bind("provisional", due != null && due.provisional())
                .bind("note", note)
                .bind("by", by)
                .bind("at", OffsetDateTime.now(clock))
                .bind("late", late)
                .then();
    }

    /** Whose last day was counted before its year had a calendar. @param begun the day of the step that it counts from */
    record Unsure(UUID id, String maker, GreenRules.State state, LocalDate begun, LocalDate due) {
    }

    /** Those due by a day that is announced now, holding their rows until the transaction ends. */
    Flux<Unsure> unsure(LocalDate announced) {
        return database.sql("""
                SELECT a.id, a.maker_org, a.state, a.due_on,
                       (SELECT max(s.at) FROM green_step s WHERE s.application_id = a.id) AS begun
                  FROM green_application a
                 WHERE a.provisional AND a.due_on <= :announced ORDER BY a.id FOR NO KEY UPDATE OF a
                """)
                .bind("announced", announced)
                .map(row -> new Unsure(row.get("id", UUID.class), row.get("maker_org", String.class),
                        GreenRules.State.of(row.get("state", String.class)),
                        row.get("begun", OffsetDateTime.class).atZoneSameInstant(clock.getZone()).toLocalDate(),
                        row.get("due_on", LocalDate.class)))
                .all();
    }

    Mono<Void> recounted(UUID id, Deadline due) {
        return database.sql("""
                UPDATE green_application SET due_on = :due, provisional = :provisional, version = version + 1 WHERE id = :id
                """)
                .bind("due", due.lastDay())
                .bind("provisional", due.provisional())
                .bind("id", id)
                .then();
    }

    /** @param maker null for the office, which sees all */
    Mono<GreenApplication> find(@Nullable String maker, UUID id) {
        return one(maker, id, "");
    }

    /** The same, holding its row until the transaction ends. */
    Mono<GreenApplication> lock(@Nullable String maker, UUID id) {
        return one(maker, id, " FOR UPDATE OF a");
    }

    private Mono<GreenApplication> one(@Nullable String maker, UUID id, String lock) {
        return seenBy(maker, " AND a.id = :id" + lock).bind("id", id).map(this::read).one()
                .flatMap(found -> steps(id).collectList().map(found::with));
    }

    /** The newest first, without their steps. */
    Flux<GreenApplication> list(@Nullable String maker, UUID before, int rows) {
        return seenBy(maker, " AND a.id < :before ORDER BY a.id DESC LIMIT :rows")
                .bind("before", before)
                .bind("rows", rows)
                .map(this::read)
                .all();
    }

    private DatabaseClient.GenericExecuteSpec seenBy(@Nullable String maker, String rest) {
        return database.sql(SEEN_BY + rest).bind("maker", Parameters.in(R2dbcType.VARCHAR, maker));
    }

    private Flux<GreenApplication.Step> steps(UUID id) {
        return database.sql("SELECT state, note, at, late FROM green_step WHERE application_id = :id ORDER BY number")
                .bind("id", id)
                .map(row -> new GreenApplication.Step(row.get("state", String.class), row.get("note", String.class),
                        row.get("at", OffsetDateTime.class), row.get("late", Boolean.class)))
                .all();
    }

    private GreenApplication read(Readable row) {
        GreenRules.State state = GreenRules.State.of(row.get("state", String.class));
        LocalDate due = row.get("due_on", LocalDate.class);
        boolean provisional = row.get("provisional", Boolean.class);
        return new GreenApplication(row.get("id", UUID.class), row.get("maker_org", String.class),
                row.get("kind", String.class), row.get("name", String.class), row.get("summary", String.class),
                List.of(row.get("evidence", String[].class)), state, state.text(),
                row.get("filed_at", OffsetDateTime.class), due, provisional,
                due != null && new Deadline(due, provisional).enforceable(clock.instant()), List.of(),
                row.get("version", Long.class));
    }
}
