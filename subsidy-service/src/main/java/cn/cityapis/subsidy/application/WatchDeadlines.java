package cn.cityapis.subsidy.application;

import cn.cityapis.platform.events.Outbox;
import cn.cityapis.platform.jobs.JobLock;
import cn.cityapis.platform.notices.Notice;
import cn.cityapis.platform.notices.Notices;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Warns once of each period that ends soon, and acts when it has passed: an office's duty is recorded as missed and told,
 * an applicant's right is closed, an application that was not supplemented counts as withdrawn.
 */
@Component
class WatchDeadlines {

    private static final int AT_ONCE = 100;
    private final Deadlines deadlines;
    private final ApplicationReader reader;
    private final Applications applications;
    private final Notices notices;
    private final Outbox outbox;
    private final JobLock lock;
    private final TransactionalOperator transaction;
    private final Clock clock;

    WatchDeadlines(Deadlines deadlines, ApplicationReader reader, Applications applications, Notices notices,
            Outbox outbox, JobLock lock, TransactionalOperator transaction, Clock clock) {
        this.deadlines = deadlines;
        this.reader = reader;
        this.applications = applications;
        this.notices = notices;
        this.outbox = outbox;
        this.lock = lock;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Scheduled(fixedDelayString = "${subsidy.jobs.every:PT2S}")
    Mono<Void> run() {
        return lock.run("subsidy.watch-deadlines", () -> sweep().thenReturn(true)).then();
    }

    /** Safe in any number of processes at once: each takes rows that no other holds, and marks them with its notices. */
    Mono<Void> sweep() {
        LocalDate today = LocalDate.now(clock);
        return each(deadlines.warnOf(today, AT_ONCE), this::warned)
                .then(Mono.defer(() -> each(deadlines.passed(today, AT_ONCE), this::passed)))
                .then(Mono.defer(() -> deadlines.unsupplemented(today, AT_ONCE)
                        .flatMapMany(Flux::fromIterable).concatMap(this::lapse).then()));
    }

    private Mono<Void> each(Mono<List<Deadlines.Found>> sweep, Function<Deadlines.Found, Mono<Void>> step) {
        return sweep.flatMap(found -> Flux.fromIterable(found).concatMap(step).then()).as(transaction::transactional);
    }

    private Mono<Void> warned(Deadlines.Found found) {
        return tell(bound(found), "deadline-soon", found.kind().title() + "的期限为 " + found.lastDay() + "，请及时办理",
                found.application());
    }

    private Mono<Void> passed(Deadlines.Found found) {
        if (found.kind().bound() == DeadlineKind.Bound.APPLICANT) {
            return tell(found.owner(), "deadline-closed",
                    found.kind().title() + "的期限已于 " + found.lastDay() + " 届满", found.application());
        }
        String text = found.kind().title() + "已超过 " + found.lastDay() + " 的期限";
        return tell(bound(found), "deadline-missed", text + "，已记入逾期", found.application())
                .then(tell(found.owner(), "deadline-missed", text + "，经办单位已被提醒", found.application()))
                .then(outbox.publish("subsidy.deadline.missed", "applications/" + found.application(),
                        Map.of("applicationId", found.application(), "kind", found.kind().code())));
    }

    private Mono<Void> lapse(UUID application) {
        return reader.lock(application)
                .flatMap(it -> Mono
                        .justOrEmpty(ApplicationRules.after(it.state(), new ApplicationStep.LapseSupplement()))
                        .flatMap(next -> applications.move(it, next, null)
                                .then(Mono.defer(() -> tell(it.owner(), "application-lapsed",
                                        "逾期未补正，申请视为撤回；可以重新申请", application)))
                                .then(Mono.defer(() -> outbox.publish("subsidy.application.lapsed",
                                        "applications/" + application,
                                        Map.of("applicationId", application, "state", next.code()))))))
                .as(transaction::transactional);
    }

    private static String bound(Deadlines.Found found) {
        String org = found.boundOrg();
        return org == null ? found.owner() : org;
    }

    private Mono<Void> tell(String recipient, String kind, String text, UUID application) {
        return notices.send(new Notice(recipient, kind, text, "applications/" + application));
    }
}
