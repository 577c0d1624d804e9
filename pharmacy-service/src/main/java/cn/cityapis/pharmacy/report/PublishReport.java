package cn.cityapis.pharmacy.report;

import cn.cityapis.platform.audit.Audit;
import cn.cityapis.platform.events.Outbox;
import cn.cityapis.platform.ids.Ids;
import cn.cityapis.platform.problem.Violations;
import cn.cityapis.platform.security.Caller;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Adds a quarter up and publishes it: from then on it stays as it is. */
@Component
class PublishReport {

    private final QuarterSums sums;
    private final QuarterlyReports reports;
    private final Audit audit;
    private final Outbox outbox;
    private final Ids ids;
    private final Clock clock;

    PublishReport(QuarterSums sums, QuarterlyReports reports, Audit audit, Outbox outbox, Ids ids, Clock clock) {
        this.sums = sums;
        this.reports = reports;
        this.audit = audit;
        this.outbox = outbox;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * What is refused is refused before the wait for others who publish the quarter. The sums are made after it: a later
     * edition is never of an earlier state.
     *
     * @param reason why it is published again; not needed for the first edition
     */
    Mono<QuarterlyReport> publish(Caller caller, Quarter quarter, @Nullable String reason) {
        UUID id = ids.next();
        return checked(quarter, reason)
                .then(Mono.defer(() -> reports.lock(quarter)))
                .then(Mono.defer(() -> checked(quarter, reason)))
                .flatMap(editions -> sums.of(quarter)
                        .map(figures -> new QuarterlyReport(id, quarter.toString(), editions + 1,
                                reason == null ? "首次发布" : reason, OffsetDateTime.now(clock), figures)))
                .flatMap(report -> reports.insert(report, caller.subject())
                        .then(audit.record(caller, "report.published", "quarterly-report", id.toString(),
                                Map.of("quarter", quarter.toString(), "edition", report.edition())))
                        .then(outbox.publish("pharmacy.quarterly-report.published", "quarterly-reports/" + id,
                                Map.of("reportId", id, "quarter", quarter.toString())))
                        .thenReturn(report));
    }

    private Mono<Integer> checked(Quarter quarter, @Nullable String reason) {
        return reports.editions(quarter).doOnNext(editions -> check(quarter, editions, reason));
    }

    private void check(Quarter quarter, int editions, @Nullable String reason) {
        Violations wrong = new Violations();
        if (!quarter.hasEnded(LocalDate.now(clock))) {
            wrong.add("/quarter", "out-of-range", "这个季度还没有结束");
        }
        if (editions > 0 && reason == null) {
            wrong.add("/reason", "missing", "这个季度已经发布过；再次发布请说明更正的原因");
        }
        wrong.throwIfAny();
    }
}
