package cn.cityapis.policy.entitlement;

import cn.cityapis.platform.ids.Ids;
import cn.cityapis.policy.text.Article;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** The award clauses of all versions. */
@Repository
class Entitlements {

    /** In force as {@link cn.cityapis.policy.text.Standing} has it. */
    private static final String MATCHING = """
            	  FROM entitlement e
            	  JOIN version v ON v.id = e.version_id
            	  CROSS JOIN LATERAL (
            	      SELECT (coalesce(v.in_force, v.issued) <= :day AND (coalesce(v.valid_until >= :day, true)
            	                   OR EXISTS (SELECT FROM extension x
            	                               WHERE x.target = e.work_id AND coalesce(x.until >= :day, true)))
            	              AND NOT EXISTS (SELECT FROM repeal r
            	                               WHERE r.target = e.work_id AND (r.since IS NULL OR r.since <= :day)))
            	             IS TRUE AS alive) AS standing
            	 WHERE e.current
            	   AND (alive OR NOT :onlyAlive)
            	   AND (:words::text[] = '{}' OR NOT EXISTS (
            	           SELECT FROM unnest(:words::text[]) AS word
            	            WHERE position(word IN (SELECT heading || E'\\n' || body FROM article
            	                                     WHERE version_id = e.version_id AND key = e.article_key)) = 0))
            	   AND (:kind::text IS NULL OR e.support = :kind)
            	   AND (:least::bigint IS NULL OR e.amount_fen >= :least)
            	   AND (:most::bigint IS NULL OR e.amount_fen <= :most)
            	   AND (:organ::text IS NULL OR EXISTS (
            	           SELECT FROM unnest(e.organs) AS organ WHERE position(:organ IN organ) > 0))
            """;

    /** The who and the condition as words, with the amount. */
    record Detail(String who, String condition, Amount amount) {
    }

    /** @param rank 0 for what is meant for the very audience and in force, more for what is less near */
    record Row(UUID id, UUID version, UUID work, int rank, String articleKey, String articleLabel, String support,
            List<String> audiences, List<String> organs, Detail detail) {
    }

    /**
     * @param audiences the audience asked for first, then those of which any will do as well; none: all
     * @param onlyAlive whether documents not in force on the day are left out
     */
    record Filter(List<String> audiences, List<String> words, @Nullable String kind, @Nullable Long leastFen,
            @Nullable Long mostFen, @Nullable String organ, LocalDate day, boolean onlyAlive) {
    }

    /** The award clauses of a version. */
    record Reading(UUID work, UUID version, List<AwardRow> rows) {
    }

    record AudienceCount(String code, long count) {
    }

    private final DatabaseClient database;
    private final JsonMapper json;
    private final Ids ids;

    Entitlements(DatabaseClient database, JsonMapper json, Ids ids) {
        this.database = database;
        this.json = json;
        this.ids = ids;
    }

    /** Puts the records of each version in the place of those it had, and says by which rules they were read. */
    Mono<Void> replace(int rules, List<Reading> readings) {
        UUID[] versions = readings.stream().map(Reading::version).toArray(UUID[]::new);
        List<AwardRow> rows = readings.stream().flatMap(reading -> reading.rows().stream()).toList();
        Mono<Void> add = rows.isEmpty() ? Mono.empty() : database.sql("""
                INSERT INTO entitlement (id, version_id, work_id, article_key, starts_at, ends_at, support, amount_fen,
                                         basis_points, bound, audiences, organs, detail)
                SELECT id, version_id, work_id, article_key, starts_at, ends_at, support, amount_fen, basis_points, bound,
                       audiences, organs, detail
                  FROM jsonb_populate_recordset(NULL::entitlement, :rows::jsonb)
                """).bind("rows", json.writeValueAsString(rows)).then();
        return database.sql("DELETE FROM entitlement WHERE version_id = ANY(:versions)").bind("versions", versions)
                .then().then(add).then(database.sql("""
                        INSERT INTO entitlement_reading (version_id, rules) SELECT unnest(:versions::uuid[]), :rules
                        ON CONFLICT (version_id) DO UPDATE SET rules = excluded.rules
                        """).bind("versions", versions).bind("rules", rules).then())
                .then(makeCurrent(readings.stream().map(Reading::work).toArray(UUID[]::new)));
    }

