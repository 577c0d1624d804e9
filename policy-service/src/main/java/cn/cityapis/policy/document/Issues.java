package cn.cityapis.policy.document;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import cn.cityapis.platform.web.PageRequest;
import cn.cityapis.policy.text.SourceKind;
import io.swagger.v3.oas.annotations.media.Schema;
import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** The gazette issues that were loaded. */
@Repository
public class Issues {

    @Schema(description = "一期已装载的公报")
    public record LoadedIssue(@Schema(description = "标识") UUID id,
            @Schema(description = "年", example = "2023") int year,
            @Schema(description = "期", example = "4") int number,
            @Schema(description = "总期数", example = "174") @Nullable Integer runningNumber,
            @Schema(description = "内容来源：official 官方文本；digest 摘要", example = "digest") SourceKind sourceKind,
            @Schema(description = "文件数", example = "15") int documents,
            @Schema(description = "最近一次装载的时间") OffsetDateTime loadedAt) {

        List<String> key() {
            return List.of(String.valueOf(year), String.valueOf(number), id.toString());
        }
    }

    private final DatabaseClient database;

    Issues(DatabaseClient database) {
        this.database = database;
    }

    /** The newest first. */
    Mono<List<LoadedIssue>> list(PageRequest page) {
        boolean first = page.isFirst();
        return database.sql("""
				SELECT id, year, number, running_number, source_kind, documents, loaded_at
				  FROM issue
				 WHERE :first OR (year, number, id) < (:year, :number, :id)
				 ORDER BY year DESC, number DESC, id DESC
				 LIMIT :rows
				""").bind("first", first).bind("year", first ? 0 : Integer.parseInt(page.after().get(0)))
                .bind("number", first ? 0 : Integer.parseInt(page.after().get(1)))
                .bind("id", first ? new UUID(0, 0) : UUID.fromString(page.after().get(2)))
                .bind("rows", page.rowsToRead())
                .map(Issues::issue).all().collectList();
    }

    private static LoadedIssue issue(Readable row) {
        return new LoadedIssue(required(row, "id", UUID.class), required(row, "year", Integer.class),
                required(row, "number", Integer.class), row.get("running_number", Integer.class),
                SourceKind.of(required(row, "source_kind", String.class)), required(row, "documents", Integer.class),
                required(row, "loaded_at", OffsetDateTime.class));
    }

    private static <T> T required(Readable row, String column, Class<T> type) {
        return Objects.requireNonNull(row.get(column, type), column);
    }
}
