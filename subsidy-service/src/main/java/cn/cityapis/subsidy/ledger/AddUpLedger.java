package cn.cityapis.subsidy.ledger;

import cn.cityapis.platform.jobs.JobLock;
import cn.cityapis.platform.notices.Notice;
import cn.cityapis.platform.notices.Notices;
import cn.cityapis.subsidy.SubsidySettings;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/**
 * Adds the whole ledger up each night, and whenever somebody has asked for it, on one replica. One that is cut off begins
 * anew. A ledger that does not add up is told to the city's office, and shown to Prometheus by each replica.
 */
@Component
class AddUpLedger {

    private static final Logger log = LoggerFactory.getLogger(AddUpLedger.class);

    private final CheckRecords checks;
    private final LedgerReport report;
    private final Notices notices;
    private final SubsidySettings settings;
    private final JobLock lock;
    private final TransactionalOperator transaction;
    private final Clock clock;
    private final LocalTime nightly;
    private final Duration longest;
    private volatile Optional<CheckRecords.LedgerCheck> last = Optional.empty();

    AddUpLedger(CheckRecords checks, LedgerReport report, Notices notices, SubsidySettings settings, JobLock lock,
            TransactionalOperator transaction, Clock clock, MeterRegistry metrics,
            @Value("${subsidy.ledger.check-at}") LocalTime nightly,
            @Value("${subsidy.ledger.check-takes-at-most}") Duration longest) {
        this.checks = checks;
        this.report = report;
        this.notices = notices;
        this.settings = settings;
        this.lock = lock;
        this.transaction = transaction;
        this.clock = clock;
        this.nightly = nightly;
        this.longest = longest;
        Gauge.builder("subsidy.ledger.differences", this, AddUpLedger::differences)
                .description("What did not add up when the ledger was checked last").register(metrics);
        Gauge.builder("subsidy.ledger.checked", this, AddUpLedger::checkedAt).baseUnit("seconds")
                .description("When the ledger was checked last, since 1970; 0: never").register(metrics);
    }

    @Scheduled(fixedDelayString = "${subsidy.jobs.every:PT2S}")
    Mono<Void> run() {
        return lock.run("subsidy.add-up-ledger", () -> sweep().thenReturn(true))
                .then(Mono.defer(checks::newestEnded))
                .doOnNext(found -> last = Optional.of(found)).then();
    }

    Mono<Void> sweep() {
        return Mono.defer(() -> checks.askOnce(lastNight(), clock.instant()))
                .then(Mono.defer(checks::running))
                .flatMap(asked -> report.check(longest).flatMap(result -> ended(asked, result)))
                .then();
    }

    /** When the last nightly check was due. */
    private Instant lastNight() {
        ZonedDateTime now = ZonedDateTime.now(clock);
        ZonedDateTime tonight = now.with(nightly);
        return (tonight.isAfter(now) ? tonight.minusDays(1) : tonight).toInstant();
    }

    private Mono<Boolean> ended(CheckRecords.LedgerCheck asked, LedgerReport.Check result) {
        if (!result.consistent()) {
            log.error("The ledger does not add up: {}", result);
        }
        return checks.ended(asked.id(), result, clock.instant())
                .flatMap(first -> first && !result.consistent()
                        ? notices.send(new Notice(settings.cityCode(), "ledger-off", "台账核对不符，请立即核查",
                                "ledger/checks/" + asked.id())).thenReturn(first)
                        : Mono.just(first))
                .as(transaction::transactional);
    }

    private double differences() {
        return last.map(CheckRecords.LedgerCheck::result).map(LedgerReport.Check::differences).orElse(0L);
    }

    private double checkedAt() {
        return last.map(CheckRecords.LedgerCheck::endedAt).map(ended -> ended.toEpochSecond()).orElse(0L);
    }
}
