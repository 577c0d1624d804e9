package cn.cityapis.policy.load;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;

import cn.cityapis.platform.ids.Ids;
import cn.cityapis.policy.gazette.GazetteDocument;
import cn.cityapis.policy.gazette.GazetteIssue;
import cn.cityapis.policy.load.CorrectionRules.Judged;
import cn.cityapis.policy.load.CorrectionRules.Known;
import cn.cityapis.policy.load.HeldVersions.Held;
import cn.cityapis.policy.text.Article;
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
 * Adds documents to the corpus: a new work, a new version of a known one, or nothing where a version of the same
 * kind says the same. To be run in a transaction.
 */
@Component
class StoreDocument {

    private final DatabaseClient database;
    private final HeldVersions versions;
    private final JsonMapper json;
    private final Ids ids;
    private final Clock clock;
    private final List<DerivedData> derived;

    StoreDocument(DatabaseClient database, HeldVersions versions, JsonMapper json, Ids ids, Clock clock,
            ObjectProvider<DerivedData> derived) {
        this.database = database;
        this.versions = versions;
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

    /** Reads from a document what storing it takes, so that the transaction has little left to compute. */
    void readAhead(IncomingDocument document) {
        content(document);
        document.articles();
        derived.forEach(one -> one.read(document));
    }

    /** Answers whether a version was added. */
    Mono<Boolean> store(GazetteDocument document, SourceKind kind, @Nullable UUID issue) {
        return store(List.of(new IncomingDocument(document)), kind, issue).map(outcome -> outcome.stored() == 1);
    }

    /** Adds some documents by few statements. */
    Mono<StoreOutcome> store(List<IncomingDocument> documents, SourceKind kind, @Nullable UUID issue) {
        Map<String, IncomingDocument> byKey = new TreeMap<>();
        documents.forEach(document -> byKey.put(document.key(), document));
        if (byKey.size() < documents.size()) {
            // one of them is a later version of another
            return Flux.fromIterable(documents).concatMap(document -> store(List.of(document), kind, issue))
                    .reduce(StoreOutcome.NOTHING, StoreOutcome::plus);
        }
        return lockWorks(List.copyOf(byKey.keySet())).flatMap(works -> versions.of(works.values()).flatMap(held -> {
            List<Addition> all = byKey.values().stream().map(document -> {
                UUID work = required(works.get(document.key()));
                return addition(work, document, issue, held.getOrDefault(work, List.of()));
            }).toList();
            return known(all, kind, held).flatMap(known -> {
                List<Addition> added = new ArrayList<>();
                StoreOutcome outcome = StoreOutcome.NOTHING;
                for (Addition addition : all) {
                    Known of = required(known.get(addition.work()));
                    Judged judged = CorrectionRules.judge(addition.document().document(), kind,
                            content(addition.document()).hash(), of);
                    if (judged.verdict() == CorrectionRules.Verdict.NEW) {
                        added.add(of.readAnew() ? addition.readAnew() : addition);
                    }
                    outcome = outcome.plus(StoreOutcome.of(judged));
                }
                return (added.isEmpty() ? Mono.<Void>empty() : add(added, kind)).thenReturn(outcome);
            });
        }));
    }

    /** Texts are asked for only where the hashes do not tell. */
    private Mono<Map<UUID, Known>> known(List<Addition> all, SourceKind kind, Map<UUID, List<Held>> held) {
        Map<UUID, List<Held>> asked = new HashMap<>();
        for (Addition one : all) {
            asked.put(one.work(), CorrectionRules.askedForText(kind, content(one.document()).hash(),
                    held.getOrDefault(one.work(), List.of())));
        }
        List<UUID> texts = asked.values().stream().flatMap(List::stream).map(Held::id).toList();
        return (texts.isEmpty() ? Mono.just(Map.<UUID, String>of()) : versions.characters(texts)).map(characters -> {
            Map<UUID, Known> known = new HashMap<>();
            for (Addition one : all) {
                List<Held> some = required(asked.get(one.work()));
                String says = some.isEmpty() ? "" : one.document().document().tree().characters();
                List<Held> same = some.stream().filter(other -> says.equals(characters.get(other.id()))).toList();
                known.put(one.work(), CorrectionRules.known(kind, content(one.document()).hash(),
                        held.getOrDefault(one.work(), List.of()), same));
            }
            return known;
        });
    }

    private Addition addition(UUID work, IncomingDocument document, @Nullable UUID issue, List<Held> known) {
        if (issue != null || known.isEmpty()) {
            return new Addition(work, ids.next(), document, issue, false);
        }
        // of a withdrawn one, too: or its text would be another when it comes again
        Held before = known.getFirst();
        return new Addition(work, ids.next(),
                document.as(CorrectionRules.published(document.document(), before)), before.issue(), false);
    }

    /** A new version of a document. */
    private record Addition(UUID work, UUID version, IncomingDocument document, @Nullable UUID issue,
            boolean isReadAnew) {

        Addition readAnew() {
            return new Addition(work, version, document, issue, true);
        }
    }

    /** What a version holds: its tree as JSON, and the hash of all of it in hexadecimal. */
    record Content(String tree, String hash) {
    }

    private Mono<Void> add(List<Addition> added, SourceKind kind) {
        List<StoredVersion> stored = added.stream()
                .map(one -> new StoredVersion(one.work(), one.version(), one.document(), one.isReadAnew())).toList();
        return addVersions(added, kind).then(addArticles(added))
                .thenMany(Flux.fromIterable(derived).concatMap(one -> one.derive(stored))).then(touch(added));
    }

    /** The row locks make two loads of the same document take turns; they are taken in the same order by all. */
    private Mono<Map<String, UUID>> lockWorks(List<String> keys) {
        return database.sql("""
                INSERT INTO work (id, key)
                SELECT id, key FROM unnest(:ids::uuid[], :keys::text[]) AS one (id, key) ORDER BY key
                ON CONFLICT (key) DO UPDATE SET key = excluded.key
                RETURNING id, key
                """).bind("ids", keys.stream().map(key -> ids.next()).toArray(UUID[]::new))
                .bind("keys", keys.toArray(String[]::new))
                .map(row -> Map.entry(Objects.requireNonNull(row.get("key", String.class)),
                        required(row.get("id", UUID.class))))
                .all().collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    private Mono<Void> addVersions(List<Addition> added, SourceKind kind) {
        List<VersionRow> rows = added.stream()
                .map(one -> VersionRow.of(one.version(), one.work(), one.document(), one.issue(),
                        content(one.document()).tree(), content(one.document()).hash()))
                .toList();
        return database.sql("""
                INSERT INTO version (id, work_id, version, source_kind, number, number_key, contents_number, title, organs,
                                     addressees, issued, in_force, valid_until, trial, topic, issue_id, tree, content_hash,
                                     recorded_at)
                SELECT id, work, 1 + coalesce((SELECT max(abs(known.version)) FROM version known WHERE known.work_id = work), 0),
                       :kind, number, key, contents, title, organs, addressees, issued, "inForce", until, trial, topic,
                       issue, tree, decode(hash, 'hex'), :now
                  FROM jsonb_to_recordset(:rows::jsonb)
                       AS added (id uuid, work uuid, number text, key text, contents text, title text, organs text[],
                                 addressees text, issued date, "inForce" date, until date, trial boolean, topic text,
                                 issue uuid, tree jsonb, hash text)
                """).bind("kind", kind.code()).bind("rows", json.writeValueAsString(rows))
                .bind("now", OffsetDateTime.now(clock)).then();
    }

    private Mono<Void> addArticles(List<Addition> added) {
        List<ArticleRow> rows = new ArrayList<>();
        for (Addition one : added) {
            List<Article> articles = one.document().articles();
            for (int i = 0; i < articles.size(); i++) {
                Article article = articles.get(i);
                rows.add(new ArticleRow(one.version(), i + 1, article.key(), article.number(), article.label(),
                        article.heading(), article.text()));
            }
        }
        return database.sql("""
                INSERT INTO article (version_id, seq, key, number, label, heading, body)
                SELECT version, seq, key, number, label, heading, body
                  FROM jsonb_to_recordset(:rows::jsonb)
                       AS added (version uuid, seq int, key text, number int, label text, heading text, body text)
                """).bind("rows", json.writeValueAsString(rows)).then();
    }

    private record ArticleRow(UUID version, int seq, String key, @Nullable Integer number, String label, String heading,
            String body) {
    }

    private Mono<Void> touch(List<Addition> added) {
        return database.sql("UPDATE work SET changed_tx = pg_current_xact_id()::text::bigint WHERE id = ANY(:works)")
                .bind("works", added.stream().map(Addition::work).toArray(UUID[]::new)).then();
    }

    private Content content(IncomingDocument incoming) {
        return incoming.reading(Content.class, one -> new Content(json.writeValueAsString(one.document().tree()),
                HexFormat.of().formatHex(Source.sha256(
                        json.writeValueAsString(List.of(one.document())).getBytes(StandardCharsets.UTF_8)))));
    }

    private static <T> T required(@Nullable T value) {
        return Objects.requireNonNull(value);
    }
}
