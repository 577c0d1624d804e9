package cn.cityapis.policy.feed;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Objects;
import java.util.UUID;

import cn.cityapis.policy.document.Permalinks;
import cn.cityapis.policy.text.SourceKind;
import io.r2dbc.spi.Readable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Every document at once, read a few rows at a time. */
@Repository
class AllDocuments {

    private static final int ROWS_AT_A_TIME = 32;

    private final DatabaseClient database;

    AllDocuments(DatabaseClient database) {
        this.database = database;
    }

    /**
     * Lifts the limit on a statement's time until the end of the transaction: for the database a query that is read bit by bit
     * is one statement, and takes as long as the client reads.
     */
    Mono<Void> unhurried() {
        return database.sql("SET LOCAL statement_timeout = 0").then();
    }

    /**
     * What the download consists of: versions never change nor go, so their number tells one state from another, and the last
     * change of a work tells what has been repealed or prolonged since.
     */
    Mono<String> state() {
        return database.sql("""
                SELECT (SELECT id FROM corpus) || '-' || count(*) || '-'
                       || coalesce((SELECT max(changed_tx) FROM work), 0) AS state
                  FROM version
                """).map(row -> required(row, "state", String.class)).one();
    }

    /** The current version of each document; a row is read from the database when one is asked for. */
    Flux<BulkDocument> all() {
        return database.sql("""
                SELECT DISTINCT ON (v.work_id) v.work_id, v.version, v.number, v.title, v.organs, v.addressees, v.issued,
                       v.in_force, v.valid_until, v.trial, v.topic, v.source_kind, v.recorded_at,
                       p.since AS repeal_since, p.name AS repeal_by, x.until AS extended_until, x.name AS extended_by,
                       '[' || coalesce((SELECT string_agg(json_build_object('key', a.key, 'number', a.number,
                                                   'label', a.label, 'heading', a.heading, 'text', a.body)::text, ','
                                                   ORDER BY a.seq)
                                          FROM article a
                                         WHERE a.version_id = v.id), '') || ']' AS articles
                  FROM version v
                  LEFT JOIN LATERAL (SELECT since, name
                                       FROM repeal
                                      WHERE target = v.work_id
                                      ORDER BY since NULLS FIRST, name
                                      LIMIT 1) p ON true
                  LEFT JOIN LATERAL (SELECT until, name
                                       FROM extension
                                      WHERE target = v.work_id
                                      ORDER BY until DESC NULLS FIRST, name
                                      LIMIT 1) x ON true
                 WHERE v.version > 0
                 ORDER BY v.work_id, (v.source_kind = 'official') DESC, v.version DESC
                """).filter(statement -> statement.fetchSize(ROWS_AT_A_TIME)).map(AllDocuments::document).all();
    }

    private static BulkDocument document(Readable row) {
        UUID id = required(row, "work_id", UUID.class);
        String number = row.get("number", String.class);
        return new BulkDocument(id, required(row, "version", Integer.class), number,
                required(row, "title", String.class), Arrays.asList(required(row, "organs", String[].class)),
                row.get("addressees", String.class), row.get("issued", LocalDate.class),
                row.get("in_force", LocalDate.class), row.get("valid_until", LocalDate.class),
                required(row, "trial", Boolean.class), row.get("repeal_by", String.class),
                row.get("repeal_since", LocalDate.class), row.get("extended_by", String.class),
                row.get("extended_until", LocalDate.class), row.get("topic", String.class),
                SourceKind.of(required(row, "source_kind", String.class)),
                required(row, "recorded_at", OffsetDateTime.class), Permalinks.document(number, id),
                required(row, "articles", String.class));
    }

    private static <T> T required(Readable row, String column, Class<T> type) {
        return Objects.requireNonNull(row.get(column, type), column);
    }
}
