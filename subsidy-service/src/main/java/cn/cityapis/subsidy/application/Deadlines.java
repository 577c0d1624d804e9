package cn.cityapis.subsidy.application;

import cn.cityapis.platform.ids.Ids;
import cn.cityapis.platform.time.Deadline;
import cn.cityapis.platform.time.WorkingCalendar;
import cn.cityapis.subsidy.SubsidySettings;
import cn.cityapis.subsidy.catalogue.SchemeCatalogue;
import cn.cityapis.subsidy.period.WarnRules;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.r2dbc.spi.Readable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.Parameter;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** The periods, stored as they start; they follow the states, so that no step can forget one. */
@Component
class Deadlines {

    private final DatabaseClient database;
    private final SchemeCatalogue catalogue;
    private final SubsidySettings settings;
    private final ProcessSettings process;
    private final WorkingCalendar calendar;
    private final Ids ids;
    private final Clock clock;

    Deadlines(DatabaseClient database, SchemeCatalogue catalogue, SubsidySettings settings, ProcessSettings process,
            WorkingCalendar calendar, Ids ids, Clock clock) {
        this.database = database;
        this.catalogue = catalogue;
        this.settings = settings;
        this.process = process;
        this.calendar = calendar;
        this.ids = ids;
        this.clock = clock;
    }

    /** One period and what became of it. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "ApplicationDeadline", description = "一项期限及其结果")
    record Running(@Schema(description = "期限类别", example = "supplement") DeadlineKind kind,
            @Schema(description = "截止") Deadline by,
            @Schema(description = "提醒时间") @Nullable OffsetDateTime warnedAt,
            @Schema(description = "按期（或逾期后）办结时间") @Nullable OffsetDateTime metAt,
            @Schema(description = "经办单位逾期时间") @Nullable OffsetDateTime missedAt,
            @Schema(description = "期限终止时间") @Nullable OffsetDateTime closedAt) {
    }

    /** A period that the job has warned of, or found passed. */
    record Found(UUID id, UUID application, DeadlineKind kind, LocalDate lastDay, String owner,
            @Nullable String boundOrg) {
    }

    /** Settles what no longer runs and starts what newly does, in the transaction of the step. */
    Mono<Void> follow(Application before, ApplicationState next) {
        boolean appealed = before.reviews().stream().anyMatch(review -> review.level() == Review.Level.APPEAL)
                || before.state() == ApplicationState.APPEALED;
        return settle(before.id(), null)
                .then(Mono.defer(() -> Mono.justOrEmpty(DeadlineRules.runningIn(next, appealed))
                        .flatMap(kind -> start(before, kind))));
    }

    Mono<Void> start(Application application, DeadlineKind kind) {
        Integer ofScheme = catalogue.find(application.scheme(), application.schemeVersion()).orElseThrow().scheme()
                .process()
                .firstReviewWorkingDays();
        Deadline by = DeadlineRules.end(kind, LocalDate.now(clock), ofScheme, process, calendar);
        String org = switch (kind.bound()) {
            case APPLICANT -> null;
            case OFFICE -> kind == DeadlineKind.FIRST_REVIEW ? application.area() : settings.cityCode();
        };
        return database.sql("""
                INSERT INTO application_deadline (id, application_id, kind, bound, bound_org, started_at, last_day,
                       provisional, warn_on)
                VALUES (:id, :application, :kind, :bound, :org, :now, :last, :provisional, :warn)
                ON CONFLICT (application_id, kind) WHERE met_at IS NULL AND closed_at IS NULL DO NOTHING
                """)
                .bind("id", ids.next())
                .bind("application", application.id())
                .bind("kind", kind.code())
                .bind("bound", kind.bound().code())
                .bind("org", Parameter.fromOrEmpty(org, String.class))
                .bind("now", OffsetDateTime.now(clock))
                .bind("last", by.lastDay())
                .bind("provisional", by.provisional())
                .bind("warn", WarnRules.warnOn(by, process.warnWorkingDays(), calendar))
                .then();
    }

