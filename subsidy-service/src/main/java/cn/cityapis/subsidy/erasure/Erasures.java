package cn.cityapis.subsidy.erasure;

import cn.cityapis.platform.web.PageRequest;
import cn.cityapis.subsidy.Cursors;
import cn.cityapis.subsidy.application.ApplicationState;
import io.r2dbc.spi.Readable;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.Parameter;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** What stands against erasing, and the record of it. */
@Component
class Erasures {

    private static final String COLUMNS = """
            SELECT e.id, e.ground, e.reason, e.erased_at, e.erased_org,
                   array(SELECT a.id FROM application a WHERE a.erasure_id = e.id ORDER BY a.id) AS applications
              FROM erasure e
            """;

    private final DatabaseClient database;
    private final Clock clock;

    Erasures(DatabaseClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** All that is there by now of the person of these applications, which the caller holds. */
    Mono<List<Round>> rounds(List<UUID> applications) {
        return database.sql("""
                SELECT a.id, a.state, a.updated_at,
                       EXISTS (SELECT 1 FROM payment_item i
                                WHERE i.application_id = a.id AND i.state IN ('pending', 'failed', 'held')) AS orders_open,
                       coalesce((SELECT sum(k.amount_fen - (SELECT coalesce(sum(r.amount_fen), 0) FROM repayment r
                                                             WHERE r.clawback_id = k.id)
                                                         - (SELECT coalesce(sum(s.amount_fen), 0)
                                                              FROM clawback_settlement s WHERE s.clawback_id = k.id))
                                   FROM clawback k WHERE k.application_id = a.id), 0) > 0 AS owes,
                       a.state = 'public-notice' AND EXISTS (SELECT 1 FROM objection o
                                WHERE o.application_id = a.id AND o.decision IS NULL) AS objection_open,
                       EXISTS (SELECT 1 FROM application_deadline d
                                WHERE d.application_id = a.id AND d.met_at IS NULL AND d.closed_at IS NULL
                                  AND d.missed_at IS NULL) AS period_runs,
                       (SELECT max(coalesce(i.settled_at, i.created_at)) FROM payment_item i
                         WHERE i.application_id = a.id) AS ordered_at
                  FROM application a
                 WHERE a.erasure_id IS NULL AND (a.id = ANY(:applications) OR a.id_number_index IN (
                       SELECT p.id_number_index FROM application p WHERE p.id = ANY(:applications)))
                 ORDER BY a.id
                """)
                .bind("applications", applications.toArray(UUID[]::new))
                .map(row -> new Round(row.get("id", UUID.class), ApplicationState.of(row.get("state", String.class)),
                        row.get("orders_open", Boolean.class), row.get("owes", Boolean.class),
                        row.get("objection_open", Boolean.class), row.get("period_runs", Boolean.class),
                        day(row.get("updated_at", OffsetDateTime.class)), orderedOn(row)))
                .all()
                .collectList();
    }

    private @Nullable LocalDate orderedOn(Readable row) {
        OffsetDateTime ordered = row.get("ordered_at", OffsetDateTime.class);
        return ordered == null ? null : day(ordered);
    }

    private LocalDate day(OffsetDateTime at) {
        return LocalDate.ofInstant(at.toInstant(), clock.getZone());
    }

    /** Whose last application ended before a day, one of each person, in order of id. */
    Mono<List<UUID>> endedBefore(LocalDate day, @Nullable UUID after, int rows) {
        return database.sql("""
                SELECT a.id FROM application a
                 WHERE a.erasure_id IS NULL AND a.state IN ('ended', 'clawed-back', 'rejected', 'withdrawn')
                   AND a.updated_at < :before AND (:after::uuid IS NULL OR a.id > :after::uuid)
                   AND NOT EXISTS (SELECT 1 FROM application o WHERE o.id_number_index = a.id_number_index
                                      AND o.id > a.id AND o.erasure_id IS NULL)
                 ORDER BY a.id LIMIT :rows
                """)
                .bind("after", Parameter.fromOrEmpty(after, UUID.class))
                .bind("before", day.atStartOfDay(clock.getZone()).toOffsetDateTime())
                .bind("rows", rows)
                .mapValue(UUID.class)
                .all()
                .collectList();
    }

    Mono<Void> insert(Erasure erasure, String by) {
        return database.sql("""
                INSERT INTO erasure (id, ground, reason, erased_at, erased_by, erased_org)
                VALUES (:id, :ground, :reason, :at, :by, :org)
                """)
                .bind("id", erasure.id())
                .bind("ground", erasure.ground().code())
                .bind("reason", erasure.reason())
                .bind("at", erasure.erasedAt())
                .bind("by", by)
                .bind("org", Parameter.fromOrEmpty(erasure.erasedOrg(), String.class))
                .then();
    }

    /** In order of id, which is that of time. */
    Mono<List<Erasure>> page(PageRequest page) {
        return database.sql(COLUMNS + " WHERE e.id > :after ORDER BY e.id LIMIT :limit")
                .bind("after", Cursors.idAfter(page))
                .bind("limit", page.rowsToRead())
                .map(Erasures::read)
                .all()
                .collectList();
    }

    private static Erasure read(Readable row) {
        return new Erasure(row.get("id", UUID.class), Erasure.Ground.of(row.get("ground", String.class)),
                row.get("reason", String.class), Arrays.asList(row.get("applications", UUID[].class)),
                row.get("erased_at", Instant.class), row.get("erased_org", String.class));
    }
}
