package cn.cityapis.eldercare.application;

import cn.cityapis.eldercare.rulebook.RuleBook;
import cn.cityapis.eldercare.rulebook.RuleBooks;
import cn.cityapis.platform.audit.Audit;
import cn.cityapis.platform.jobs.JobLock;
import cn.cityapis.platform.notices.Notice;
import cn.cityapis.platform.notices.Notices;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.time.Deadline;
import cn.cityapis.platform.time.WorkingCalendar;
import java.time.Clock;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Once a year's calendar has been loaded, the periods that reached into it are counted again: in the state, in the offer
 * and as stored, one application after the other, each in a transaction of its own, with an entry in the audit.
 */
@Component
class RecomputeDeadlines {

    private static final Caller AUTOMATIC = Caller.system("recompute-deadlines");
    private static final int AT_ONCE = 100;

    private final PassingDeadlines deadlines;
    private final Applications applications;
    private final ApplicantBeds beds;
    private final RuleBooks books;
    private final Notices notices;
    private final Audit audit;
    private final JobLock lock;
    private final TransactionalOperator transaction;
    private final WorkingCalendar calendar;
    private final Clock clock;

    RecomputeDeadlines(PassingDeadlines deadlines, Applications applications, ApplicantBeds beds, RuleBooks books,
            Notices notices, Audit audit, JobLock lock, TransactionalOperator transaction, WorkingCalendar calendar,
            Clock clock) {
        this.deadlines = deadlines;
        this.applications = applications;
        this.beds = beds;
        this.books = books;
        this.notices = notices;
        this.audit = audit;
        this.lock = lock;
        this.transaction = transaction;
        this.calendar = calendar;
        this.clock = clock;
    }

    @Scheduled(fixedDelayString = "${eldercare.jobs.recompute-every:PT10M}")
    Mono<Void> recompute() {
        return lock.run("eldercare.recompute-deadlines", () -> sweep().thenReturn(true)).then();
    }

    /** All of them, page by page. */
    Mono<Void> sweep() {
        return from(null, lastAnnouncedDay());
    }

    private Mono<Void> from(@Nullable UUID after, LocalDate announced) {
        return deadlines.provisionalUntil(announced, after, AT_ONCE).flatMap(found -> Flux.fromIterable(found)
                .concatMap(id -> application(id).as(transaction::transactional))
                .then(found.size() < AT_ONCE ? Mono.empty() : from(found.getLast(), announced)));
    }

    private LocalDate lastAnnouncedDay() {
        LocalDate day = LocalDate.now(clock).withMonth(12).withDayOfMonth(31);
        while (calendar.isKnown(day.plusYears(1))) {
            day = day.plusYears(1);
        }
        return calendar.isKnown(day) ? day : day.minusYears(1);
    }

    private Mono<Void> application(UUID id) {
        return applications.lock(id).flatMap(application -> deadlines.provisionalOf(id)
                .zipWith(books.of(application.ruleBookId(), application.handedInOn()))
                .flatMap(found -> recount(application, found.getT1(), found.getT2())));
    }

    private Mono<Void> recount(Application application, List<PassingDeadlines.Provisional> found, RuleBook book) {
        Map<PassingDeadlines.Provisional, Deadline> changed = new LinkedHashMap<>();
        ApplicationState state = application.state();
        for (PassingDeadlines.Provisional each : found) {
            Deadline by = anew(each, application, book);
            if (!by.equals(new Deadline(each.lastDay(), true))) {
                changed.put(each, by);
                state = ProvisionalRules.with(state, each.kind(), by);
            }
        }
        return changed.isEmpty() ? Mono.empty() : store(application, state, changed, book);
    }

    private Mono<Void> store(Application application, ApplicationState state,
            Map<PassingDeadlines.Provisional, Deadline> changed, RuleBook book) {
        return applications.update(application.with(state))
                .thenMany(Flux.fromIterable(changed.entrySet()))
                .concatMap(each -> move(application, each.getKey(), each.getValue(), book))
                .then();
    }

    private Deadline anew(PassingDeadlines.Provisional each, Application application, RuleBook book) {
        return ProvisionalRules.anew(each.kind(), application.state(),
                LocalDate.ofInstant(each.startedAt(), clock.getZone()), book.options(), calendar);
    }

    private Mono<Void> move(Application application, PassingDeadlines.Provisional each, Deadline by, RuleBook book) {
        return deadlines.move(each.id(), by, DeadlineRules.warnOn(by, book.options().warnWorkingDays(), calendar))
                .then(each.kind() == DeadlineKind.MOVE_IN ? beds.moveInBy(application.id(), by) : Mono.empty())
                .then(audit.record(AUTOMATIC, "deadline.recompute", "application", application.id().toString(),
                        Map.of("kind", each.kind(), "from", each.lastDay().toString(), "to",
                                by.lastDay().toString())))
                .then(notices.send(new Notice(application.owner(), "deadline-recomputed",
                        each.kind().title() + "的期限按公布的放假安排重新计算，为 " + by.lastDay(),
                        "applications/" + application.id())));
    }
}
