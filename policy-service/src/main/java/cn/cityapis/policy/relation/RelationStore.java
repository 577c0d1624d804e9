package cn.cityapis.policy.relation;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Writing relations. To be run in a transaction. */
@Repository
class RelationStore {

    /** One work ends another, or prolongs it. */
    record Ending(UUID by, UUID ended, String how) {
    }

    private final DatabaseClient database;
    private final JsonMapper json;

    RelationStore(DatabaseClient database, JsonMapper json) {
        this.database = database;
        this.json = json;
    }

    /** What works end or prolong, since or until when, as things stand. */
    Mono<Set<Ending>> endings(UUID[] works) {
        return database.sql("""
                SELECT DISTINCT stated_in, target,
                       concat_ws('|', kind, part, article_label, kept_alive, effective, until, months) AS how
                  FROM relation
                 WHERE stated_in = ANY(:works) AND current AND kind IN ('repeals', 'replaces', 'extends')
                   AND target <> stated_in
                """).bind("works", works)
                .map(row -> new Ending(Objects.requireNonNull(row.get("stated_in", UUID.class)),
                        Objects.requireNonNull(row.get("target", UUID.class)),
                        Objects.requireNonNull(row.get("how", String.class))))
                .all().collect(HashSet::new, Set::add);
    }

    Mono<Void> add(List<RelationRow> rows) {
        return rows.isEmpty() ? Mono.empty() : database.sql("""
                INSERT INTO relation (id, version_id, stated_in, source, kind, target, part, place, article_key,
                                      article_label, effective, kept_alive, kept_alive_key, kept_alive_label,
                                      until, months)
                SELECT id, version_id, stated_in, source, kind, target, part, place, article_key,
                       article_label, effective, kept_alive, kept_alive_key, kept_alive_label, until, months
                  FROM jsonb_populate_recordset(NULL::relation, :rows::jsonb)
                """).bind("rows", json.writeValueAsString(rows)).then();
    }

    /** The relations of the current version are current: official text before any digest, the latest before the earlier. */
    Mono<Void> makeCurrent(UUID[] works) {
        return database.sql("""
                UPDATE relation
                   SET current = NOT current
                 WHERE stated_in = ANY(:works)
                   AND current IS DISTINCT FROM (version_id = (SELECT id FROM version
                                                                WHERE version.work_id = relation.stated_in
                                                                ORDER BY (source_kind = 'official') DESC, version DESC
                                                                LIMIT 1))
                """).bind("works", works).then();
    }

    /**
     * The works whose status may have changed, so that read models read them again: those ended before, those ended now, and
     * those that these end or prolong, because what was ended early enough ends nothing itself.
     */
    Mono<Void> touch(UUID[] works, Set<Ending> before) {
        return endings(works).flatMap(after -> {
            Set<Ending> changed = new HashSet<>(before);
            changed.removeAll(after);
            after.removeAll(before);
            changed.addAll(after);
            return changed.isEmpty()
                    ? Mono.<Void>empty()
                    : database.sql("""
                    UPDATE work
                       SET changed_tx = pg_current_xact_id()::text::bigint
                     WHERE id IN (SELECT id FROM work
                                   WHERE id = ANY(:works)
                                      OR id IN (SELECT target FROM relation
                                                 WHERE current AND kind IN ('repeals', 'replaces', 'extends')
                                                   AND source = ANY(:works))
                                   ORDER BY id FOR UPDATE)
                    """).bind("works", changed.stream().map(Ending::ended).distinct().sorted().toArray(UUID[]::new))
                            .then();
        });
    }
}
