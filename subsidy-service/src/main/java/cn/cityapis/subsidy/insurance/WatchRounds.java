package cn.cityapis.subsidy.insurance;

import cn.cityapis.platform.events.Outbox;
import cn.cityapis.platform.jobs.JobLock;
import cn.cityapis.platform.notices.Notice;
import cn.cityapis.platform.notices.Notices;
import cn.cityapis.platform.time.WorkingCalendar;
import cn.cityapis.subsidy.SubsidySettings;
import cn.cityapis.subsidy.period.WarnRules;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Warns once of each period of the yearly round that ends soon, and records once that it has passed. Nothing is
 * forfeited: 第十一条 names no consequence. A provisional last day is warned of, but never missed.
 */
@Component
class WatchRounds {

    private final RoundPeriods periods;
    private final SubsidySettings settings;
    private final WorkingCalendar calendar;
    private final Notices notices;
    private final Outbox outbox;
    private final JobLock lock;
    private final TransactionalOperator transaction;
    private final Clock clock;
    private final int warnWorkingDays;

    WatchRounds(RoundPeriods periods, SubsidySettings settings, WorkingCalendar calendar, Notices notices,
            Outbox outbox, JobLock lock, TransactionalOperator transaction, Clock clock,
            @Value("${subsidy.process.warn-working-days}") int warnWorkingDays) {
        this.periods = periods;
        this.settings = settings;
        this.calendar = calendar;
        this.notices = notices;
        this.outbox = outbox;
        this.lock = lock;
        this.transaction = transaction;
        this.clock = clock;
        this.warnWorkingDays = warnWorkingDays;
    }

    @Scheduled(fixedDelayString = "${subsidy.jobs.every:PT2S}")
    Mono<Void> run() {
        return lock.run("subsidy.watch-rounds", () -> sweep().thenReturn(true)).then();
    }

    Mono<Void> sweep() {
        return periods.running().flatMapMany(Flux::fromIterable).concatMap(this::look).then();
    }

    private Mono<Void> look(RoundPeriods.Period period) {
        LocalDate today = LocalDate.now(clock);
        if (period.by().enforceable(clock.instant())) {
            return once(periods.missed(period), missed(period));
        }
        boolean soon = !today.isBefore(WarnRules.warnOn(period.by(), warnWorkingDays, calendar))
                && !today.isAfter(period.by().lastDay());
        return period.warned() || !soon ? Mono.empty() : once(periods.warned(period), warned(period));
    }

    private Mono<Void> once(Mono<Boolean> marked, Mono<Void> told) {
        return marked.filter(first -> first).flatMap(first -> told).as(transaction::transactional);
    }

    private Mono<Void> warned(RoundPeriods.Period period) {
        return tell(period, period.org(), "deadline-soon", "的期限为 " + period.by().lastDay() + "，请及时办理");
    }

    private Mono<Void> missed(RoundPeriods.Period period) {
        String text = "已超过 " + period.by().lastDay() + " 的期限，已记入逾期";
        return tell(period, period.org(), "deadline-missed", text)
                .then(Mono.defer(() -> tell(period, settings.cityCode(), "deadline-missed", text)))
                .then(Mono.defer(() -> outbox.publish("subsidy.deadline.missed", period.about(),
                        Map.of("insuranceId", period.id(), "kind", period.kind().name().toLowerCase(
                                java.util.Locale.ROOT).replace('_', '-')))));
    }

    private Mono<Void> tell(RoundPeriods.Period period, String whom, String kind, String text) {
        return notices.send(new Notice(whom, kind,
                period.year() + " 年度高层次人才保险保费补贴" + period.kind().title() + text, period.about()));
    }
}
