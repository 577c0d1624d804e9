package cn.cityapis.eldercare.application;

import cn.cityapis.platform.time.Deadline;
import io.r2dbc.spi.Readable;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.Parameter;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** The periods that the jobs look for: those that end soon, have passed, or rest on a calendar that was not announced. */
@Repository
class PassingDeadlines {

    private final DatabaseClient database;
    private final Clock clock;

    PassingDeadlines(DatabaseClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** A period that the job has warned of, or found passed. */
    record Found(UUID id, UUID application, DeadlineKind kind, LocalDate lastDay, String owner,
            @Nullable String boundOrg) {
    }

    /** A running period whose last day may still move. */
    record Provisional(UUID id, DeadlineKind kind, Instant startedAt, LocalDate lastDay) {
    }

    /** Applications that have such a period, though its last day lies in a year that is announced; in order of id. */
    Mono<List<UUID>> provisionalUntil(LocalDate announced, @Nullable UUID after, int rows) {
        return database.sql("""
                select distinct application_id from deadline
                where provisional and met_at is null and closed_at is null and last_day <= :announced
                  and (:after::uuid is null or application_id > :after::uuid)
                order by application_id limit :rows
                """)
                .bind("announced", announced)
                .bind("after", Parameter.fromOrEmpty(after, UUID.class))
                .bind("rows", rows)
                .map(row -> row.get("application_id", UUID.class))
                .all()
                .collectList();
    }

    /** The caller holds the application. */
    Mono<List<Provisional>> provisionalOf(UUID application) {
        return database.sql("""
                select id, kind, started_at, last_day from deadline
                where application_id = :id and provisional and met_at is null and closed_at is null order by id
                """)
                .bind("id", application)
                .map(row -> new Provisional(row.get("id", UUID.class),
                        DeadlineKind.valueOf(row.get("kind", String.class)), row.get("started_at", Instant.class),
                        row.get("last_day", LocalDate.class)))
                .all()
                .collectList();
    }

    /** Warned of anew if the day of the warning is still to come. */
    Mono<Void> move(UUID id, Deadline by, LocalDate warnOn) {
        return database.sql("""
                update deadline set last_day = :last, provisional = :provisional, warn_on = :warn,
                                    warned_at = case when :warn <= :today then warned_at end
                where id = :id
                """)
                .bind("id", id)
                .bind("last", by.lastDay())
                .bind("provisional", by.provisional())
                .bind("warn", warnOn)
                .bind("today", LocalDate.now(clock))
                .then();
    }

    /** Marks those that end soon as warned of; whoever comes second skips the rows of the first. */
    Mono<List<Found>> warnOf(LocalDate today, int rows) {
        return sweep("""
                with found as (
                    select id from deadline
                    where met_at is null and closed_at is null and missed_at is null and warned_at is null
                      and warn_on <= :today and last_day >= :today
                    order by warn_on, id limit :rows for update skip locked)
                update deadline d set warned_at = :now
                from found, application a where d.id = found.id and a.id = d.application_id
                """, today, rows);
    }

    /** Marks those whose last day is certainly over; an applicant's right is closed, a duty is missed. */
    Mono<List<Found>> passed(LocalDate today, int rows) {
        return sweep("""
                with found as (
                    select id from deadline
                    where met_at is null and closed_at is null and missed_at is null and last_day < :today
                      and not provisional and kind not in ('MOVE_IN', 'HAND_IN')
                    order by last_day, id limit :rows for update skip locked)
                update deadline d
                set missed_at = case when d.bound <> 'APPLICANT' then :now::timestamptz end,
                    closed_at = case when d.bound = 'APPLICANT' then :now::timestamptz end
                from found, application a where d.id = found.id and a.id = d.application_id
                """, today, rows);
    }

    /** Drafts and incomplete applications of before their period was kept; in order of id. */
    Mono<List<UUID>> unfinishedWithout(@Nullable UUID after, int rows) {
        return database.sql("""
                select a.id from application a
                where a.live and a.state in ('DRAFT', 'INCOMPLETE') and (:after::uuid is null or a.id > :after::uuid)
                  and not exists (select 1 from deadline d where d.application_id = a.id and d.kind = 'HAND_IN'
                                    and d.met_at is null and d.closed_at is null)
                order by a.id limit :rows
                """)
                .bind("after", Parameter.fromOrEmpty(after, UUID.class))
                .bind("rows", rows)
                .mapValue(UUID.class)
                .all()
                .collectList();
    }

    /** Those that were not handed in complete by their last day; in order of id. */
    Mono<List<UUID>> unfinishedPast(LocalDate today, @Nullable UUID after, int rows) {
        return database.sql("""
                select application_id from deadline
                where kind = 'HAND_IN' and met_at is null and closed_at is null and missed_at is null
                  and warn_on <= :today and last_day < :today
                  and (:after::uuid is null or application_id > :after::uuid)
                order by application_id limit :rows
                """)
                .bind("today", today)
                .bind("after", Parameter.fromOrEmpty(after, UUID.class))
                .bind("rows", rows)
                .mapValue(UUID.class)
                .all()
                .collectList();
    }

    private Mono<List<Found>> sweep(String sql, LocalDate today, int rows) {
        return database.sql(sql + "returning d.id, d.application_id, d.kind, d.last_day, d.bound_org, a.owner_subject")
                .bind("today", today)
                .bind("rows", rows)
                .bind("now", clock.instant())
                .map(PassingDeadlines::found)
                .all()
                .collectList();
    }

    private static Found found(Readable row) {
        return new Found(row.get("id", UUID.class), row.get("application_id", UUID.class),
                DeadlineKind.valueOf(row.get("kind", String.class)), row.get("last_day", LocalDate.class),
                row.get("owner_subject", String.class), row.get("bound_org", String.class));
    }
}