    List<AwardRow> rows(UUID work, UUID version, List<String> issuers, Article article, List<Award> awards) {
        return awards.stream().map(award -> AwardRow.of(ids.next(), version, work, issuers, article, award)).toList();
    }

    /** Official text before any digest, the latest before the earlier. */
    private Mono<Void> makeCurrent(UUID[] works) {
        return database.sql("""
                UPDATE entitlement
                   SET current = NOT current
                 WHERE work_id = ANY(:works)
                   AND current IS DISTINCT FROM (version_id = (SELECT id FROM version
                                                                WHERE version.work_id = entitlement.work_id
                                                                ORDER BY (source_kind = 'official') DESC, version DESC
                                                                LIMIT 1))
                """).bind("works", works).then();
    }

    /** What is in force first, what names the very audience before what names a wider one, then as it was found. */
    Mono<List<Row>> list(Filter filter, int rank, UUID after, int rows) {
        return bound("""
                SELECT * FROM (
                SELECT e.id, e.version_id, e.work_id, e.article_key, a.label, e.support, e.audiences, e.organs,
                       e.detail::text AS detail,
                       CASE WHEN alive THEN 0 ELSE 2 END
                       + CASE WHEN :audiences::text[] = '{}' OR (:audiences::text[])[1] = ANY(e.audiences) THEN 0 ELSE 1 END
                       AS rank
                """ + MATCHING.replace(" WHERE e.current", """
                  JOIN article a ON a.version_id = e.version_id AND a.key = e.article_key
                 WHERE e.current""") + """
                   AND (:audiences::text[] = '{}' OR e.audiences && :audiences)) AS found
                 WHERE (rank, id) > (:rank, :after)
                 ORDER BY rank, id
                 LIMIT :rows
                """, filter).bind("audiences", filter.audiences().toArray(String[]::new)).bind("rank", rank)
                .bind("after", after).bind("rows", rows).map(this::row).all().collectList();
    }

    /** How many there are for each audience, whichever is asked for. */
    Mono<List<AudienceCount>> counts(Filter filter) {
        return bound("SELECT audience, count(*) AS found FROM (SELECT unnest(e.audiences) AS audience" + MATCHING
                + ") AS each GROUP BY audience ORDER BY found DESC, audience", filter)
                .map(row -> new AudienceCount(required(row.get("audience", String.class)),
                        required(row.get("found", Long.class))))
                .all().collectList();
    }

    private DatabaseClient.GenericExecuteSpec bound(String sql, Filter filter) {
        return database.sql(sql).bind("day", filter.day()).bind("onlyAlive", filter.onlyAlive())
                .bind("words", filter.words().toArray(String[]::new))
                .bind("kind", Parameters.in(R2dbcType.VARCHAR, filter.kind()))
                .bind("least", Parameters.in(R2dbcType.BIGINT, filter.leastFen()))
                .bind("most", Parameters.in(R2dbcType.BIGINT, filter.mostFen()))
                .bind("organ", Parameters.in(R2dbcType.VARCHAR, filter.organ()));
    }

    private Row row(Readable row) {
        return new Row(required(row.get("id", UUID.class)), required(row.get("version_id", UUID.class)),
                required(row.get("work_id", UUID.class)), required(row.get("rank", Integer.class)),
                required(row.get("article_key", String.class)), required(row.get("label", String.class)),
                required(row.get("support", String.class)),
                Arrays.asList(required(row.get("audiences", String[].class))),
                Arrays.asList(required(row.get("organs", String[].class))),
                json.readValue(required(row.get("detail", String.class)), Detail.class));
    }

    private static <T> T required(@Nullable T value) {
        return Objects.requireNonNull(value);
    }
}
