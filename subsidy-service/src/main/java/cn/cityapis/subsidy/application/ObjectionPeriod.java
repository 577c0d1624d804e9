package cn.cityapis.subsidy.application;

import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.time.WorkingCalendar;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Objects;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** The office's period to answer objections, and what an answer does to the notice. In the caller's transaction. */
@Component
public class ObjectionPeriod {

    private final DatabaseClient database;
    private final Applications applications;
    private final Deadlines deadlines;
    private final ChangeState change;
    private final WorkingCalendar calendar;
    private final Clock clock;

    ObjectionPeriod(DatabaseClient database, Applications applications, Deadlines deadlines, ChangeState change,
            WorkingCalendar calendar, Clock clock) {
        this.database = database;
        this.applications = applications;
        this.deadlines = deadlines;
        this.change = change;
        this.calendar = calendar;
        this.clock = clock;
    }

    public Mono<Void> started(Application application, Caller by) {
        return deadlines.start(application, DeadlineKind.OBJECTION)
                .then(Mono.defer(() -> change.tell(application, application.state(), "objected", "您的申请在公示期间收到异议，正在核实",
                        by, Map.of())));
    }

    /** The last open objection is answered: the period is met; the notice ends as it would have. */
    public Mono<Void> answered(Application application, Caller by) {
        return applications.touch(application)
                .then(Mono.defer(() -> settleIfNoneIsOpen(application)))
                .then(Mono.defer(() -> change.tell(application, application.state(), "objection-dismissed",
                        "公示异议经核实不成立", by, Map.of())));
    }

    /** From the end of the notice, or from today if that is past. */
    public Mono<Void> extended(Application application, int days, Caller by) {
        NoticePeriod notice = Objects.requireNonNull(application.notice()).extended(days, LocalDate.now(clock),
                calendar);
        LocalDate until = notice.ends().lastDay();
        return applications.changeNotice(application, notice)
                .then(Mono.defer(() -> settleIfNoneIsOpen(application)))
                .then(Mono.defer(() -> change.tell(application, application.state(), "notice-extended",
                        "公示延长至 " + until, by, Map.of("until", until))));
    }

    /** What was left of the notice when an objection was upheld. */
    Mono<NoticePeriod> rest(Application application) {
        LocalDate today = LocalDate.now(clock);
        return database.sql("""
                SELECT max(decided_at) AS upheld_at FROM objection WHERE application_id = :id AND decision = 'upheld'
                """)
                .bind("id", application.id()).mapValue(OffsetDateTime.class).one()
                .map(upheld -> Objects.requireNonNull(application.notice())
                        .rest(LocalDate.ofInstant(upheld.toInstant(), clock.getZone()), today, calendar));
    }

    /** The rejection fell: the objections that were still open are to be answered again. */
    Mono<Void> resumed(Application application) {
        return open(application).flatMap(open -> open == 0
                ? Mono.empty()
                : deadlines.start(application, DeadlineKind.OBJECTION));
    }

    private Mono<Void> settleIfNoneIsOpen(Application application) {
        return open(application).flatMap(open -> open > 0
                ? Mono.empty()
                : deadlines.settle(application.id(), DeadlineKind.OBJECTION));
    }

    private Mono<Long> open(Application application) {
        return database.sql("SELECT count(*) FROM objection WHERE application_id = :id AND decision IS NULL")
                .bind("id", application.id()).mapValue(Long.class).one();
    }
}
