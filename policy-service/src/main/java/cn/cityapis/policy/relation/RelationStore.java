package cn.cityapis.policy.relation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

import cn.cityapis.platform.ids.Ids;
import cn.cityapis.policy.text.DocumentNumber;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Writing relations, stubs and the titles by which works are known. To be run in a transaction. */
@Repository
class RelationStore {

    /** A document to be found or made a stub of. */
    private record Named(UUID id, String ref, String key, @Nullable String number, @Nullable String title,
            String titleKey, boolean known) {
    }

    private final DatabaseClient database;
    private final JsonMapper json;
    private final Ids ids;

    RelationStore(DatabaseClient database, JsonMapper json, Ids ids) {
        this.database = database;
        this.json = json;
        this.ids = ids;
    }

    /** The works that a document ends, as things stand. */
    Mono<Set<UUID>> endedBy(UUID work) {
        return database.sql("""
                SELECT DISTINCT target FROM relation WHERE stated_in = :work AND current AND kind IN ('repeals', 'replaces')
                """).bind("work", work).map(row -> Objects.requireNonNull(row.get("target", UUID.class))).all()
                .collect(HashSet::new, Set::add);
    }

    /** Notes the titles of a work that is held, and joins the stubs to it that were waiting under one of them. */
    Mono<Void> know(UUID work, List<String> titles) {
        return database.sql("""
                INSERT INTO known_title (title_key, work_id) SELECT unnest(:titles::text[]), :work ON CONFLICT DO NOTHING
                """).bind("titles", titles.toArray(String[]::new)).bind("work", work).then()
                .then(join(work, titles));
    }

    private Mono<Void> join(UUID work, List<String> titles) {
        return database.sql("""
                UPDATE stub
                   SET became = :work
                 WHERE number IS NULL AND became IS NULL AND work_id <> :work
                   AND work_id IN (SELECT work_id FROM known_title WHERE title_key = ANY(:titles))
                   -- an earlier edition of the same name, which this work ends, is not this work
                   AND NOT EXISTS (SELECT FROM relation r
                                    WHERE r.target = stub.work_id AND r.stated_in = :work
                                      AND r.kind IN ('repeals', 'replaces'))
                   AND NOT EXISTS (SELECT FROM version WHERE version.work_id = stub.work_id)
                RETURNING work_id
                """).bind("work", work).bind("titles", titles.toArray(String[]::new))
                .map(row -> Objects.requireNonNull(row.get("work_id", UUID.class))).all().collectList()
                .flatMap(joined -> joined.isEmpty() ? Mono.empty() : repoint(work, joined));
    }

    private Mono<Void> repoint(UUID work, List<UUID> joined) {
        UUID[] stubs = joined.toArray(UUID[]::new);
        return database.sql("UPDATE relation SET target = :work WHERE target = ANY(:stubs)").bind("work", work)
                .bind("stubs", stubs).then()
                .then(database.sql("UPDATE relation SET source = :work WHERE source = ANY(:stubs)").bind("work", work)
                        .bind("stubs", stubs).then())
                .then(database.sql("DELETE FROM known_title WHERE work_id = ANY(:stubs)").bind("stubs", stubs).then());
    }

    /** The works that citations mean, by the key of the citation; those not held are made stubs. */
    Mono<Map<String, UUID>> resolve(UUID work, Set<String> ownTitles, Map<String, Cited> cited) {
        if (cited.isEmpty()) {
            return Mono.just(Map.of());
        }
        return byTitle(work, cited).flatMap(titled -> {
            List<Named> open = new ArrayList<>();
            cited.forEach((ref, one) -> {
                if (!titled.containsKey(ref)) {
                    open.add(named(work, ownTitles, ref, one));
                }
            });
            open.sort(Comparator.comparing(Named::key));
            return open.isEmpty() ? Mono.just(titled) : stubs(open).map(made -> {
                made.putAll(titled);
                return made;
            });
        });
    }

    /** A document cited by its title only that has the title of the citing one is an earlier edition. */
    private Named named(UUID work, Set<String> ownTitles, String ref, Cited cited) {
        DocumentNumber number = cited.number();
        String titled = "stub:" + cited.titleKey() + (ownTitles.contains(cited.titleKey()) ? "|before:" + work : "");
        return new Named(ids.next(), ref, number == null ? titled : number.key(),
                number == null ? null : number.toString(), cited.title(), cited.titleKey(),
                !cited.titleKey().isEmpty());
    }

