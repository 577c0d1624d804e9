package cn.cityapis.eldercare.application;

import cn.cityapis.platform.events.Outbox;
import cn.cityapis.platform.jobs.JobLock;
import cn.cityapis.platform.notices.Notice;
import cn.cityapis.platform.notices.Notices;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Map;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Warns once of each period that ends soon, and acts when it has passed: a duty of home or agency is recorded as missed
 * and told, a right of the applicant is closed (第十三条, 第十八条). Offers lapse in a job of their own (第二十四条).
 */
@Component
class WatchDeadlines {

    private static final int AT_ONCE = 100;

    private final PassingDeadlines deadlines;
    private final Notices notices;
    private final Outbox outbox;
    private final JobLock lock;
    private final TransactionalOperator transaction;
    private final Clock clock;

    WatchDeadlines(PassingDeadlines deadlines, Notices notices, Outbox outbox, JobLock lock,
            TransactionalOperator transaction,
            Clock clock) {
        this.deadlines = deadlines;
        this.notices = notices;
        this.outbox = outbox;
        this.lock = lock;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Scheduled(fixedDelayString = "${eldercare.jobs.deadlines-every:PT5S}")
    Mono<Void> watch() {
        return lock.run("eldercare.watch-deadlines", () -> sweep().thenReturn(true)).then();
    }

    /** Safe in any number of processes at once: each takes rows that no other holds, and marks them with its notices. */
    Mono<Void> sweep() {
        LocalDate today = LocalDate.now(clock);
        Mono<Void> warn = deadlines.warnOf(today, AT_ONCE)
                .flatMap(found -> Flux.fromIterable(found).concatMap(this::warned).then())
                .as(transaction::transactional);
        Mono<Void> pass = deadlines.passed(today, AT_ONCE)
                .flatMap(found -> Flux.fromIterable(found).concatMap(this::passed).then())
                .as(transaction::transactional);
        return warn.then(pass);
    }

    private Mono<Void> warned(PassingDeadlines.Found found) {
        return tell(bound(found), "deadline-soon", found.kind().title() + "的期限为 " + found.lastDay() + "，请及时办理", found);
    }

    private Mono<Void> passed(PassingDeadlines.Found found) {
        if (found.kind().bound() == DeadlineKind.Bound.APPLICANT) {
            return tell(found.owner(), "deadline-closed", found.kind().title() + "的期限已于 " + found.lastDay() + " 届满",
                    found);
        }
        String text = found.kind().title() + "已超过 " + found.lastDay() + " 的期限";
        String remedy = found.kind() == DeadlineKind.RECHECK ? "，可另选机构复核或撤回异议，也可" : "，可";
        return tell(bound(found), "deadline-missed", text + "，已记入逾期", found)
                .then(tell(found.owner(), "deadline-missed", text + remedy + "向区市民政部门反映", found))
                .then(outbox.publish("eldercare.deadline.missed", "deadlines/" + found.id(),
                        Map.of("applicationId", found.application(), "kind", found.kind())));
    }

    private static String bound(PassingDeadlines.Found found) {
        String org = found.boundOrg();
        return org == null ? found.owner() : org;
    }

    private Mono<Void> tell(String recipient, String kind, String text, PassingDeadlines.Found found) {
        return notices.send(new Notice(recipient, kind, text, "applications/" + found.application()));
    }
}
