package cn.cityapis.policy.decision;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.policy.PolicyProblem;
import cn.cityapis.policy.decision.DecisionRow.ReadRelation;
import cn.cityapis.policy.decision.DecisionRow.ReadVersion;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** The decisions, those included that were revoked, and what they are on. */
@Repository
class Decisions {

    private final DatabaseClient database;
    private final JsonMapper json;

    Decisions(DatabaseClient database, JsonMapper json) {
        this.database = database;
        this.json = json;
    }

    /** To be run in the transaction in which it takes effect. */
    Mono<Void> add(DecisionRow made) {
        return database.sql("INSERT INTO decision SELECT * FROM jsonb_populate_record(NULL::decision, :row::jsonb)")
                .bind("row", json.writeValueAsString(made)).then();
    }

    /** Whether the same was decided already and holds. */
    Mono<Boolean> stands(DecisionRow made) {
        return database.sql("""
                SELECT EXISTS (SELECT FROM decision d, jsonb_populate_record(NULL::decision, :row::jsonb) AS made
                                WHERE d.revoked_at IS NULL AND d.work_id = made.work_id
                                  AND (d.version_id = made.version_id AND d.kind = made.kind
                                       OR d.relation_kind = made.relation_kind AND d.target = made.target
                                          AND d.part IS NOT DISTINCT FROM made.part)) AS stands
                """).bind("row", json.writeValueAsString(made))
                .map(row -> Boolean.TRUE.equals(row.get("stands", Boolean.class))).one();
    }

    Mono<Decision> find(UUID id) {
        return database.sql("SELECT * FROM decision WHERE id = :id").bind("id", id).map(DecisionRow::view).one()
                .switchIfEmpty(Mono.error(() -> ProblemException.of(PolicyProblem.DECISION_NOT_FOUND)));
    }

    /** The latest first. */
    Mono<List<Decision>> list(UUID before, int rows) {
        return database.sql("SELECT * FROM decision WHERE id < :before ORDER BY id DESC LIMIT :rows")
                .bind("before", before).bind("rows", rows).map(DecisionRow::view).all().collectList();
    }

    /** Answers whether it held until now. */
    Mono<Boolean> revoke(UUID id, String by, OffsetDateTime at, String because) {
        return database.sql("""
                UPDATE decision SET revoked_by = :by, revoked_at = :at, revoked_because = :because
                 WHERE id = :id AND revoked_at IS NULL
                """).bind("id", id).bind("by", by).bind("at", at).bind("because", because).fetch().rowsUpdated()
                .map(rows -> rows == 1);
    }

    /** The row lock makes it take turns with a load of the same document, and with another decision. */
    Mono<Void> lock(UUID work) {
        return database.sql("SELECT id FROM work WHERE id = :work FOR UPDATE").bind("work", work).then();
    }

    /** A version that is not withdrawn. */
    Mono<ReadVersion> version(UUID work, int version) {
        return database.sql("""
                SELECT id, source_kind, issued, in_force, valid_until FROM version
                 WHERE work_id = :work AND version = :version
                """).bind("work", work).bind("version", version)
                .map(row -> new ReadVersion(Objects.requireNonNull(row.get("id", UUID.class)), work, version,
                        Objects.requireNonNull(row.get("source_kind", String.class)),
                        DecisionRow.dates(row, "issued", "in_force", "valid_until")))
                .one().switchIfEmpty(Mono.error(() -> ProblemException.of(PolicyProblem.VERSION_NOT_FOUND)));
    }

    /** A relation that names another document. */
    Mono<ReadRelation> relation(UUID id) {
        return database.sql("SELECT stated_in, kind, target, part FROM relation WHERE id = :id AND target IS NOT NULL")
                .bind("id", id)
                .map(row -> new ReadRelation(Objects.requireNonNull(row.get("stated_in", UUID.class)),
                        Objects.requireNonNull(row.get("kind", String.class)),
                        Objects.requireNonNull(row.get("target", UUID.class)), row.get("part", String.class)))
                .one().switchIfEmpty(Mono.error(() -> ProblemException.of(PolicyProblem.RELATION_NOT_FOUND)));
    }
}
