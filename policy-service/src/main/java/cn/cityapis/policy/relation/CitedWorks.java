package cn.cityapis.policy.relation;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
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

/** Which work a citation means: one that is held, or a stub until it is. To be run in a transaction. */
@Repository
class CitedWorks {

    /**
     * A work that is held, the titles by which others may cite it, and what it cites itself.
     *
     * @param cited   by the key of the citation
     * @param earlier what of it is ended or prolonged, and therefore older than the work
     * @param issued  the day of the work
     */
    record Citing(UUID work, List<String> titles, Map<String, Cited> cited, Set<String> earlier,
            @Nullable LocalDate issued) {
    }

    /** A citation as one work makes it. */
    record Citation(UUID work, String key) {
    }

    /** A title by which a work may be cited; of two works in one transaction the earlier place comes first. */
    private record Titled(UUID work, String title, int place) {
    }

    /** A document to be found or made a stub of. */
    private record Named(UUID id, UUID work, String ref, String key, @Nullable String number, @Nullable String title,
            String titleKey, boolean known, @Nullable LocalDate before) {

        Citation citation() {
            return new Citation(work, ref);
        }
    }

    private final DatabaseClient database;
    private final JsonMapper json;
    private final Ids ids;

    CitedWorks(DatabaseClient database, JsonMapper json, Ids ids) {
        this.database = database;
        this.json = json;
        this.ids = ids;
    }

    /** Notes the titles of works that are held, and joins the stubs to them that were waiting under one of those. */
    Mono<Void> know(List<Citing> works) {
        List<Titled> titled = new ArrayList<>();
        works.forEach(one -> one.titles().forEach(title -> titled.add(new Titled(one.work(), title, titled.size()))));
        String rows = json.writeValueAsString(titled);
        return database.sql("""
                INSERT INTO known_title (title_key, work_id)
                SELECT title, work FROM jsonb_to_recordset(:rows::jsonb) AS held(work uuid, title text) ORDER BY 1, 2
                ON CONFLICT DO NOTHING
                """).bind("rows", rows).then().then(join(rows));
    }

    private Mono<Void> join(String titled) {
        return endedLater(titled).then(database.sql("""
                WITH waiting AS (
                    SELECT DISTINCT ON (s.work_id) s.work_id AS stub, held.work
                      FROM jsonb_to_recordset(:rows::jsonb) AS held(work uuid, title text, place int)
                      JOIN known_title k ON k.title_key = held.title
                      JOIN stub s ON s.work_id = k.work_id
                     WHERE s.number IS NULL AND s.became IS NULL AND s.work_id <> held.work
                       -- an earlier edition of the same name, which this work or an older one ends, is not this work
                       AND NOT EXISTS (SELECT FROM relation r
                                        WHERE r.target = s.work_id AND r.kind IN ('repeals', 'replaces', 'extends')
                                          AND (r.stated_in = held.work AND r.kind <> 'extends'
                                               OR coalesce((SELECT issued FROM work_day WHERE id = r.stated_in)
                                                        <= (SELECT issued FROM work_day WHERE id = held.work), false)))
                       AND NOT EXISTS (SELECT FROM version WHERE version.work_id = s.work_id)
                     ORDER BY s.work_id, held.place)
                UPDATE stub SET became = waiting.work
                  FROM waiting
                 WHERE stub.work_id = waiting.stub AND stub.became IS NULL
                RETURNING stub.work_id, stub.became
                """).bind("rows", titled)
                .map(row -> Map.entry(Objects.requireNonNull(row.get("work_id", UUID.class)),
                        Objects.requireNonNull(row.get("became", UUID.class))))
                .all().collectList().flatMap(joined -> joined.isEmpty() ? Mono.empty() : repoint(joined)));
    }

    /** Several documents may have ended editions of one name, each the one before it: this work is meant by the later ones. */
    private Mono<Void> endedLater(String titled) {
        return database.sql("""
                UPDATE relation
                   SET target = meant.work
                  FROM (SELECT DISTINCT ON (r.id) r.id, held.work
                          FROM jsonb_to_recordset(:rows::jsonb) AS held(work uuid, title text)
                          JOIN known_title k ON k.title_key = held.title
                          JOIN stub s ON s.work_id = k.work_id AND s.number IS NULL AND s.became IS NULL
                          JOIN relation r ON r.target = s.work_id AND r.stated_in <> held.work
                          JOIN work_day stated ON stated.id = r.stated_in
                          JOIN work_day mine ON mine.id = held.work
                         WHERE r.kind IN ('repeals', 'replaces', 'extends') AND mine.issued < stated.issued
                         ORDER BY r.id, mine.issued DESC, held.work) AS meant
                 WHERE relation.id = meant.id
                """).bind("rows", titled).then();
    }

