package cn.cityapis.pharmacy.report;

import cn.cityapis.platform.ids.Ids;
import cn.cityapis.platform.start.StartTask;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * The report of a quarter of the made-up trade, so that there is one to look at: the one before the last that has ended,
 * which is left to be published. It says of itself that it is made up.
 */
@Component
@ConditionalOnProperty("demo.data")
class DemoReport implements StartTask {

    private final QuarterSums sums;
    private final QuarterlyReports reports;
    private final Ids ids;
    private final Clock clock;

    DemoReport(QuarterSums sums, QuarterlyReports reports, Ids ids, Clock clock) {
        this.sums = sums;
        this.reports = reports;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public Mono<Void> run() {
        return reports.list().hasElements().filter(any -> !any)
                .flatMap(none -> publish(Quarter.of(LocalDate.now(clock)).before().before()));
    }

    private Mono<Void> publish(Quarter quarter) {
        return sums.of(quarter)
                .filter(figures -> figures.demo() && figures.packs() > 0)
                .flatMap(figures -> reports.insert(new QuarterlyReport(ids.next(), quarter.toString(), 1,
                        "演示数据，虚构", OffsetDateTime.now(clock), figures), "demo"));
    }
}
