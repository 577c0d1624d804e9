package cn.cityapis.policy.relation;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

import cn.cityapis.platform.web.PageRequest;
import cn.cityapis.policy.document.Permalinks;
import cn.cityapis.policy.relation.RelationView.Counterpart;
import cn.cityapis.policy.relation.RelationView.Direction;
import cn.cityapis.policy.relation.RelationView.Stated;
import cn.cityapis.policy.relation.RelationView.Survival;
import cn.cityapis.policy.text.KeptAlive;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Reading the graph. */
@Repository
class Relations {

    private final DatabaseClient database;

    Relations(DatabaseClient database) {
        this.database = database;
    }

    /** The work an id means today: a stub may have become another work. Empty where there is none. */
    Mono<UUID> work(UUID id) {
        return database.sql("""
                SELECT coalesce(s.became, w.id) AS id FROM work w LEFT JOIN stub s ON s.work_id = w.id WHERE w.id = :id
                """).bind("id", id).map(row -> uuid(row, "id")).one();
    }

    /** What the current versions say, in the order in which it was read; a document's relation to itself is outgoing. */
    Mono<List<RelationView>> list(UUID work, Optional<Direction> direction, Optional<RelationKind> kind,
            PageRequest page) {
        return database.sql("""
                SELECT r.id, r.kind, r.source = :work AS outgoing, n.id AS other, n.number, n.title, n.held, r.part, r.place,
                       r.effective, r.until, r.months, r.article_key, r.article_label, r.kept_alive, r.kept_alive_key, r.kept_alive_label,
                       r.stated_in, s.number AS stated_number
                  FROM relation r
                  JOIN work_name s ON s.id = r.stated_in
                  LEFT JOIN work_name n ON n.id = CASE WHEN r.source = :work THEN r.target ELSE r.source END
                 WHERE r.current AND r.id > :after
                   AND (r.source = :work AND :direction IS DISTINCT FROM 'incoming'
                        OR r.target = :work AND r.source <> :work AND :direction IS DISTINCT FROM 'outgoing')
                   AND (:kind::text IS NULL OR r.kind = :kind)
                 ORDER BY r.id
                 LIMIT :rows
                """).bind("work", work)
                .bind("after", page.isFirst() ? new UUID(0, 0) : UUID.fromString(page.after().getFirst()))
                .bind("direction", Parameters.in(R2dbcType.VARCHAR, direction.map(Direction::code).orElse(null)))
                .bind("kind", Parameters.in(R2dbcType.VARCHAR, kind.map(RelationKind::code).orElse(null)))
                .bind("rows", page.rowsToRead()).map(Relations::view).all().collectList();
    }

    private static RelationView view(Readable row) {
        RelationKind kind = RelationKind.find(Objects.requireNonNull(text(row, "kind"))).orElseThrow();
        return new RelationView(uuid(row, "id"), kind, kind.label(),
                Boolean.TRUE.equals(row.get("outgoing", Boolean.class)) ? Direction.OUTGOING : Direction.INCOMING,
                counterpart(row), text(row, "part"), text(row, "place"), row.get("effective", LocalDate.class),
                row.get("until", LocalDate.class), row.get("months", Integer.class), stated(row, "article"),
                survival(row));
    }

    private static @Nullable Counterpart counterpart(Readable row) {
        UUID other = row.get("other", UUID.class);
        String number = text(row, "number");
        return other == null
                ? null
                : new Counterpart(other, number, text(row, "title"),
                        Boolean.TRUE.equals(row.get("held", Boolean.class)), Permalinks.document(number, other));
    }

    private static @Nullable Stated stated(Readable row, String columns) {
        String key = text(row, columns + "_key");
        String label = text(row, columns + "_label");
        String number = text(row, "stated_number");
        return key == null || label == null
                ? null
                : new Stated(number, key, label,
                        Permalinks.article(Permalinks.document(number, uuid(row, "stated_in")), key));
    }

    private static @Nullable Survival survival(Readable row) {
        String kept = text(row, "kept_alive");
        Stated stated = stated(row, "kept_alive");
        return kept == null || stated == null
                ? null
                : new Survival(KeptAlive.of(kept), KeptAlive.of(kept).wording(), stated);
    }

    private static @Nullable String text(Readable row, String column) {
        return row.get(column, String.class);
    }

    private static UUID uuid(Readable row, String column) {
        return Objects.requireNonNull(row.get(column, UUID.class));
    }
}