    /** Citations by title only: another work known by it, one that is held first, then the latest. */
    private Mono<Map<String, UUID>> byTitle(UUID work, Map<String, Cited> cited) {
        String[] titles = cited.values().stream().filter(one -> one.number() == null).map(Cited::titleKey)
                .toArray(String[]::new);
        if (titles.length == 0) {
            return Mono.just(Map.of());
        }
        return database.sql("""
                SELECT DISTINCT ON (k.title_key) k.title_key, k.work_id
                  FROM known_title k
                 WHERE k.title_key = ANY(:titles) AND k.work_id <> :work
                 ORDER BY k.title_key, EXISTS (SELECT FROM version v WHERE v.work_id = k.work_id) DESC, k.work_id DESC
                """).bind("titles", titles).bind("work", work)
                .map(row -> Map.entry("title:" + Objects.requireNonNull(row.get("title_key", String.class)),
                        Objects.requireNonNull(row.get("work_id", UUID.class))))
                .all().collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    private Mono<Map<String, UUID>> stubs(List<Named> open) {
        String rows = json.writeValueAsString(open);
        return database.sql("""
                INSERT INTO work (id, key)
                SELECT id, key FROM jsonb_to_recordset(:rows::jsonb) AS named(id uuid, key text) ORDER BY key
                ON CONFLICT (key) DO NOTHING
                """).bind("rows", rows).then().then(database.sql("""
                INSERT INTO stub (work_id, number, title)
                SELECT w.id, named.number, named.title
                  FROM jsonb_to_recordset(:rows::jsonb) AS named(key text, number text, title text)
                  JOIN work w ON w.key = named.key
                 ORDER BY named.key
                ON CONFLICT (work_id) DO UPDATE SET title = excluded.title
                      WHERE stub.title IS NULL AND excluded.title IS NOT NULL
                """).bind("rows", rows).then()).then(database.sql("""
                INSERT INTO known_title (title_key, work_id)
                SELECT named."titleKey", w.id
                  FROM jsonb_to_recordset(:rows::jsonb) AS named(key text, "titleKey" text, known boolean)
                  JOIN work w ON w.key = named.key
                 WHERE named.known
                 ORDER BY 1, 2
                ON CONFLICT DO NOTHING
                """).bind("rows", rows).then()).then(ids(rows));
    }

    private Mono<Map<String, UUID>> ids(String rows) {
        return database.sql("""
                SELECT named.ref, coalesce(s.became, w.id) AS id
                  FROM jsonb_to_recordset(:rows::jsonb) AS named(key text, ref text)
                  JOIN work w ON w.key = named.key
                  LEFT JOIN stub s ON s.work_id = w.id
                """).bind("rows", rows)
                .map(row -> Map.entry(Objects.requireNonNull(row.get("ref", String.class)),
                        Objects.requireNonNull(row.get("id", UUID.class))))
                .all().collect(HashMap::new, (all, one) -> all.put(one.getKey(), one.getValue()));
    }

    Mono<Void> add(List<RelationRow> rows) {
        return rows.isEmpty() ? Mono.empty() : database.sql("""
                INSERT INTO relation (id, version_id, stated_in, source, kind, target, part, place, article_key,
                                      article_label, effective, kept_alive, kept_alive_key, kept_alive_label)
                SELECT id, version_id, stated_in, source, kind, target, part, place, article_key,
                       article_label, effective, kept_alive, kept_alive_key, kept_alive_label
                  FROM jsonb_populate_recordset(NULL::relation, :rows::jsonb)
                """).bind("rows", json.writeValueAsString(rows)).then();
    }

    /** The relations of the current version are current: official text before any digest, the latest before the earlier. */
    Mono<Void> makeCurrent(UUID work) {
        return database.sql("""
                UPDATE relation
                   SET current = NOT current
                 WHERE stated_in = :work
                   AND current IS DISTINCT FROM (version_id = (SELECT id FROM version
                                                                WHERE work_id = :work
                                                                ORDER BY (source_kind = 'official') DESC, version DESC
                                                                LIMIT 1))
                """).bind("work", work).then();
    }

    /** The works whose status may have changed, so that read models read them again: those ended before, and those ended now. */
    Mono<Void> touch(UUID work, Set<UUID> before) {
        return endedBy(work).flatMap(after -> {
            Set<UUID> changed = new HashSet<>(before);
            changed.removeAll(after);
            after.removeAll(before);
            changed.addAll(after);
            changed.remove(work);
            return changed.isEmpty() ? Mono.<Void>empty() : database.sql("""
                    UPDATE work
                       SET changed_tx = pg_current_xact_id()::text::bigint
                     WHERE id IN (SELECT id FROM work WHERE id = ANY(:works) ORDER BY id FOR UPDATE)
                    """).bind("works", changed.stream().sorted().toArray(UUID[]::new)).then();
        });
    }
}
