package cn.cityapis.policy.load;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;

import cn.cityapis.policy.text.Node;
import cn.cityapis.policy.text.SourceKind;
import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** The versions that are held of works to which documents are added. */
@Repository
class HeldVersions {

    /**
     * One of them.
     *
     * @param version below zero where it was withdrawn
     * @param hash    of its content, in hexadecimal
     * @param decided the office has set its dates
     */
    record Held(UUID id, UUID work, int version, SourceKind kind, String hash, boolean dated, boolean decided,
            @Nullable String topic, @Nullable String contentsNumber, @Nullable UUID issue) {

        boolean withdrawn() {
            return version < 0;
        }

        Held read(String as) {
            return new Held(id, work, version, kind, as, dated, decided, topic, contentsNumber, issue);
        }
    }

    private final DatabaseClient database;
    private final JsonMapper json;

    HeldVersions(DatabaseClient database, JsonMapper json) {
        this.database = database;
        this.json = json;
    }

    /** What some versions say, without layout. */
    Mono<Map<UUID, String>> characters(Collection<UUID> versions) {
        return database.sql("SELECT id, tree::text AS tree FROM version WHERE id = ANY(:versions)")
                .bind("versions", versions.toArray(UUID[]::new))
                .map(row -> Map.entry(required(row, "id", UUID.class),
                        json.readValue(required(row, "tree", String.class), Node.class).characters()))
                .all().collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    /** By work; of each the current version first: official before digest, later before earlier, withdrawn ones last. */
    Mono<Map<UUID, List<Held>>> of(Collection<UUID> works) {
        return database.sql("""
                SELECT id, work_id, version, source_kind, encode(content_hash, 'hex') AS hash, issued IS NOT NULL AS dated,
                       EXISTS (SELECT FROM decision
                                WHERE version_id = version.id AND kind = 'set-dates' AND revoked_at IS NULL) AS decided,
                       topic, contents_number, issue_id
                  FROM version
                 WHERE work_id = ANY(:works)
                 ORDER BY work_id, (source_kind = 'official') DESC, version DESC
                """).bind("works", works.toArray(UUID[]::new)).map(HeldVersions::held).all()
                .collect(Collectors.groupingBy(Held::work));
    }

    private static Held held(Readable row) {
        return new Held(required(row, "id", UUID.class), required(row, "work_id", UUID.class),
                required(row, "version", Integer.class),
                SourceKind.of(required(row, "source_kind", String.class)), required(row, "hash", String.class),
                required(row, "dated", Boolean.class), required(row, "decided", Boolean.class),
                row.get("topic", String.class), row.get("contents_number", String.class),
                row.get("issue_id", UUID.class));
    }

    private static <T> T required(Readable row, String column, Class<T> type) {
        return Objects.requireNonNull(row.get(column, type), column);
    }
}
