package cn.cityapis.policy.feed;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import cn.cityapis.platform.web.PageRequest;
import cn.cityapis.policy.text.SourceKind;
import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** The current versions of documents, the last changed first. */
@Repository
class NewDocuments {

    /** Longer than storing a document may take: what is committed late was recorded no earlier than that. */
    private static final Duration OVERLAP = Duration.ofMinutes(2);
    private static final OffsetDateTime LONG_AGO = OffsetDateTime.parse("1900-01-01T00:00:00Z");
    private static final OffsetDateTime FAR_AWAY = OffsetDateTime.parse("9999-01-01T00:00:00Z");

    /**
     * A document of the feed.
     *
     * @param id        of the work
     * @param published when its first version was recorded
     * @param updated   when it changed last: its text, or what ended or prolonged it
     */
    record Entry(UUID id, int version, @Nullable String number, String title, List<String> organs,
            @Nullable LocalDate issued, @Nullable String topic, SourceKind sourceKind, OffsetDateTime published,
            OffsetDateTime updated) {

        List<String> key() {
            return List.of(updated.toString(), id.toString());
        }
    }

    private final DatabaseClient database;

    NewDocuments(DatabaseClient database) {
        this.database = database;
    }

    /** Names this collection of documents. */
    Mono<UUID> corpus() {
        return database.sql("SELECT id FROM corpus").map(row -> required(row, "id", UUID.class)).one();
    }

    Mono<List<Entry>> list(@Nullable OffsetDateTime since, PageRequest page) {
        boolean first = page.isFirst();
        return database.sql("""
                SELECT v.work_id, v.version, v.number, v.title, v.organs, v.issued, v.topic, v.source_kind, w.changed_at,
                       (SELECT min(f.recorded_at) FROM version f WHERE f.work_id = v.work_id) AS published
                  FROM work w
                  JOIN LATERAL (SELECT * FROM version c
                                 WHERE c.work_id = w.id AND c.version > 0
                                 ORDER BY (c.source_kind = 'official') DESC, c.version DESC
                                 LIMIT 1) v ON true
                 WHERE w.changed_at >= :since
                   AND (w.changed_at, w.id) < (:at, :id)
                 ORDER BY w.changed_at DESC, w.id DESC
                 LIMIT :rows
                """).bind("since", since == null ? LONG_AGO : since.minus(OVERLAP))
                .bind("at", first ? FAR_AWAY : OffsetDateTime.parse(page.after().get(0)))
                .bind("id", first ? new UUID(0, 0) : UUID.fromString(page.after().get(1)))
                .bind("rows", page.rowsToRead()).map(NewDocuments::entry).all().collectList();
    }

    static boolean readable(PageRequest page) {
        try {
            return page.after().size() == 2 && OffsetDateTime.parse(page.after().get(0)).getYear() > 0
                    && page.after().get(1).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
        } catch (DateTimeException forged) {
            return false;
        }
    }

    private static Entry entry(Readable row) {
        return new Entry(required(row, "work_id", UUID.class),
                required(row, "version", Integer.class), row.get("number", String.class),
                required(row, "title", String.class), Arrays.asList(required(row, "organs", String[].class)),
                row.get("issued", LocalDate.class), row.get("topic", String.class),
                SourceKind.of(required(row, "source_kind", String.class)),
                required(row, "published", OffsetDateTime.class),
                required(row, "changed_at", OffsetDateTime.class));
    }

    private static <T> T required(Readable row, String column, Class<T> type) {
        return Objects.requireNonNull(row.get(column, type), column);
    }
}
