package cn.cityapis.policy.document;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

import cn.cityapis.policy.text.Article;
import cn.cityapis.policy.text.DocumentNumber;
import cn.cityapis.policy.text.Extension;
import cn.cityapis.policy.text.KeptAlive;
import cn.cityapis.policy.text.Node;
import cn.cityapis.policy.text.Repeal;
import cn.cityapis.policy.text.SourceKind;
import cn.cityapis.policy.text.Validity;
import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Reading works, versions and articles. */
@Repository
public class Documents {

    private static final String VERSION = """
			SELECT v.work_id, v.id AS version_id, v.version, v.source_kind, v.number, v.contents_number, v.title, v.organs,
			       v.addressees, v.issued, v.in_force, v.valid_until, v.trial, v.topic, v.recorded_at,
			       i.year AS issue_year, i.number AS issue_number,
			       p.since AS repeal_since, p.name AS repeal_by, p.article_label AS repeal_article, p.kept_alive,
			       x.until AS extended_until, x.name AS extended_by, x.article_label AS extended_in
			  FROM version v
			  LEFT JOIN issue i ON i.id = v.issue_id
			  LEFT JOIN LATERAL (SELECT since, name, article_label, kept_alive
			                       FROM repeal
			                      WHERE target = v.work_id
			                      ORDER BY since NULLS FIRST, name
			                      LIMIT 1) p ON true
			  LEFT JOIN LATERAL (SELECT until, name, article_label
			                       FROM extension
			                      WHERE target = v.work_id
			                      ORDER BY until DESC NULLS FIRST, name
			                      LIMIT 1) x ON true
			""";

    private final DatabaseClient database;
    private final JsonMapper json;

    Documents(DatabaseClient database, JsonMapper json) {
        this.database = database;
        this.json = json;
    }

    /** Where the dates of a version come from that were not read from its text; empty where they were. */
    Mono<String> datesSource(UUID version) {
        return database.sql("""
				SELECT source FROM decision WHERE version_id = :version AND kind = 'set-dates' AND revoked_at IS NULL
				""").bind("version", version).map(row -> text(row, "source")).one();
    }

    /** Of works that are held no longer, because every version was withdrawn. */
    public Mono<List<UUID>> withdrawn(List<UUID> works) {
        return database.sql("""
				SELECT work_id FROM version WHERE work_id = ANY(:works) GROUP BY work_id HAVING max(version) < 0
				""").bind("works", works.toArray(UUID[]::new)).map(row -> uuid(row, "work_id")).all().collectList();
    }

    /** All versions of a work, the current one first: official before digest, later before earlier. */
    public Mono<List<DocumentVersion>> versions(UUID work) {
        return database
                .sql(VERSION + " WHERE v.work_id = coalesce((SELECT became FROM stub WHERE work_id = :work), :work)"
                        + " AND v.version > 0"
                        + " ORDER BY (v.source_kind = 'official') DESC, v.version DESC")
                .bind("work", work).map(Documents::version).all().collectList().filter(found -> !found.isEmpty());
    }

    /** The work a number means; else the one whose current version only the contents page of its issue calls so. */
    Mono<UUID> byNumber(DocumentNumber number) {
        return database.sql("""
				SELECT id FROM (
				    SELECT id, 0 AS rank FROM work WHERE key = :key
				    UNION ALL
				    SELECT v.work_id, 1 FROM version v
				     WHERE v.contents_number = :number
				       AND v.id = (SELECT c.id FROM version c WHERE c.work_id = v.work_id AND c.version > 0
				                    ORDER BY (c.source_kind = 'official') DESC, c.version DESC LIMIT 1)) AS found
				 ORDER BY rank
				 LIMIT 1
				""").bind("key", number.key()).bind("number", number.toString()).map(row -> uuid(row, "id")).first();
    }

    Mono<List<Article>> articles(UUID version) {
        return database.sql("""
				SELECT key, number, label, heading, body FROM article WHERE version_id = :version ORDER BY seq
				""").bind("version", version).map(Documents::article).all().collectList();
    }

    /** The current version of each of some works. */
    public Mono<List<DocumentVersion>> current(List<UUID> works) {
        return database.sql("SELECT DISTINCT ON (v.work_id) " + VERSION.substring("SELECT ".length()) + """
				 WHERE v.work_id = ANY(:works) AND v.version > 0
				 ORDER BY v.work_id, (v.source_kind = 'official') DESC, v.version DESC
				""").bind("works", works.toArray(UUID[]::new)).map(Documents::version).all().collectList();
    }

    /** The articles of some versions, by version. */
    public Mono<Map<UUID, List<Article>>> articles(List<UUID> versions) {
        return database.sql("""
				SELECT version_id, key, number, label, heading, body
				  FROM article
				 WHERE version_id = ANY(:versions)
				 ORDER BY version_id, seq
				""").bind("versions", versions.toArray(UUID[]::new))
                .map(row -> Map.entry(uuid(row, "version_id"), article(row)))
                .all().collect(Collectors.groupingBy(Map.Entry::getKey,
                        Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    }

    Mono<Node> tree(UUID version) {
        return database.sql("SELECT tree::text AS tree FROM version WHERE id = :version").bind("version", version)
                .map(row -> text(row, "tree")).one().map(tree -> json.readValue(tree, Node.class));
    }

    static DocumentVersion version(Readable row) {
        Integer year = row.get("issue_year", Integer.class);
        Integer number = row.get("issue_number", Integer.class);
        return new DocumentVersion(uuid(row, "work_id"), uuid(row, "version_id"), integer(row, "version"),
                SourceKind.of(text(row, "source_kind")), row.get("number", String.class),
                row.get("contents_number", String.class), text(row, "title"), organs(row),
                row.get("addressees", String.class), validity(row), repeal(row), extension(row),
                row.get("topic", String.class),
                year == null || number == null ? null : new DocumentVersion.IssueReference(year, number),
                required(row.get("recorded_at", OffsetDateTime.class)));
    }

    private static Validity validity(Readable row) {
        return new Validity(row.get("issued", LocalDate.class), row.get("in_force", LocalDate.class),
                row.get("valid_until", LocalDate.class), Boolean.TRUE.equals(row.get("trial", Boolean.class)));
    }

    static @Nullable Repeal repeal(Readable row) {
        String by = row.get("repeal_by", String.class);
        String kept = row.get("kept_alive", String.class);
        return by == null
                ? null
                : new Repeal(row.get("repeal_since", LocalDate.class), by, row.get("repeal_article", String.class),
                        kept == null ? null : KeptAlive.of(kept));
    }

    private static @Nullable Extension extension(Readable row) {
        String by = row.get("extended_by", String.class);
        return by == null
                ? null
                : new Extension(row.get("extended_until", LocalDate.class), by, row.get("extended_in", String.class));
    }

    private static List<String> organs(Readable row) {
        return Arrays.asList(required(row.get("organs", String[].class)));
    }

    static Article article(Readable row) {
        return new Article(text(row, "key"), row.get("number", Integer.class), text(row, "label"), text(row, "heading"),
                text(row, "body"));
    }

    private static UUID uuid(Readable row, String column) {
        return required(row.get(column, UUID.class));
    }

    private static int integer(Readable row, String column) {
        return required(row.get(column, Integer.class));
    }

    private static String text(Readable row, String column) {
        return required(row.get(column, String.class));
    }

    private static <T> T required(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("a column that is NOT NULL came back null");
        }
        return value;
    }
}
