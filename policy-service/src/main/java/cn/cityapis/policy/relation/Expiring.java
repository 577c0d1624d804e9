package cn.cityapis.policy.relation;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import cn.cityapis.platform.web.PageRequest;
import cn.cityapis.policy.document.DocumentVersion;
import cn.cityapis.policy.document.Documents;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Documents that run out. */
@Repository
class Expiring {

    private static final LocalDate LATEST = LocalDate.of(9999, 12, 31);

    private final DatabaseClient database;
    private final Documents documents;

    Expiring(DatabaseClient database, Documents documents) {
        this.database = database;
        this.documents = documents;
    }

    /** Those whose last day lies between two days (both included) and that were not repealed before it; the earliest first. */
    Mono<List<DocumentVersion>> between(LocalDate from, LocalDate to, PageRequest page) {
        boolean first = page.isFirst();
        return database.sql("""
                SELECT v.work_id
                  FROM (SELECT id, work_id, valid_until AS last
                          FROM version
                         WHERE valid_until BETWEEN :from AND :to
                           AND NOT EXISTS (SELECT FROM extension x
                                            WHERE x.target = work_id AND coalesce(x.until > valid_until, true))
                         UNION ALL
                        SELECT v.id, v.work_id, x.until
                          FROM extension x JOIN version v ON v.work_id = x.target
                         WHERE x.until BETWEEN :from AND :to AND x.until > v.valid_until
                           AND NOT EXISTS (SELECT FROM extension f
                                            WHERE f.target = x.target AND coalesce(f.until > x.until, true))) AS v
                 WHERE (v.last, v.work_id) > (:day, :work)
                   AND v.id = (SELECT c.id FROM version c
                                WHERE c.work_id = v.work_id
                                ORDER BY (c.source_kind = 'official') DESC, c.version DESC
                                LIMIT 1)
                   AND NOT EXISTS (SELECT FROM repeal p
                                    WHERE p.target = v.work_id AND (p.since IS NULL OR p.since <= v.last))
                 GROUP BY v.last, v.work_id
                 ORDER BY v.last, v.work_id
                 LIMIT :rows
                """).bind("from", from).bind("to", to)
                .bind("day", first ? from.minusDays(1) : LocalDate.parse(page.after().get(0)))
                .bind("work", first ? new UUID(0, 0) : UUID.fromString(page.after().get(1)))
                .bind("rows", page.rowsToRead()).map(row -> Objects.requireNonNull(row.get("work_id", UUID.class)))
                .all().collectList().flatMap(documents::current).map(found -> found.stream()
                        .sorted(Comparator.comparing(Expiring::until).thenComparing(one -> one.id().toString()))
                        .toList());
    }

    static List<String> key(DocumentVersion document) {
        return List.of(until(document).toString(), document.id().toString());
    }

    private static LocalDate until(DocumentVersion document) {
        return Objects.requireNonNullElse(document.standing().until(), LATEST);
    }
}
