package cn.cityapis.subsidy.ledger;

import cn.cityapis.platform.ids.Ids;
import cn.cityapis.platform.web.PageRequest;
import cn.cityapis.subsidy.Cursors;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Readable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** The times that the whole ledger was added up, and what came of it. */
@Component
class CheckRecords {

    private static final String SELECT = "SELECT id, asked_at, ended_at, result FROM ledger_check ";

    private static final UUID NEWER_THAN_ALL = new UUID(-1, -1);

    private final DatabaseClient database;
    private final Ids ids;
    private final JsonMapper json;

    CheckRecords(DatabaseClient database, Ids ids, JsonMapper json) {
        this.database = database;
        this.ids = ids;
        this.json = json;
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(description = "一次台账核对")
    record LedgerCheck(@Schema(description = "核对编号") UUID id,
            @Schema(description = "提出时间") OffsetDateTime askedAt,
            @Schema(description = "完成时间；没有的正在核对") @Nullable OffsetDateTime endedAt,
            @Schema(description = "核对结果；没有的正在核对") LedgerReport.@Nullable Check result) {
    }

    /** The one that runs already, or a new one. */
    Mono<LedgerCheck> ask(String by, Instant now) {
        return database
                .sql("INSERT INTO ledger_check (id, asked_at, asked_by) VALUES (:id, :now, :by) ON CONFLICT DO NOTHING")
                .bind("id", ids.next()).bind("now", now.atOffset(ZoneOffset.UTC)).bind("by", by).then()
                .then(Mono.defer(this::newest));
    }

    /** Asks by itself, unless somebody has asked since then, or nothing was ever booked. */
    Mono<Void> askOnce(Instant since, Instant now) {
        return database.sql("""
                INSERT INTO ledger_check (id, asked_at)
                SELECT :id, :now WHERE NOT EXISTS (SELECT 1 FROM ledger_check WHERE asked_at >= :since)
                              AND EXISTS (SELECT 1 FROM ledger_entry)
                    ON CONFLICT DO NOTHING
                """).bind("id", ids.next()).bind("now", now.atOffset(ZoneOffset.UTC))
                .bind("since", since.atOffset(ZoneOffset.UTC)).then();
    }

    Mono<LedgerCheck> running() {
        return database.sql(SELECT + "WHERE ended_at IS NULL").map(this::read).one();
    }

    Mono<Boolean> ended(UUID id, LedgerReport.Check result, Instant now) {
        return database
                .sql("UPDATE ledger_check SET ended_at = :now, result = :result WHERE id = :id AND ended_at IS NULL")
                .bind("now", now.atOffset(ZoneOffset.UTC)).bind("result", Json.of(json.writeValueAsString(result)))
                .bind("id", id).fetch().rowsUpdated().map(rows -> rows == 1);
    }

    Mono<LedgerCheck> find(UUID id) {
        return database.sql(SELECT + "WHERE id = :id").bind("id", id).map(this::read).one();
    }

    Mono<LedgerCheck> newest() {
        return database.sql(SELECT + "ORDER BY id DESC LIMIT 1").map(this::read).one();
    }

    Mono<LedgerCheck> newestEnded() {
        return database.sql(SELECT + "WHERE ended_at IS NOT NULL ORDER BY id DESC LIMIT 1").map(this::read).one();
    }

    /** The newest first. */
    Mono<List<LedgerCheck>> list(PageRequest page) {
        return database.sql(SELECT + "WHERE id < :before ORDER BY id DESC LIMIT :limit")
                .bind("before", page.isFirst() ? NEWER_THAN_ALL : Cursors.idAfter(page))
                .bind("limit", page.rowsToRead()).map(this::read).all().collectList();
    }

    private LedgerCheck read(Readable row) {
        String result = row.get("result", String.class);
        return new LedgerCheck(Objects.requireNonNull(row.get("id", UUID.class)),
                Objects.requireNonNull(row.get("asked_at", OffsetDateTime.class)),
                row.get("ended_at", OffsetDateTime.class),
                result == null ? null : json.readValue(result, LedgerReport.Check.class));
    }
}
