package cn.cityapis.eldercare.application;

import cn.cityapis.platform.jobs.JobLock;
import cn.cityapis.platform.notices.Notice;
import cn.cityapis.platform.notices.Notices;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.security.Caller;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Ends drafts and incomplete applications with which nobody has gone on for the period that the operator has set; one a
 * transaction. Those of before this period was kept get it, from today on.
 */
@Component
class EndUnfinished {

    private static final Caller AUTOMATIC = Caller.system("end-unfinished");
    private static final int AT_ONCE = 100;

    private final PassingDeadlines passing;
    private final Deadlines deadlines;
    private final Applications applications;
    private final Decisions decisions;
    private final Notices notices;
    private final JobLock lock;
    private final TransactionalOperator transaction;
    private final Clock clock;

    EndUnfinished(PassingDeadlines passing, Deadlines deadlines, Applications applications, Decisions decisions,
            Notices notices, JobLock lock, TransactionalOperator transaction, Clock clock) {
        this.passing = passing;
        this.deadlines = deadlines;
        this.applications = applications;
        this.decisions = decisions;
        this.notices = notices;
        this.lock = lock;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Scheduled(fixedDelayString = "${eldercare.jobs.unfinished-every:PT10M}")
    Mono<Void> end() {
        return lock.run("eldercare.end-unfinished", () -> sweep().thenReturn(true)).then();
    }

    /** All of them, page by page. */
    Mono<Void> sweep() {
        return each(null, after -> passing.unfinishedWithout(after, AT_ONCE), deadlines::touched)
                .then(each(null, after -> passing.unfinishedPast(LocalDate.now(clock), after, AT_ONCE), this::expire));
    }

    private interface Page {
        Mono<List<UUID>> after(@Nullable UUID id);
    }

    private interface Step {
        Mono<Void> of(Application application);
    }

    private Mono<Void> each(@Nullable UUID after, Page page, Step step) {
        return page.after(after).flatMap(found -> Flux.fromIterable(found)
                .concatMap(id -> applications.lock(id)
                        .filter(application -> application.state().name().isUnfinished())
                        .flatMap(step::of)
                        .as(transaction::transactional)
                        // erased meanwhile
                        .onErrorResume(ProblemException.class, gone -> Mono.empty()))
                .then(found.size() < AT_ONCE ? Mono.empty() : each(found.getLast(), page, step)));
    }

    /** Whoever went on with it before it was held has moved the day. */
    private Mono<Void> expire(Application application) {
        return deadlines.of(application.id())
                .flatMapIterable(found -> found)
                .filter(each -> each.kind() == DeadlineKind.HAND_IN && each.metAt() == null && each.closedAt() == null
                        && each.by().enforceable(clock.instant()))
                .next()
                .flatMap(over -> expire(application, over.by().lastDay()));
    }

    private Mono<Void> expire(Application application, LocalDate lastDay) {
        Command command = new Command.Expire(clock.instant());
        return decisions.commit(application, application, command, Decisions.require(application, command),
                "至 " + lastDay + " 未提交齐全的申请，本次申请终止，可重新提出（期限由市民政部门设定，办法未写明）", AUTOMATIC)
                .flatMap(stored -> notices.send(new Notice(stored.owner(), "round-ended",
                        "申请长期未提交齐全，已终止；可重新提出申请", "applications/" + stored.id())));
    }
}
