package cn.cityapis.eldercare.application;

import cn.cityapis.eldercare.application.DeadlineRules.Due;
import cn.cityapis.eldercare.rulebook.RuleBooks;
import cn.cityapis.platform.ids.Ids;
import cn.cityapis.platform.time.Deadline;
import cn.cityapis.platform.time.WorkingCalendar;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.Parameter;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The periods of the rule, stored as they start; they follow the states, so that no step can forget one. */
@Repository
public class Deadlines {

    private final DatabaseClient database;
    private final RuleBooks books;
    private final WorkingCalendar calendar;
    private final Ids ids;
    private final Clock clock;

    Deadlines(DatabaseClient database, RuleBooks books, WorkingCalendar calendar, Ids ids, Clock clock) {
        this.database = database;
        this.books = books;
        this.calendar = calendar;
        this.ids = ids;
        this.clock = clock;
    }

    /** One period and what became of it. */
    record Running(DeadlineKind kind, Deadline by, @Nullable Instant warnedAt, @Nullable Instant metAt,
            @Nullable Instant missedAt, @Nullable Instant closedAt) {
    }

    /** Settles what no longer runs and starts what newly does, in the transaction of the step. */
    Mono<Void> follow(Application before, Application after, Command.Name command) {
        List<Due> ran = DeadlineRules.running(before);
        List<Due> runs = DeadlineRules.running(after);
        return Flux.fromIterable(ran)
                .filter(due -> runs.stream().noneMatch(due::sameAs))
                .concatMap(due -> settle(after.id(), due.kind(), DeadlineRules.settlement(due.kind(), command)))
                .thenMany(Flux.fromIterable(runs).filter(due -> ran.stream().noneMatch(due::sameAs)))
                .concatMap(due -> start(after, due, null))
                .then(handIn(before, after, command))
                .then(before.state().name().isLive() && !after.state().name().isLive()
                        ? settle(after.id(), DeadlineKind.CHANGE_REVIEW, DeadlineRules.Settlement.CLOSED)
                        : Mono.empty());
    }

    private Mono<Void> handIn(Application before, Application after, Command.Name command) {
        if (after.state().name().isUnfinished()) {
            return touched(after);
        }
        return before.state().name().isUnfinished()
                ? settle(after.id(), DeadlineKind.HAND_IN, DeadlineRules.settlement(DeadlineKind.HAND_IN, command))
                : Mono.empty();
    }

    /** Somebody goes on with a draft or an incomplete application: its period is counted from today, and never shortened. */
    Mono<Void> touched(Application application) {
        return books.of(application.ruleBookId(), application.handedInOn()).flatMap(book -> {
            LocalDate last = LocalDate.now(clock).plusDays(book.options().unfinishedDays());
            return database.sql("""
                    insert into deadline as d (id, application_id, kind, bound, started_at, last_day, provisional, warn_on)
                    values (:id, :application, 'HAND_IN', 'APPLICANT', :now, :last, false, :warn)
                    on conflict (application_id, kind) where met_at is null and closed_at is null
                    do update set last_day = excluded.last_day, warn_on = excluded.warn_on, warned_at = null
                    where d.last_day < excluded.last_day
                    """)
                    .bind("id", ids.next())
                    .bind("application", application.id())
                    .bind("now", clock.instant())
                    .bind("last", last)
                    .bind("warn", DeadlineRules.warnOn(new Deadline(last, false), book.options().warnWorkingDays(),
                            calendar))
                    .then();
        });
    }

    /** 第十四条: the home has to judge what was reported, which changes no state. */
    Mono<Void> started(Application application, DeadlineKind kind, Deadline by) {
        return start(application, new Due(kind, by, null, application.reviewHome()), null);
    }

    Mono<Void> met(Application application, DeadlineKind kind) {
        return settle(application.id(), kind, DeadlineRules.Settlement.MET);
    }

    /** A period of which it is known at once when it was met: the result of an assessment (第十八条). */
    public Mono<Void> startedAndMet(Application application, DeadlineKind kind, Deadline by,
            @Nullable String agencyOrg) {
        return start(application, new Due(kind, by, agencyOrg, application.reviewHome()), clock.instant());
    }

