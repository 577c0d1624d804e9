package cn.cityapis.policy.search;

import java.util.List;
import java.util.Objects;
import java.util.UUID;

import cn.cityapis.policy.document.Documents;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** What has changed in the corpus, in the order of the transactions that changed it. */
@Repository
class Changes {

    /**
     * A place in the order of changes. All transactions before it are finished and were seen; a later one may still commit.
     *
     * @param corpus which database this is a place of
     */
    record Position(UUID corpus, long transaction) {
    }

    private final DatabaseClient database;
    private final Documents documents;

    Changes(DatabaseClient database, Documents documents) {
        this.database = database;
        this.documents = documents;
    }

    /** To be asked before reading, and gone on from after it. */
    Mono<Position> now() {
        return database.sql("""
                SELECT id, pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS xmin FROM corpus
                """).map(row -> new Position(Objects.requireNonNull(row.get("id", UUID.class)),
                Objects.requireNonNull(row.get("xmin", Long.class)))).one();
    }

    /** The works changed since a transaction, that one included. */
    Mono<List<UUID>> since(long transaction) {
        return database.sql("SELECT id FROM work WHERE changed_tx >= :from ORDER BY changed_tx, id")
                .bind("from", transaction)
                .map(row -> Objects.requireNonNull(row.get("id", UUID.class))).all().collectList();
    }

    /** The current versions of some works, with their articles. */
    Mono<List<IndexedDocument>> read(List<UUID> works) {
        return documents.current(works)
                .flatMap(found -> documents.articles(found.stream().map(one -> one.versionId()).toList())
                        .map(articles -> found.stream()
                                .map(one -> new IndexedDocument(one, articles.getOrDefault(one.versionId(), List.of())))
                                .toList()));
    }
}
