package cn.cityapis.subsidy.objection;

import cn.cityapis.platform.pii.FieldCipher;
import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.subsidy.SubsidyProblem;
import io.r2dbc.spi.Readable;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Objections; what they say may concern persons and is sealed at rest. */
@Component
public class Objections {

    private static final String TABLE = "objection";
    private static final String SELECT = """
            SELECT id, version, application_id, text_sealed, filed_at, decision, reason, decided_at FROM objection
            """;
    private final DatabaseClient database;
    private final FieldCipher cipher;
    private final Clock clock;

    Objections(DatabaseClient database, FieldCipher cipher, Clock clock) {
        this.database = database;
        this.cipher = cipher;
        this.clock = clock;
    }

    Mono<Void> insert(UUID id, UUID application, String objector, String text) {
        return database.sql("""
                INSERT INTO objection (id, application_id, objector, text_sealed, filed_at)
                VALUES (:id, :application, :objector, :text, :now)
                """)
                .bind("id", id)
                .bind("application", application)
                .bind("objector", objector)
                .bind("text", cipher.encrypt(TABLE, "text", id, text))
                .bind("now", OffsetDateTime.now(clock))
                .then()
                .onErrorMap(DataIntegrityViolationException.class,
                        e -> ProblemException.of(SubsidyProblem.OBJECTION_FILED));
    }

    Mono<List<Objection>> of(UUID application) {
        return database.sql(SELECT + " WHERE application_id = :id ORDER BY filed_at, id").bind("id", application)
                .map(this::objection).all().collectList();
    }

    /** @throws ProblemException 404 */
    Mono<Objection> get(UUID id) {
        return database.sql(SELECT + " WHERE id = :id").bind("id", id).map(this::objection).one()
                .switchIfEmpty(Mono.error(() -> ProblemException.of(CommonProblem.NOT_FOUND, "没有这项异议")));
    }

    /** Once: a second decision finds nothing. */
    Mono<Void> decide(Objection it, Objection.Decision decision, String reason, String by) {
        return database.sql("""
                UPDATE objection
                   SET decision = :decision, reason = :reason, decided_by = :by, decided_at = :now, version = version + 1
                 WHERE id = :id AND version = :version AND decision IS NULL
                """)
                .bind("decision", decision.name().toLowerCase(Locale.ROOT))
                .bind("reason", reason)
                .bind("by", by)
                .bind("now", OffsetDateTime.now(clock))
                .bind("id", it.id())
                .bind("version", it.version())
                .fetch().rowsUpdated()
                .onErrorMap(DataIntegrityViolationException.class, Objections::fourEyes)
                .flatMap(rows -> rows == 1
                        ? Mono.<Void>empty()
                        : Mono.error(ProblemException.of(SubsidyProblem.WRONG_STATE, "这项异议已经处理")));
    }

    private static Throwable fourEyes(DataIntegrityViolationException e) {
        return String.valueOf(e.getMessage()).contains("objection_four_eyes")
                ? ProblemException.of(SubsidyProblem.FOUR_EYES, "审核过本申请的人员，以及提出异议的人，不能处理这项异议")
                : e;
    }

    /** What others said of an application is forgotten with the person; that they did, and what was decided, stays. */
    public Mono<Void> erase(List<UUID> applications) {
        return database.sql("SELECT id FROM objection WHERE application_id = ANY(:applications) ORDER BY id")
                .bind("applications", applications.toArray(UUID[]::new)).mapValue(UUID.class).all().collectList()
                .flatMapMany(Flux::fromIterable)
                .concatMap(id -> database
                        .sql("UPDATE objection SET text_sealed = :text, version = version + 1 WHERE id = :id")
                        .bind("id", id).bind("text", cipher.encrypt(TABLE, "text", id, "")).then())
                .then();
    }

    private Objection objection(Readable row) {
        UUID id = row.get("id", UUID.class);
        String decision = row.get("decision", String.class);
        return new Objection(id, row.get("version", Long.class), row.get("application_id", UUID.class),
                cipher.decrypt(TABLE, "text", id, row.get("text_sealed", byte[].class)),
                row.get("filed_at", OffsetDateTime.class),
                decision == null ? null : Objection.Decision.valueOf(decision.toUpperCase(Locale.ROOT)),
                row.get("reason", String.class), row.get("decided_at", OffsetDateTime.class));
    }
}
