package cn.cityapis.policy.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import cn.cityapis.policy.document.Documents;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/** What has changed in the corpus, in the order of the transactions that changed it. */
@Repository
class Changes {

    private static final Logger LOG = LoggerFactory.getLogger(Changes.class);
    private static final String FOREIGN = """
            (SELECT max(changed_tx) FROM work) >= pg_snapshot_xmax(pg_current_snapshot())::text::bigint
            """;

    /**
     * A place in the order of changes. All transactions before it are finished and were seen; a later one may still commit.
     *
     * @param corpus      which database this is a place of
     * @param lastVersion the last version before it; null where there is none
     */
    record Position(UUID corpus, long transaction, @Nullable UUID lastVersion) {

        Position(UUID corpus, long transaction) {
            this(corpus, transaction, null);
        }
    }

    private final DatabaseClient database;
    private final TransactionalOperator transaction;
    private final Documents documents;

    Changes(DatabaseClient database, TransactionalOperator transaction, Documents documents) {
        this.database = database;
        this.transaction = transaction;
        this.documents = documents;
    }

    /** To be asked before reading, and gone on from after it. */
    Mono<Position> now() {
        return here().flatMap(here -> here.foreign() ? renumber().then(here()) : Mono.just(here)).map(Here::position);
    }

    private record Here(Position position, boolean foreign) {
    }

    private Mono<Here> here() {
        return database.sql("""
                SELECT corpus.id, seen, %s AS foreign_numbers,
                       (SELECT id FROM version WHERE recorded_tx < seen ORDER BY recorded_tx DESC, id DESC LIMIT 1) AS last
                  FROM corpus, (SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS seen) AS snapshot
                """.formatted(FOREIGN))
                .map(row -> new Here(new Position(id(row), Objects.requireNonNull(row.get("seen", Long.class)),
                        row.get("last", UUID.class)), Boolean.TRUE.equals(row.get("foreign_numbers", Boolean.class))))
                .one();
    }

    /**
     * A dump brings numbers of transactions along that this server has not given out yet, and what changes next would be
     * lost among them: the old ones become nought, and the corpus another one, so that all read models begin anew.
     */
    private Mono<Void> renumber() {
        return database.sql("SELECT id FROM corpus WHERE " + FOREIGN + " FOR UPDATE").map(Changes::id).one()
                .doOnNext(
                        old -> LOG.warn("corpus {} was restored on another server: its changes are numbered anew", old))
                .flatMap(old -> database.sql("UPDATE work SET changed_tx = 0").then()
                        .then(database.sql("UPDATE version SET recorded_tx = 0").then())
                        .then(database.sql("UPDATE corpus SET id = gen_random_uuid()").then()))
                .as(transaction::transactional);
    }

    /** Whether the database still has the history that led to a place: it was not restored to an earlier one. */
    Mono<Boolean> leadTo(Position place) {
        return database.sql("""
                SELECT (SELECT id FROM version WHERE recorded_tx < :transaction ORDER BY recorded_tx DESC, id DESC LIMIT 1)
                       IS NOT DISTINCT FROM :last::uuid AS same
                """).bind("transaction", place.transaction())
                .bind("last", place.lastVersion() == null ? Parameters.in(UUID.class) : place.lastVersion())
                .map(row -> Boolean.TRUE.equals(row.get("same", Boolean.class))).one();
    }

    /** The works changed since a transaction, that one included. */
    Mono<List<UUID>> since(long from) {
        return database.sql("SELECT id FROM work WHERE changed_tx >= :from ORDER BY changed_tx, id")
                .bind("from", from).map(Changes::id).all().collectList();
    }

    /** The current versions of some works, with their articles; without any, those of which every version was withdrawn. */
    Mono<List<IndexedDocument>> read(List<UUID> works) {
        return held(works).zipWith(documents.withdrawn(works), (held, withdrawn) -> {
            List<IndexedDocument> all = new ArrayList<>(held);
            withdrawn.forEach(work -> all.add(IndexedDocument.gone(work)));
            return all;
        });
    }

    private Mono<List<IndexedDocument>> held(List<UUID> works) {
        return documents.current(works)
                .flatMap(found -> documents.articles(found.stream().map(one -> one.versionId()).toList())
                        .map(articles -> found.stream()
                                .map(one -> new IndexedDocument(one, articles.getOrDefault(one.versionId(), List.of())))
                                .toList()));
    }

    private static UUID id(Readable row) {
        return Objects.requireNonNull(row.get("id", UUID.class));
    }
}
