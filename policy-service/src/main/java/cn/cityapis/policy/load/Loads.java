package cn.cityapis.policy.load;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;

import cn.cityapis.platform.ids.Ids;
import cn.cityapis.platform.web.PageRequest;
import cn.cityapis.policy.gazette.Warning;
import cn.cityapis.policy.text.SourceKind;
import io.r2dbc.spi.Readable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The loads, with what was handed in and their reports. */
@Repository
class Loads {

    private static final String LOAD = """
            SELECT id, source, source_kind, state, found, parsed, stored, unchanged, rejected,
                   warnings::text AS warnings, failure,
                   created_by, created_at, finished_at
              FROM load
            """;
    private static final TypeReference<List<Warning>> WARNINGS = new TypeReference<>() {
    };

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

    /** To be run in a transaction: the load and all parts of its content, or nothing. */
    Mono<Load> enqueue(Source source, String createdBy) {
        UUID id = ids.next();
        return database.sql("""
                INSERT INTO load (id, source, source_kind, content_hash, state, created_by, created_at)
                VALUES (:id, :source, :kind, :hash, 'queued', :by, :now)
                """).bind("id", id).bind("source", source.name()).bind("kind", source.kind().code())
                .bind("hash", source.hash()).bind("by", createdBy).bind("now", OffsetDateTime.now(clock)).then()
                .thenMany(Flux.range(0, source.parts().size()))
                .concatMap(seq -> addPart(id, seq, source.parts().get(seq)))
                .then(Mono.defer(() -> find(id)));
    }

    /** Queues what was loaded once more, to be read anew; empty where it has not ended, or nothing was kept. In a transaction. */
    Mono<Load> again(UUID of, String createdBy) {
        UUID id = ids.next();
        return database.sql("""
                INSERT INTO load (id, source, source_kind, content, content_hash, state, created_by, created_at)
                SELECT :id, source, source_kind, content, content_hash, 'queued', :by, :now
                  FROM load
                 WHERE id = :of AND state IN ('done', 'failed')
                   AND (content IS NOT NULL OR EXISTS (SELECT FROM load_part WHERE load_id = load.id))
                """).bind("id", id).bind("of", of).bind("by", createdBy).bind("now", OffsetDateTime.now(clock))
                .fetch().rowsUpdated().filter(queued -> queued == 1)
                .flatMap(queued -> database.sql("""
                        INSERT INTO load_part (load_id, seq, content)
                        SELECT :id, seq, content FROM load_part WHERE load_id = :of
                        """).bind("id", id).bind("of", of).then().then(Mono.defer(() -> find(id))));
    }

    private Mono<Void> addPart(UUID id, int seq, byte[] part) {
        return database.sql("INSERT INTO load_part (load_id, seq, content) VALUES (:id, :seq, :content)")
                .bind("id", id).bind("seq", seq).bind("content", part).then();
    }

    /** Queues what is not known yet; of two replicas that find the same, one does. To be run in a transaction. */
    Mono<Load> enqueueOnce(Source source, String createdBy, boolean failedToo) {
        return database.sql("SELECT pg_advisory_xact_lock(hashtextextended(:hash, 60))").bind("hash", source.hexHash())
                .then().then(Mono.defer(() -> known(source, failedToo)))
                .flatMap(known -> known ? Mono.empty() : enqueue(source, createdBy));
    }

    /** Notes a file that cannot even be read, once for each of its states. */
    Mono<Void> refused(String name, byte[] state, String createdBy, String failure) {
        OffsetDateTime now = OffsetDateTime.now(clock);
        return database.sql("""
                INSERT INTO load (id, source, source_kind, content_hash, state, failure, created_by, created_at, finished_at)
                SELECT :id, :source, 'official', :hash, 'failed', :failure, :by, :now, :now
                 WHERE NOT EXISTS (SELECT FROM load WHERE content_hash = :hash)
                """).bind("id", ids.next()).bind("source", name).bind("hash", state).bind("failure", failure)
                .bind("by", createdBy).bind("now", now).then();
    }

    /** The content of a load, put together again in the one array it needs. */
    Mono<byte[]> content(UUID id) {
        return database.sql("""
                SELECT coalesce(length(content), 0) + coalesce((SELECT sum(length(p.content)) FROM load_part p
                                                                 WHERE p.load_id = load.id), 0) AS size,
                       content
                  FROM load WHERE id = :id
                """).bind("id", id).map(row -> {
            byte[] whole = row.get("content", byte[].class);
            return ByteBuffer.allocate(required(row, "size", Long.class).intValue())
                    .put(whole == null ? new byte[0] : whole);
        }).one().flatMap(buffer -> Flux.range(0, (buffer.remaining() + Source.PART - 1) / Source.PART)
                .concatMap(seq -> part(id, seq)).doOnNext(buffer::put).then(Mono.fromSupplier(buffer::array)));
    }

    private Mono<byte[]> part(UUID id, int seq) {
        return database.sql("SELECT content FROM load_part WHERE load_id = :id AND seq = :seq").bind("id", id)
                .bind("seq", seq).map(row -> required(row, "content", byte[].class)).one();
    }

    private Mono<Boolean> known(Source source, boolean failedToo) {
        return database.sql("""
                SELECT EXISTS (SELECT FROM load WHERE content_hash = :hash AND source_kind = :kind
                                            AND (:failed OR state <> 'failed')) AS known
                """).bind("hash", source.hash()).bind("kind", source.kind().code())
                .bind("failed", failedToo).map(row -> Boolean.TRUE.equals(row.get("known", Boolean.class))).one();
    }

    /** Whether a content was loaded, or given up. */
    Mono<Boolean> settled(Source source) {
        return database.sql("""
                SELECT EXISTS (SELECT FROM load WHERE content_hash = :hash AND source_kind = :kind
                                            AND state IN ('done', 'failed')) AS settled
                """).bind("hash", source.hash()).bind("kind", source.kind().code())
                .map(row -> Boolean.TRUE.equals(row.get("settled", Boolean.class))).one();
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

    private Load load(Readable row) {
        return new Load(required(row, "id", UUID.class), required(row, "source", String.class),
                SourceKind.of(required(row, "source_kind", String.class)),
                Load.State.valueOf(required(row, "state", String.class).toUpperCase(Locale.ROOT)),
                new Load.Progress(required(row, "found", Integer.class), required(row, "parsed", Integer.class),
                        required(row, "stored", Integer.class), required(row, "unchanged", Integer.class),
                        required(row, "rejected", Integer.class)),
                json.readValue(required(row, "warnings", String.class), WARNINGS), row.get("failure", String.class),
                required(row, "created_by", String.class), required(row, "created_at", OffsetDateTime.class),
                row.get("finished_at", OffsetDateTime.class));
    }

    private static <T> T required(Readable row, String column, Class<T> type) {
        return Objects.requireNonNull(row.get(column, type), column);
    }
}
