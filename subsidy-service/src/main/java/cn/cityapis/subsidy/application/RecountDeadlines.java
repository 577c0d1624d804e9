package cn.cityapis.subsidy.application;

import cn.cityapis.platform.audit.Audit;
import cn.cityapis.platform.jobs.JobLock;
import cn.cityapis.platform.notices.Notice;
import cn.cityapis.platform.notices.Notices;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.time.Deadline;
import cn.cityapis.platform.time.WorkingCalendar;
import cn.cityapis.subsidy.catalogue.SchemeCatalogue;
import cn.cityapis.subsidy.period.WarnRules;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Once a year's calendar has been loaded, the periods that reached into it are counted again, each in a transaction of its
 * own: until then nothing is missed or closed on them, so that they would never end.
 */
@Component
class RecountDeadlines {

    private static final Caller AUTOMATIC = Caller.system("recount-deadlines");
    private static final int AT_ONCE = 100;
    private static final UUID FIRST = new UUID(0, 0);

    private final DatabaseClient database;
    private final ApplicationReader reader;
    private final SchemeCatalogue catalogue;
    private final ProcessSettings process;
    private final Notices notices;
    private final Audit audit;
    private final JobLock lock;
    private final TransactionalOperator transaction;
    private final WorkingCalendar calendar;
    private final Clock clock;

    RecountDeadlines(DatabaseClient database, ApplicationReader reader, SchemeCatalogue catalogue,
            ProcessSettings process, Notices notices, Audit audit, JobLock lock, TransactionalOperator transaction,
            WorkingCalendar calendar, Clock clock) {
        this.database = database;
        this.reader = reader;
        this.catalogue = catalogue;
        this.process = process;
        this.notices = notices;
        this.audit = audit;
        this.lock = lock;
        this.transaction = transaction;
        this.calendar = calendar;
        this.clock = clock;
    }

    private record Unsure(UUID id, UUID application, DeadlineKind kind, LocalDate started, LocalDate lastDay) {
    }

    @Scheduled(fixedDelayString = "${subsidy.jobs.recount-every:PT10M}")
    Mono<Void> run() {
        return lock.run("subsidy.recount-deadlines", () -> sweep().thenReturn(true)).then();
    }

    /** All of them, page by page. */
    Mono<Void> sweep() {
        return page(FIRST);
    }

    private Mono<Void> page(UUID after) {
        return unsure(after).flatMap(found -> Flux.fromIterable(found)
                .concatMap(each -> anew(each).as(transaction::transactional))
                .then(Mono.defer(() -> found.size() < AT_ONCE ? Mono.empty() : page(found.getLast().id()))));
    }

    private Mono<List<Unsure>> unsure(UUID after) {
        return database.sql("""
                SELECT id, application_id, kind, started_at, last_day FROM application_deadline
                 WHERE provisional AND met_at IS NULL AND closed_at IS NULL AND last_day <= :announced AND id > :after
                 ORDER BY id LIMIT :rows
                """)
                .bind("announced", calendar.lastKnown())
                .bind("after", after)
                .bind("rows", AT_ONCE)
                .map(row -> new Unsure(row.get("id", UUID.class), row.get("application_id", UUID.class),
                        DeadlineKind.of(row.get("kind", String.class)),
                        row.get("started_at", OffsetDateTime.class).atZoneSameInstant(clock.getZone()).toLocalDate(),
                        row.get("last_day", LocalDate.class)))
                .all()
                .collectList();
    }

    private Mono<Void> anew(Unsure unsure) {
        return reader.lock(unsure.application()).flatMap(application -> {
            Integer ofScheme = catalogue.find(application.scheme(), application.schemeVersion()).orElseThrow().scheme()
                    .process().firstReviewWorkingDays();
            Deadline by = DeadlineRules.end(unsure.kind(), unsure.started(), ofScheme, process, calendar);
            return move(unsure, by)
                    .filter(moved -> moved)
                    .flatMap(moved -> shown(application, unsure.kind(), by).then(tell(application, unsure, by)));
        });
    }

    /** False if it has ended meanwhile. Warned of anew if the day of the warning is still to come. */
    private Mono<Boolean> move(Unsure unsure, Deadline by) {
        return database.sql("""
                UPDATE application_deadline
                   SET last_day = :last, provisional = :provisional, warn_on = :warn,
                       warned_at = CASE WHEN :warn <= :today THEN warned_at END
                 WHERE id = :id AND provisional AND met_at IS NULL AND closed_at IS NULL
                """)
                .bind("last", by.lastDay())
                .bind("provisional", by.provisional())
                .bind("warn", WarnRules.warnOn(by, process.warnWorkingDays(), calendar))
                .bind("today", LocalDate.now(clock))
                .bind("id", unsure.id())
                .fetch()
                .rowsUpdated()
                .map(rows -> rows == 1);
    }

    /** The application itself shows the period of its first review. */
    private Mono<Void> shown(Application application, DeadlineKind kind, Deadline by) {
        return kind != DeadlineKind.FIRST_REVIEW
                ? Mono.empty()
                : database.sql("""
                        UPDATE application SET review_due = :last, review_provisional = :provisional, version = version + 1
                         WHERE id = :id AND review_due IS NOT NULL
                        """)
                        .bind("last", by.lastDay())
                        .bind("provisional", by.provisional())
                        .bind("id", application.id())
                        .then();
    }

    private Mono<Void> tell(Application application, Unsure unsure, Deadline by) {
        return audit.record(AUTOMATIC, "deadline.recount", "application", application.id().toString(),
                Map.of("kind", unsure.kind().code(), "from", unsure.lastDay().toString(), "to",
                        by.lastDay().toString()))
                .then(notices.send(new Notice(application.owner(), "deadline-recounted",
                        unsure.kind().title() + "的期限按公布的放假安排确定为 " + by.lastDay(),
                        "applications/" + application.id())));
    }
}
