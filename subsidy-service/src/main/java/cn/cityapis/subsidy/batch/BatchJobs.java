package cn.cityapis.subsidy.batch;

import cn.cityapis.platform.web.PageRequest;
import cn.cityapis.subsidy.Cursors;
import io.r2dbc.spi.Readable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Jobs, their blocks of lines, and who can have what. */
@Component
class BatchJobs {

    private static final String SELECT = """
            SELECT j.id, j.state, j.format, j.as_of, j.lines, j.created_at, j.finished_at, j.erased_at,
                   coalesce(b.processed, 0)::bigint AS processed, coalesce(b.broken, 0)::bigint AS broken,
                   coalesce(b.blocks, 0)::bigint AS blocks, coalesce(b.decided, 0)::bigint AS decided
              FROM batch_job j
              LEFT JOIN LATERAL (SELECT sum(processed) AS processed, sum(broken) AS broken, count(*) AS blocks,
                                        count(outcomes) AS decided FROM batch_block WHERE job_id = j.id) b ON true
            """;

    private static final UUID NONE = new UUID(0, 0);

    private final DatabaseClient database;
    private final Clock clock;

    BatchJobs(DatabaseClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** @param lines number of the first line, and the lines themselves, each ended */
    record Block(int number, long firstLine, byte[] lines) {
    }

    record Open(UUID job, BatchFormat format, String header, LocalDate asOf) {
    }

    @Schema(description = "新符合条件的一项")
    record Newly(@Schema(description = "调用方的编号，即名单中的 id", example = "a-1") String id,
            @Schema(description = "方案编号", example = "talent-insurance-rd") String schemeId,
            @Schema(description = "金额或上限（分）", example = "500000") long fen) {
    }

    Mono<Void> begin(UUID id, String org, BatchFormat format, String header, LocalDate asOf, String by) {
        return database.sql("""
                INSERT INTO batch_job (id, state, org, format, header, as_of, created_by, created_at)
                VALUES (:id, 'receiving', :org, :format, :header, :asOf, :by, :now)
                """)
                .bind("id", id).bind("org", org).bind("format", format.code()).bind("header", header)
                .bind("asOf", asOf).bind("by", by).bind("now", OffsetDateTime.now(clock)).then();
    }

    Mono<Void> add(UUID job, Block block) {
        return database.sql("""
                INSERT INTO batch_block (job_id, number, first_line, input) VALUES (:job, :number, :first, :input)
                """)
                .bind("job", job).bind("number", block.number()).bind("first", block.firstLine())
                .bind("input", block.lines()).then();
    }

    Mono<Void> received(UUID job, long lines) {
        return database.sql("UPDATE batch_job SET state = 'running', lines = :lines WHERE id = :id")
                .bind("lines", lines).bind("id", job).then();
    }

    Mono<Void> delete(UUID job) {
        return database.sql("DELETE FROM batch_job WHERE id = :id").bind("id", job).then();
    }

    /** Uploads that were cut off. */
    Mono<Void> deleteForgotten() {
        return database.sql("DELETE FROM batch_job WHERE state = 'receiving' AND created_at < :before")
                .bind("before", OffsetDateTime.now(clock).minusDays(1)).then();
    }

    /** Of the oldest job that was finished before, lines and answers are emptied; what was counted stays. */
    Mono<UUID> eraseOne(OffsetDateTime finishedBefore) {
        return database.sql("""
                WITH old AS (
                    SELECT id FROM batch_job WHERE state = 'done' AND erased_at IS NULL AND finished_at < :before
                     ORDER BY finished_at LIMIT 1 FOR UPDATE SKIP LOCKED),
                blocks AS (
                    UPDATE batch_block b SET input = '', outcomes = '' FROM old WHERE b.job_id = old.id),
                entitled AS (
                    DELETE FROM batch_entitled e USING old WHERE e.job_id = old.id)
                UPDATE batch_job j SET erased_at = :now FROM old WHERE j.id = old.id RETURNING j.id
                """)
                .bind("before", finishedBefore).bind("now", OffsetDateTime.now(clock)).mapValue(UUID.class).one();
    }

    Mono<BatchJob> find(UUID id, String org) {
        return database.sql(SELECT + " WHERE j.id = :id AND j.org = :org").bind("id", id).bind("org", org)
                .map(BatchJobs::job).one();
    }

    Mono<List<BatchJob>> list(String org, PageRequest page) {
        return database.sql(SELECT + " WHERE j.org = :org AND j.id > :after ORDER BY j.id LIMIT :limit")
                .bind("org", org).bind("after", Cursors.idAfter(page)).bind("limit", page.rowsToRead())
                .map(BatchJobs::job).all().collectList();
    }

    Mono<List<Open>> running() {
        return database.sql("""
                SELECT id, format, header, as_of FROM batch_job WHERE state = 'running' ORDER BY created_at LIMIT 5
                """)
                .map(row -> new Open(row.get("id", UUID.class),
                        BatchFormat.valueOf(row.get("format", String.class).toUpperCase(Locale.ROOT)),
                        row.get("header", String.class), row.get("as_of", LocalDate.class)))
                .all().collectList();
    }

    /** The next block nobody works on; held until the transaction ends. */
    Mono<Block> take(UUID job) {
        return database.sql("""
                SELECT number, first_line, input FROM batch_block WHERE job_id = :job AND outcomes IS NULL
                 ORDER BY number LIMIT 1 FOR UPDATE SKIP LOCKED
                """)
                .bind("job", job)
                .map(row -> new Block(row.get("number", Integer.class), row.get("first_line", Long.class),
                        row.get("input", byte[].class)))
                .one();
    }

    Mono<Void> decided(UUID job, Block block, OutcomeLines.Block outcomes, byte[] compressed) {
        return database.sql("""
                UPDATE batch_block SET outcomes = :outcomes, processed = :processed, broken = :broken
                 WHERE job_id = :job AND number = :number
                """)
                .bind("outcomes", compressed).bind("processed", outcomes.processed()).bind("broken", outcomes.broken())
                .bind("job", job).bind("number", block.number()).then()
                .then(Mono.defer(() -> entitled(job, outcomes.entitled())));
    }

    private Mono<Void> entitled(UUID job, List<OutcomeLines.Entitled> entitled) {
        return entitled.isEmpty()
                ? Mono.empty()
                : database.sql("""
                INSERT INTO batch_entitled (job_id, case_id, scheme_id, fen)
                SELECT :job, * FROM unnest(:cases::text[], :schemes::text[], :fen::bigint[])
                ON CONFLICT DO NOTHING
                """)
                        .bind("job", job)
                        .bind("cases", entitled.stream().map(OutcomeLines.Entitled::id).toArray(String[]::new))
                        .bind("schemes", entitled.stream().map(OutcomeLines.Entitled::scheme).toArray(String[]::new))
                        .bind("fen", entitled.stream().map(OutcomeLines.Entitled::fen).toArray(Long[]::new))
                        .then();
    }

    Mono<Void> finish(UUID job) {
        return database.sql("""
                UPDATE batch_job SET state = 'done', finished_at = :now
                 WHERE id = :id AND state = 'running'
                   AND NOT EXISTS (SELECT 1 FROM batch_block WHERE job_id = :id AND outcomes IS NULL)
                """)
                .bind("now", OffsetDateTime.now(clock)).bind("id", job).then();
    }

    /** The answers of the blocks that are decided, in order, as they were written; one block after the other. */
    Flux<byte[]> outcomes(UUID job) {
        return database
                .sql("SELECT number FROM batch_block WHERE job_id = :job AND outcomes IS NOT NULL ORDER BY number")
                .bind("job", job).mapValue(Integer.class).all().collectList()
                .flatMapIterable(numbers -> numbers)
                .concatMap(number -> database
                        .sql("SELECT outcomes FROM batch_block WHERE job_id = :job AND number = :number")
                        .bind("job", job).bind("number", number).mapValue(byte[].class).one(), 1);
    }

    /** The organisation's job before this one; {@link #NONE} if there is none. */
    Mono<UUID> previous(UUID job, String org) {
        return database.sql("""
                SELECT id FROM batch_job WHERE org = :org AND id < :job AND state = 'done' AND erased_at IS NULL
                 ORDER BY id DESC LIMIT 1
                """)
                .bind("org", org).bind("job", job).mapValue(UUID.class).one().defaultIfEmpty(NONE);
    }

    /** Who can have something by this job that he could not by the other. */
    Mono<List<Newly>> newly(UUID job, UUID before, PageRequest page) {
        List<String> after = page.isFirst() ? List.of("", "") : page.after();
        return database.sql("""
                SELECT case_id, scheme_id, fen FROM batch_entitled e
                 WHERE job_id = :job AND (case_id, scheme_id) > (:case, :scheme)
                   AND NOT EXISTS (SELECT 1 FROM batch_entitled b WHERE b.job_id = :before
                                      AND b.case_id = e.case_id AND b.scheme_id = e.scheme_id)
                 ORDER BY case_id, scheme_id LIMIT :limit
                """)
                .bind("job", job).bind("before", before).bind("case", after.get(0)).bind("scheme", after.get(1))
                .bind("limit", page.rowsToRead())
                .map(row -> new Newly(row.get("case_id", String.class), row.get("scheme_id", String.class),
                        row.get("fen", Long.class)))
                .all().collectList();
    }

    private static BatchJob job(Readable row) {
        long blocks = row.get("blocks", Long.class);
        return new BatchJob(row.get("id", UUID.class), BatchJob.State.of(row.get("state", String.class)),
                BatchFormat.valueOf(row.get("format", String.class).toUpperCase(Locale.ROOT)),
                row.get("as_of", LocalDate.class), row.get("lines", Long.class), row.get("processed", Long.class),
                row.get("broken", Long.class), blocks == 0 ? 0 : (int) (100 * row.get("decided", Long.class) / blocks),
                row.get("created_at", OffsetDateTime.class), row.get("finished_at", OffsetDateTime.class),
                row.get("erased_at", OffsetDateTime.class));
    }
}
