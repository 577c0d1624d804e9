package cn.cityapis.subsidy.insurance;

import cn.cityapis.platform.audit.Audit;
import cn.cityapis.platform.jobs.JobLock;
import cn.cityapis.platform.notices.Notice;
import cn.cityapis.platform.notices.Notices;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.time.Deadline;
import cn.cityapis.platform.time.WorkingCalendar;
import cn.cityapis.subsidy.period.WarnRules;
import java.time.LocalDate;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Once a year's calendar has been loaded, the periods of the yearly round (第十一条) that reached into it are counted again,
 * each in a transaction of its own: nothing is late on a provisional day, so that they would never be.
 */
@Component
class RecountRounds {

    private static final Caller AUTOMATIC = Caller.system("recount-rounds");

    private final RoundPeriods periods;
    private final Rounds rounds;
    private final Notices notices;
    private final Audit audit;
    private final JobLock lock;
    private final TransactionalOperator transaction;
    private final WorkingCalendar calendar;
    private final int warnWorkingDays;

    RecountRounds(RoundPeriods periods, Rounds rounds, Notices notices, Audit audit, JobLock lock,
            TransactionalOperator transaction, WorkingCalendar calendar,
            @Value("${subsidy.process.warn-working-days}") int warnWorkingDays) {
        this.periods = periods;
        this.rounds = rounds;
        this.notices = notices;
        this.audit = audit;
        this.lock = lock;
        this.transaction = transaction;
        this.calendar = calendar;
        this.warnWorkingDays = warnWorkingDays;
    }

    @Scheduled(fixedDelayString = "${subsidy.jobs.recount-every:PT10M}")
    Mono<Void> run() {
        return lock.run("subsidy.recount-rounds", () -> sweep().thenReturn(true)).then();
    }

    Mono<Void> sweep() {
        return periods.running().flatMapMany(Flux::fromIterable)
                .filter(period -> period.by().provisional() && !period.by().lastDay().isAfter(calendar.lastKnown()))
                .concatMap(period -> anew(period).as(transaction::transactional))
                .then();
    }

    private Mono<Void> anew(RoundPeriods.Period period) {
        LocalDate begun = period.begun();
        return begun == null
                ? Mono.empty()
                : rounds.figures(period.opens()).flatMap(figures -> {
                    Deadline by = calendar.workingDaysAfter(begun, switch (period.kind()) {
                        case FILING -> figures.filingWorkingDays();
                        case DISTRICT_REVIEW -> figures.preliminaryWorkingDays();
                    });
                    return periods.recounted(period, by, WarnRules.warnOn(by, warnWorkingDays, calendar))
                            .filter(moved -> moved)
                            .flatMap(moved -> tell(period, by));
                });
    }

    private Mono<Void> tell(RoundPeriods.Period period, Deadline by) {
        return audit.record(AUTOMATIC, "insurance-recount", period.resource(), period.id().toString(),
                Map.of("from", period.by().lastDay().toString(), "to", by.lastDay().toString()))
                .then(notices.send(new Notice(period.org(), "deadline-recounted", period.year()
                        + " 年度高层次人才保险保费补贴" + period.kind().title() + "的期限按公布的放假安排确定为 " + by.lastDay(),
                        period.about())));
    }
}