    private Mono<Void> repoint(List<Map.Entry<UUID, UUID>> joined) {
        UUID[] stubs = joined.stream().map(Map.Entry::getKey).toArray(UUID[]::new);
        UUID[] works = joined.stream().map(Map.Entry::getValue).toArray(UUID[]::new);
        return database.sql("""
                UPDATE relation SET target = joined.work
                  FROM unnest(:stubs::uuid[], :works::uuid[]) AS joined (stub, work) WHERE target = joined.stub
                """).bind("stubs", stubs).bind("works", works).then().then(database.sql("""
                UPDATE relation SET source = joined.work
                  FROM unnest(:stubs::uuid[], :works::uuid[]) AS joined (stub, work) WHERE source = joined.stub
                """).bind("stubs", stubs).bind("works", works).then())
                .then(database.sql("DELETE FROM known_title WHERE work_id = ANY(:stubs)").bind("stubs", stubs).then());
    }

    /** The works that citations mean; those not held are made stubs. */
    Mono<Map<Citation, UUID>> resolve(List<Citing> works) {
        List<Named> named = new ArrayList<>();
        works.forEach(one -> one.cited().forEach((key, cited) -> named.add(named(one, key, cited))));
        // the same order in all transactions, which take their locks in it
        named.sort(Comparator.comparing(Named::key));
        return byTitle(named).flatMap(titled -> {
            List<Named> open = named.stream().filter(one -> !titled.containsKey(one.citation())).toList();
            return open.isEmpty() ? Mono.just(titled) : stubs(open).map(made -> {
                made.putAll(titled);
                return made;
            });
        });
    }

    /** A document cited by its title only that has the title of the citing one is an earlier edition. */
    private Named named(Citing citing, String ref, Cited cited) {
        DocumentNumber number = cited.number();
        String titled = "stub:" + cited.titleKey()
                + (citing.titles().contains(cited.titleKey()) ? "|before:" + citing.work() : "");
        return new Named(ids.next(), citing.work(), ref, number == null ? titled : number.key(),
                number == null ? null : number.toString(), cited.title(), cited.titleKey(),
                !cited.titleKey().isEmpty(), citing.earlier().contains(ref) ? citing.issued() : null);
    }

    /** Citations by title only: another work known by it, one that is held first, then the latest that there was. */
    private Mono<Map<Citation, UUID>> byTitle(List<Named> named) {
        List<Named> titled = named.stream().filter(one -> one.number() == null).toList();
        return titled.isEmpty() ? Mono.just(Map.of()) : citations("""
                SELECT DISTINCT ON (named.work, named.ref) named.work, named.ref, k.work_id AS id
                  FROM jsonb_to_recordset(:rows::jsonb) AS named(work uuid, ref text, "titleKey" text, before date)
                  JOIN known_title k ON k.title_key = named."titleKey" AND k.work_id <> named.work
                  JOIN work_day held ON held.id = k.work_id
                 WHERE NOT coalesce(held.issued >= named.before, false)
                 ORDER BY named.work, named.ref, EXISTS (SELECT FROM version v WHERE v.work_id = k.work_id) DESC,
                          CASE WHEN named.before IS NOT NULL THEN held.issued END DESC NULLS LAST, k.work_id DESC
                """, json.writeValueAsString(titled));
    }

    private Mono<Map<Citation, UUID>> stubs(List<Named> open) {
        String rows = json.writeValueAsString(open);
        return database.sql("""
                INSERT INTO work (id, key)
                SELECT id, key FROM jsonb_to_recordset(:rows::jsonb) AS named(id uuid, key text) ORDER BY key
                ON CONFLICT (key) DO NOTHING
                """).bind("rows", rows).then().then(database.sql("""
                INSERT INTO stub (work_id, number, title)
                SELECT DISTINCT ON (named.key) w.id, named.number, named.title
                  FROM jsonb_to_recordset(:rows::jsonb) AS named(key text, number text, title text)
                  JOIN work w ON w.key = named.key
                 ORDER BY named.key, named.title
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
                """).bind("rows", rows).then()).then(citations("""
                SELECT named.work, named.ref, coalesce(s.became, w.id) AS id
                  FROM jsonb_to_recordset(:rows::jsonb) AS named(work uuid, ref text, key text)
                  JOIN work w ON w.key = named.key
                  LEFT JOIN stub s ON s.work_id = w.id
                """, rows));
    }

    private Mono<Map<Citation, UUID>> citations(String sql, String rows) {
        return database.sql(sql).bind("rows", rows)
                .map(row -> Map.entry(
                        new Citation(Objects.requireNonNull(row.get("work", UUID.class)),
                                Objects.requireNonNull(row.get("ref", String.class))),
                        Objects.requireNonNull(row.get("id", UUID.class))))
                .all().collect(HashMap::new, (all, one) -> all.put(one.getKey(), one.getValue()));
    }
}
