package cn.cityapis.subsidy.application;

import cn.cityapis.platform.audit.Audit;
import cn.cityapis.platform.jobs.JobLock;
import cn.cityapis.platform.notices.Notice;
import cn.cityapis.platform.notices.Notices;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.time.Deadline;
import cn.cityapis.platform.time.WorkingCalendar;
import java.util.Map;
import java.util.UUID;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Once a year's calendar has been loaded, the ends of public notices that reached into it are counted again, each in a
 * transaction of its own: a notice with a provisional end goes on, for who wants to object relies on the day.
 */
@Component
class RecountNotices {

    private static final Caller AUTOMATIC = Caller.system("recount-notices");
    private static final int AT_ONCE = 100;
    private static final UUID FIRST = new UUID(0, 0);

    private final Applications applications;
    private final ApplicationReader reader;
    private final Notices notices;
    private final Audit audit;
    private final JobLock lock;
    private final TransactionalOperator transaction;
    private final WorkingCalendar calendar;

    RecountNotices(Applications applications, ApplicationReader reader, Notices notices, Audit audit, JobLock lock,
            TransactionalOperator transaction, WorkingCalendar calendar) {
        this.applications = applications;
        this.reader = reader;
        this.notices = notices;
        this.audit = audit;
        this.lock = lock;
        this.transaction = transaction;
        this.calendar = calendar;
    }

    @Scheduled(fixedDelayString = "${subsidy.jobs.recount-every:PT10M}")
    Mono<Void> run() {
        return lock.run("subsidy.recount-notices", () -> sweep().thenReturn(true)).then();
    }

    /** All of them, page by page. */
    Mono<Void> sweep() {
        return page(FIRST);
    }

    private Mono<Void> page(UUID after) {
        return applications.noticesToRecount(calendar.lastKnown(), after, AT_ONCE)
                .flatMap(found -> Flux.fromIterable(found)
                        .concatMap(id -> anew(id).as(transaction::transactional))
                        .then(Mono.defer(() -> found.size() < AT_ONCE ? Mono.empty() : page(found.getLast()))));
    }

    private Mono<Void> anew(UUID id) {
        return reader.lock(id).flatMap(application -> {
            NoticePeriod before = application.notice();
            if (application.state() != ApplicationState.PUBLIC_NOTICE || before == null
                    || !before.ends().provisional()) {
                return Mono.empty();
            }
            NoticePeriod after = before.anew(calendar);
            return applications.changeNotice(application, after)
                    .then(Mono.defer(() -> tell(application, before.ends(), after.ends())));
        });
    }

    private Mono<Void> tell(Application application, Deadline before, Deadline after) {
        return audit.record(AUTOMATIC, "notice.recount", "application", application.id().toString(),
                Map.of("from", before.lastDay().toString(), "to", after.lastDay().toString()))
                .then(notices.send(new Notice(application.owner(), "notice-recounted",
                        "公示截止日按公布的放假安排确定为 " + after.lastDay(), "applications/" + application.id())));
    }
}
