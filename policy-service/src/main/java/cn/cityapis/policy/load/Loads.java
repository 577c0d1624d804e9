package cn.cityapis.policy.load;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;

import cn.cityapis.platform.ids.Ids;
import cn.cityapis.platform.web.PageRequest;
import cn.cityapis.policy.gazette.GazetteIssue;
import cn.cityapis.policy.gazette.Warning;
import cn.cityapis.policy.text.SourceKind;
import io.r2dbc.spi.Readable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The queue of loads and their reports. A claim is a lease: who dies in the middle loses it, and another goes on. */
@Repository
class Loads {

    /** A load that failed so often will fail again. */
    static final int MOST_ATTEMPTS = 3;
    private static final String LOAD = """
			SELECT id, source, source_kind, state, found, parsed, stored, unchanged, warnings::text AS warnings, failure,
			       created_by, created_at, finished_at
			  FROM load
			""";
    private static final TypeReference<List<Warning>> WARNINGS = new TypeReference<>() {
    };

    /** What a worker has claimed. */
    record Claimed(UUID id, SourceKind sourceKind, byte[] content) {
    }

    private final DatabaseClient database;
    private final JsonMapper json;
    private final Ids ids;
    private final Clock clock;

    Loads(DatabaseClient database, JsonMapper json, Ids ids, Clock clock) {
        this.database = database;
        this.json = json;
        this.ids = ids;
        this.clock = clock;
    }

    Mono<Load> enqueue(Source source, String createdBy) {
        UUID id = ids.next();
        return database.sql("""
				INSERT INTO load (id, source, source_kind, content, content_hash, state, created_by, created_at)
				VALUES (:id, :source, :kind, :content, :hash, 'queued', :by, :now)
				""").bind("id", id).bind("source", source.name()).bind("kind", source.kind().code())
                .bind("content", source.content()).bind("hash", source.hash()).bind("by", createdBy)
                .bind("now", OffsetDateTime.now(clock)).fetch().rowsUpdated().then(Mono.defer(() -> find(id)));
    }

    /** Whether the same content waits, runs or is done already. */
    Mono<Boolean> known(Source source) {
        return database.sql("""
				SELECT EXISTS (SELECT FROM load WHERE content_hash = :hash AND source_kind = :kind AND state <> 'failed') AS known
				""").bind("hash", source.hash()).bind("kind", source.kind().code())
                .map(row -> Boolean.TRUE.equals(row.get("known", Boolean.class))).one();
    }

    Mono<Load> find(UUID id) {
        return database.sql(LOAD + " WHERE id = :id").bind("id", id).map(this::load).one();
    }

    Mono<List<Load>> list(PageRequest page) {
        boolean first = page.isFirst();
        return database.sql(LOAD + """
				 WHERE :first OR (created_at, id) < (:at, :id)
				 ORDER BY created_at DESC, id DESC
				 LIMIT :rows
				""").bind("first", first)
                .bind("at", first ? OffsetDateTime.now(clock) : OffsetDateTime.parse(page.after().get(0)))
                .bind("id", first ? new UUID(0, 0) : UUID.fromString(page.after().get(1)))
                .bind("rows", page.rowsToRead())
                .map(this::load).all().collectList();
    }

    /**
     * Takes the oldest open load, or one whose worker has died; one that has cost several workers their life is given
     * up, so that those behind it get their turn. The lease counts by the database's own clock.
     */
    Mono<Claimed> claim() {
        return giveUpDeadly().then(database.sql("""
                UPDATE load SET state = 'running', claimed_until = now() + interval '60 seconds', attempts = attempts + 1,
                       stored = 0, unchanged = 0
                 WHERE id = (SELECT id FROM load
                              WHERE state = 'queued' OR state = 'running' AND claimed_until < now()
                              ORDER BY created_at
                              LIMIT 1
                              FOR UPDATE SKIP LOCKED)
                RETURNING id, source_kind, content
                """).map(row -> new Claimed(required(row, "id", UUID.class),
                SourceKind.of(required(row, "source_kind", String.class)), required(row, "content", byte[].class)))
                .one());
    }

    private Mono<Void> giveUpDeadly() {
        return database.sql("""
                UPDATE load SET state = 'failed', claimed_until = NULL, finished_at = :now, failure = '处理多次中断，已放弃'
                 WHERE state = 'running' AND claimed_until < now() AND attempts >= :most
                """).bind("now", OffsetDateTime.now(clock)).bind("most", MOST_ATTEMPTS).then();
    }

    Mono<Void> parsed(UUID id, GazetteIssue issue, List<Warning> warnings) {
        long missing = issue.warnings().stream().filter(warning -> warning.code().equals("missing-document")).count();
        return database.sql("""
				UPDATE load SET found = :found, parsed = :parsed, warnings = :warnings::jsonb WHERE id = :id
				""").bind("found", issue.documents().size() + (int) missing).bind("parsed", issue.documents().size())
                .bind("warnings", json.writeValueAsString(warnings)).bind("id", id).then();
    }

    /** Counts a document and renews the lease; part of the transaction that stores it. */
    Mono<Void> counted(UUID id, boolean stored) {
        return database.sql("""
				UPDATE load SET stored = stored + :stored, unchanged = unchanged + :unchanged,
				       claimed_until = now() + interval '60 seconds'
				 WHERE id = :id
				""").bind("stored", stored ? 1 : 0).bind("unchanged", stored ? 0 : 1).bind("id", id).then();
    }

    Mono<Void> done(UUID id) {
        return database.sql("UPDATE load SET state = 'done', claimed_until = NULL, finished_at = :now WHERE id = :id")
                .bind("now", OffsetDateTime.now(clock)).bind("id", id).then();
    }

    /** Gives the load back to be tried again, or up. */
    Mono<Void> failed(UUID id, String failure) {
        return database.sql("""
				UPDATE load SET state = CASE WHEN attempts < :most THEN 'queued' ELSE 'failed' END, claimed_until = NULL,
				       failure = :failure, finished_at = CASE WHEN attempts < :most THEN NULL ELSE :now::timestamptz END
				 WHERE id = :id
				""").bind("most", MOST_ATTEMPTS).bind("failure", failure).bind("now", OffsetDateTime.now(clock))
                .bind("id", id)
                .then();
    }

    private Load load(Readable row) {
        return new Load(required(row, "id", UUID.class), required(row, "source", String.class),
                SourceKind.of(required(row, "source_kind", String.class)),
                Load.State.valueOf(required(row, "state", String.class).toUpperCase(Locale.ROOT)),
                new Load.Progress(required(row, "found", Integer.class), required(row, "parsed", Integer.class),
                        required(row, "stored", Integer.class), required(row, "unchanged", Integer.class)),
                json.readValue(required(row, "warnings", String.class), WARNINGS), row.get("failure", String.class),
                required(row, "created_by", String.class), required(row, "created_at", OffsetDateTime.class),
                row.get("finished_at", OffsetDateTime.class));
    }

    private static <T> T required(Readable row, String column, Class<T> type) {
        return Objects.requireNonNull(row.get(column, type), column);
    }
}