    /** @param kind null: all that run */
    Mono<Void> settle(UUID application, @Nullable DeadlineKind kind) {
        return database.sql("""
                UPDATE application_deadline
                   SET met_at = :now,
                       missed_at = CASE WHEN last_day < :today AND NOT provisional THEN coalesce(missed_at, :now::timestamptz)
                                        ELSE missed_at END
                 WHERE application_id = :application AND met_at IS NULL AND closed_at IS NULL
                   AND (:kind::text IS NULL OR kind = :kind)
                """)
                .bind("application", application)
                .bind("kind", Parameter.fromOrEmpty(kind == null ? null : kind.code(), String.class))
                .bind("now", OffsetDateTime.now(clock))
                .bind("today", LocalDate.now(clock))
                .then();
    }

    Mono<List<Running>> of(UUID application) {
        return database.sql("""
                SELECT kind, last_day, provisional, warned_at, met_at, missed_at, closed_at FROM application_deadline
                 WHERE application_id = :id ORDER BY started_at, id
                """)
                .bind("id", application)
                .map(row -> new Running(DeadlineKind.of(row.get("kind", String.class)),
                        new Deadline(row.get("last_day", LocalDate.class), row.get("provisional", Boolean.class)),
                        row.get("warned_at", OffsetDateTime.class), row.get("met_at", OffsetDateTime.class),
                        row.get("missed_at", OffsetDateTime.class), row.get("closed_at", OffsetDateTime.class)))
                .all()
                .collectList();
    }

    /** Marks those that end soon as warned of; whoever comes second skips the rows of the first. */
    Mono<List<Found>> warnOf(LocalDate today, int rows) {
        return sweep("""
                WITH found AS (
                    SELECT id FROM application_deadline
                     WHERE met_at IS NULL AND closed_at IS NULL AND missed_at IS NULL AND warned_at IS NULL
                       AND warn_on <= :today AND last_day >= :today
                     ORDER BY warn_on, id LIMIT :rows FOR UPDATE SKIP LOCKED)
                UPDATE application_deadline d SET warned_at = :now
                  FROM found, application a WHERE d.id = found.id AND a.id = d.application_id
                """, today, rows);
    }

    /** Marks those whose last day is certainly over: a right is closed, a duty is missed. A supplement ends otherwise. */
    Mono<List<Found>> passed(LocalDate today, int rows) {
        return sweep("""
                WITH found AS (
                    SELECT id FROM application_deadline
                     WHERE met_at IS NULL AND closed_at IS NULL AND missed_at IS NULL AND last_day < :today
                       AND NOT provisional AND kind <> 'supplement'
                     ORDER BY last_day, id LIMIT :rows FOR UPDATE SKIP LOCKED)
                UPDATE application_deadline d
                   SET missed_at = CASE WHEN d.bound = 'office' THEN :now::timestamptz END,
                       closed_at = CASE WHEN d.bound = 'applicant' THEN :now::timestamptz END
                  FROM found, application a WHERE d.id = found.id AND a.id = d.application_id
                """, today, rows);
    }

    /** Applications whose period to supplement is certainly over. */
    Mono<List<UUID>> unsupplemented(LocalDate today, int rows) {
        return database.sql("""
                SELECT application_id FROM application_deadline
                 WHERE kind = 'supplement' AND met_at IS NULL AND closed_at IS NULL AND last_day < :today AND NOT provisional
                 ORDER BY last_day, id LIMIT :rows
                """)
                .bind("today", today).bind("rows", rows).mapValue(UUID.class).all().collectList();
    }

    private Mono<List<Found>> sweep(String sql, LocalDate today, int rows) {
        return database
                .sql(sql + "RETURNING d.id, d.application_id, d.kind, d.last_day, d.bound_org, a.owner_subject")
                .bind("today", today)
                .bind("rows", rows)
                .bind("now", OffsetDateTime.now(clock))
                .map(Deadlines::found)
                .all()
                .collectList();
    }

    private static Found found(Readable row) {
        return new Found(row.get("id", UUID.class), row.get("application_id", UUID.class),
                DeadlineKind.of(row.get("kind", String.class)), row.get("last_day", LocalDate.class),
                row.get("owner_subject", String.class), row.get("bound_org", String.class));
    }
}