    /**
     * Met, and counted from the day that it turned out to begin with: a booked date only lets expect when the result of an
     * assessment is due (第十八条). The period is the one that ran last, and stays one.
     */
    public Mono<Void> metAsOf(Application application, DeadlineKind kind, Deadline by) {
        return database.sql("""
                update deadline
                set last_day = :last, warn_on = least(warn_on, :last), provisional = :provisional, met_at = :now, closed_at = null,
                    missed_at = case when :late then coalesce(missed_at, :now::timestamptz) end
                where id = (select id from deadline where application_id = :application and kind = :kind
                            order by started_at desc, id desc limit 1)
                """)
                .bind("last", by.lastDay())
                .bind("provisional", by.provisional())
                .bind("now", clock.instant())
                .bind("late", by.enforceable(clock.instant()))
                .bind("application", application.id())
                .bind("kind", kind.name())
                .then();
    }

    /** What runs first, then what has ended; how it was handed in comes last. */
    Mono<List<Running>> of(UUID application) {
        return database.sql("""
                select kind, last_day, provisional, warned_at, met_at, missed_at, closed_at
                from deadline where application_id = :id
                order by kind = 'HAND_IN' and coalesce(met_at, closed_at) is not null,
                         coalesce(met_at, closed_at) nulls first, last_day, id
                """)
                .bind("id", application)
                .map(row -> new Running(DeadlineKind.valueOf(row.get("kind", String.class)),
                        new Deadline(row.get("last_day", LocalDate.class), row.get("provisional", Boolean.class)),
                        row.get("warned_at", Instant.class), row.get("met_at", Instant.class),
                        row.get("missed_at", Instant.class), row.get("closed_at", Instant.class)))
                .all()
                .collectList();
    }

    private Mono<Void> settle(UUID application, DeadlineKind kind, DeadlineRules.Settlement how) {
        return database.sql("""
                update deadline
                set met_at = case when :how = 'MET' then :now::timestamptz end,
                    closed_at = case when :how <> 'MET' then :now::timestamptz end,
                    missed_at = case when :how = 'MISSED' or (:how = 'MET' and last_day < :today and not provisional)
                        then coalesce(missed_at, :now::timestamptz) else missed_at end
                where application_id = :application and kind = :kind and met_at is null and closed_at is null
                """)
                .bind("application", application)
                .bind("kind", kind.name())
                .bind("how", how.name())
                .bind("now", clock.instant())
                .bind("today", LocalDate.now(clock))
                .then();
    }

    private Mono<Void> start(Application application, Due due, @Nullable Instant metAt) {
        boolean late = metAt != null && due.by().enforceable(metAt);
        return books.of(application.ruleBookId(), application.handedInOn()).flatMap(book -> database.sql("""
                insert into deadline (id, application_id, home_id, kind, bound, bound_org, started_at, last_day,
                                      provisional, warn_on, met_at, missed_at)
                select :id, :application, :home, :kind, :bound,
                       coalesce(:agency::text, (select org from home where id = :home::uuid and :bound = 'HOME')),
                       :now, :last, :provisional, :warn, :met, :missed
                """)
                .bind("id", ids.next())
                .bind("application", application.id())
                .bind("home", Parameter.fromOrEmpty(due.homeId(), UUID.class))
                .bind("kind", due.kind().name())
                .bind("bound", due.kind().bound().name())
                .bind("agency", Parameter.fromOrEmpty(due.agencyOrg(), String.class))
                .bind("now", clock.instant())
                .bind("last", due.by().lastDay())
                .bind("provisional", due.by().provisional())
                .bind("warn", DeadlineRules.warnOn(due.by(), book.options().warnWorkingDays(), calendar))
                .bind("met", Parameter.fromOrEmpty(metAt, Instant.class))
                .bind("missed", Parameter.fromOrEmpty(late ? metAt : null, Instant.class))
                .then());
    }
}
