package cn.cityapis.pharmacy.green;

import cn.cityapis.platform.audit.Audit;
import cn.cityapis.platform.jobs.JobLock;
import cn.cityapis.platform.notices.Notice;
import cn.cityapis.platform.notices.Notices;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.time.Deadline;
import cn.cityapis.platform.time.WorkingCalendar;
import java.util.Map;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/**
 * Once a year's calendar has been loaded, the days that the office has for a step and that reached into it are counted
 * again: nothing is late on a provisional day, so that the step would never be.
 */
@Component
class RecountOfficeDays {

    private static final Caller AUTOMATIC = Caller.system("recount-office-days");

    private final GreenApplications applications;
    private final Notices notices;
    private final Audit audit;
    private final JobLock lock;
    private final TransactionalOperator transaction;
    private final WorkingCalendar calendar;

    RecountOfficeDays(GreenApplications applications, Notices notices, Audit audit, JobLock lock,
            TransactionalOperator transaction, WorkingCalendar calendar) {
        this.applications = applications;
        this.notices = notices;
        this.audit = audit;
        this.lock = lock;
        this.transaction = transaction;
        this.calendar = calendar;
    }

    @Scheduled(fixedDelayString = "${pharmacy.jobs.recount-every:PT10M}", initialDelayString = "${pharmacy.jobs.first:PT1M}")
    Mono<Void> recount() {
        return lock.run("pharmacy.recount-office-days", () -> sweep().thenReturn(true)).then();
    }

    /** All that are under way: a maker has few, and a city has few makers. */
    Mono<Void> sweep() {
        return applications.terms()
                .flatMap(terms -> applications.unsure(calendar.lastKnown())
                        .concatMap(unsure -> anew(unsure, calendar.workingDaysAfter(unsure.begun(),
                                GreenRules.workingDays(terms, unsure.state(), unsure.begun()))))
                        .then())
                .as(transaction::transactional);
    }

    private Mono<Void> anew(GreenApplications.Unsure unsure, Deadline due) {
        return applications.recounted(unsure.id(), due)
                .then(audit.record(AUTOMATIC, "green-channel.recount", "green-application", unsure.id().toString(),
                        Map.of("from", unsure.due().toString(), "to", due.lastDay().toString())))
                .then(notices.send(new Notice(unsure.maker(), "green-channel-recounted",
                        "绿色通道申请的办理期限按公布的放假安排确定为 " + due.lastDay(),
                        "green-channel-applications/" + unsure.id())));
    }
}
