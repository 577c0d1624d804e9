package cn.cityapis.policy.document;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import cn.cityapis.policy.text.KeptAlive;
import io.r2dbc.spi.Readable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Reading what is next to a document in the graph of relations, and the documents that are known by citations only. */
@Repository
public class Links {

    /** What a document says of others and others of it, the weightiest only; a list of thousands is read by its own call. */
    private static final String NEAREST = """
            SELECT r.kind, r.source = :work AS outgoing, n.id, n.number, n.title, n.held, r.part, r.article_label,
                   r.effective, r.kept_alive
              FROM relation r
              JOIN work_name n ON n.id = CASE WHEN r.source = :work THEN r.target ELSE r.source END
             WHERE r.current
               AND (r.source = :work AND r.kind IN ('basis', 'repeals', 'replaces')
                    OR r.target = :work AND r.kind IN ('amends', 'repeals', 'replaces'))
             ORDER BY r.id
             LIMIT 200
            """;

    private record Near(String kind, boolean outgoing, DocumentLink link) {
    }

    private final DatabaseClient database;

    Links(DatabaseClient database) {
        this.database = database;
    }

    Mono<LinkedDocuments> of(UUID work) {
        return database.sql(NEAREST).bind("work", work).map(Links::near).all().collectList()
                .map(near -> new LinkedDocuments(pick(near, true, "basis"), pick(near, false, "repeals|replaces"),
                        pick(near, true, "repeals|replaces"), pick(near, false, "amends")));
    }

    /** The document of this id, where nothing but citations of it is known. */
    public Mono<Stub> stub(UUID work) {
        return database.sql("""
                SELECT s.work_id, s.number, s.title, p.since AS repeal_since, p.name AS repeal_by,
                       p.article_label AS repeal_article, p.kept_alive
                  FROM stub s
                  LEFT JOIN LATERAL (SELECT since, name, article_label, kept_alive
                                       FROM repeal
                                      WHERE target = s.work_id
                                      ORDER BY since NULLS FIRST, name
                                      LIMIT 1) p ON true
                 WHERE s.work_id = :work AND s.became IS NULL
                   AND NOT EXISTS (SELECT FROM version v WHERE v.work_id = s.work_id AND v.version > 0)
                """).bind("work", work)
                .map(row -> new Stub(Objects.requireNonNull(row.get("work_id", UUID.class)),
                        row.get("number", String.class), row.get("title", String.class), Documents.repeal(row)))
                .one();
    }

    private static List<DocumentLink> pick(List<Near> near, boolean outgoing, String kinds) {
        return near.stream().filter(one -> one.outgoing() == outgoing && one.kind().matches(kinds)).map(Near::link)
                .toList();
    }

    private static Near near(Readable row) {
        UUID id = Objects.requireNonNull(row.get("id", UUID.class));
        String number = row.get("number", String.class);
        String kept = row.get("kept_alive", String.class);
        return new Near(Objects.requireNonNull(row.get("kind", String.class)),
                Boolean.TRUE.equals(row.get("outgoing", Boolean.class)),
                new DocumentLink(id, number, row.get("title", String.class),
                        Boolean.TRUE.equals(row.get("held", Boolean.class)), row.get("part", String.class),
                        row.get("article_label", String.class), row.get("effective", LocalDate.class),
                        kept == null ? null : KeptAlive.of(kept), Permalinks.document(number, id)));
    }
}
