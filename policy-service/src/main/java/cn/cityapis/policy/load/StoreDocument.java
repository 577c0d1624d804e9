package cn.cityapis.policy.load;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import cn.cityapis.platform.ids.Ids;
import cn.cityapis.policy.gazette.GazetteDocument;
import cn.cityapis.policy.gazette.GazetteIssue;
import cn.cityapis.policy.text.ArticleSplitter;
import cn.cityapis.policy.text.DocumentNumber;
import cn.cityapis.policy.text.SourceKind;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * Adds a document to the corpus: a new work, a new version of a known one, or nothing where its latest version of the same
 * kind says the same. To be run in a transaction.
 */
@Component
class StoreDocument {

    private final DatabaseClient database;
    private final JsonMapper json;
    private final Ids ids;
    private final Clock clock;
    private final List<DerivedData> derived;

    StoreDocument(DatabaseClient database, JsonMapper json, Ids ids, Clock clock, ObjectProvider<DerivedData> derived) {
        this.database = database;
        this.json = json;
        this.ids = ids;
        this.clock = clock;
        this.derived = derived.orderedStream().toList();
    }

    /** Notes the issue; empty where the text does not say which it is. */
    Mono<UUID> issue(GazetteIssue issue, SourceKind kind) {
        if (issue.year() == null || issue.number() == null) {
            return Mono.empty();
        }
        return database.sql("""
                INSERT INTO issue (id, year, number, running_number, source_kind, documents, loaded_at)
                VALUES (:id, :year, :number, :running, :kind, :documents, :now)
                ON CONFLICT (year, number, source_kind)
                   DO UPDATE SET documents = greatest(issue.documents, excluded.documents), loaded_at = excluded.loaded_at
                RETURNING id
                """).bind("id", ids.next()).bind("year", issue.year()).bind("number", issue.number())
                .bind("running", Parameters.in(R2dbcType.INTEGER, issue.runningNumber())).bind("kind", kind.code())
                .bind("documents", issue.documents().size()).bind("now", OffsetDateTime.now(clock))
                .map(row -> required(row.get("id", UUID.class))).one();
    }

    /** Answers whether a version was added. */
    Mono<Boolean> store(GazetteDocument document, SourceKind kind, @Nullable UUID issue) {
        byte[] hash = hash(document);
        return lockWork(key(document))
                .flatMap(work -> sameAsLatest(work, kind, hash).flatMap(same -> same
                        ? Mono.just(false)
                        : addVersion(work, document, kind, issue, hash)
                                .flatMap(version -> addArticles(version, document)
                                        .then(derive(work, version, document)))
                                .then(touch(work)).thenReturn(true)));
    }

    /** The row lock makes two loads of the same document take turns. */
    private Mono<UUID> lockWork(String key) {
        return database.sql("""
                INSERT INTO work (id, key) VALUES (:id, :key)
                ON CONFLICT (key) DO UPDATE SET key = excluded.key
                RETURNING id
                """).bind("id", ids.next()).bind("key", key).map(row -> required(row.get("id", UUID.class))).one();
    }

    private Mono<Boolean> sameAsLatest(UUID work, SourceKind kind, byte[] hash) {
        return database.sql("""
                SELECT content_hash FROM version WHERE work_id = :work AND source_kind = :kind ORDER BY version DESC LIMIT 1
                """).bind("work", work).bind("kind", kind.code())
                .map(row -> Arrays.equals(row.get("content_hash", byte[].class), hash)).one().defaultIfEmpty(false);
    }

    private Mono<UUID> addVersion(UUID work, GazetteDocument document, SourceKind kind, @Nullable UUID issue,
            byte[] hash) {
        DocumentNumber number = document.number();
        DocumentNumber contents = document.contentsNumber();
        return database.sql("""
                INSERT INTO version (id, work_id, version, source_kind, number, number_key, contents_number, title, organs,
                                     addressees, issued, in_force, valid_until, trial, topic, issue_id, tree, content_hash,
                                     recorded_at)
                SELECT :id, :work, coalesce(max(version), 0) + 1, :kind, :number, :key, :contents, :title, :organs::text[],
                       :addressees, :issued, :inForce, :until, :trial, :topic, :issue, :tree::jsonb, :hash, :now
                  FROM version
                 WHERE work_id = :work
                RETURNING id
                """).bind("id", ids.next()).bind("work", work).bind("kind", kind.code())
                .bind("number", text(number == null ? null : number.toString()))
                .bind("key", text(number == null ? null : number.key()))
                .bind("contents", text(contents == null ? null : contents.toString())).bind("title", document.title())
                .bind("organs", document.organs().toArray(String[]::new))
                .bind("addressees", text(document.addressees()))
                .bind("issued", Parameters.in(R2dbcType.DATE, document.validity().issued()))
                .bind("inForce", Parameters.in(R2dbcType.DATE, document.validity().inForce()))
                .bind("until", Parameters.in(R2dbcType.DATE, document.validity().until()))
                .bind("trial", document.validity().trial()).bind("topic", text(document.topic()))
                .bind("issue", issue == null ? Parameters.in(UUID.class) : Parameters.in(issue))
                .bind("tree", json.writeValueAsString(document.tree())).bind("hash", hash)
                .bind("now", OffsetDateTime.now(clock)).map(row -> required(row.get("id", UUID.class))).one();
    }

    private Mono<Void> addArticles(UUID version, GazetteDocument document) {
        return database.sql("""
                INSERT INTO article (version_id, seq, key, number, label, heading, body)
                SELECT :version, seq, key, number, label, heading, text
                  FROM ROWS FROM (jsonb_to_recordset(:articles::jsonb)
                                  AS (key text, number int, label text, heading text, text text))
                       WITH ORDINALITY AS article(key, number, label, heading, text, seq)
                """).bind("version", version)
                .bind("articles", json.writeValueAsString(ArticleSplitter.split(document.tree()))).then();
    }

    private Mono<Void> derive(UUID work, UUID version, GazetteDocument document) {
        return Flux.fromIterable(derived).concatMap(one -> one.derive(work, version, document)).then();
    }

    private Mono<Void> touch(UUID work) {
        return database.sql("UPDATE work SET changed_tx = pg_current_xact_id()::text::bigint WHERE id = :work")
                .bind("work", work)
                .then();
    }

    private static String key(GazetteDocument document) {
        DocumentNumber number = document.number();
        return number != null ? number.key() : "title:" + document.title() + "|" + document.validity().issued();
    }

    private byte[] hash(GazetteDocument document) {
        return Source.sha256(json.writeValueAsString(List.of(document)).getBytes(StandardCharsets.UTF_8));
    }

    private static Object text(@Nullable String value) {
        return Parameters.in(R2dbcType.VARCHAR, value);
    }

    private static UUID required(@Nullable UUID id) {
        return Objects.requireNonNull(id);
    }
}
