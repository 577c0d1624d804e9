package cn.cityapis.subsidy.insurance;

import cn.cityapis.platform.ids.Ids;
import cn.cityapis.platform.start.StartTask;
import cn.cityapis.platform.time.WorkingCalendar;
import cn.cityapis.subsidy.SubsidySettings;
import cn.cityapis.subsidy.catalogue.SchemeCatalogue;
import cn.cityapis.subsidy.csv.Csv;
import cn.cityapis.subsidy.ledger.AccountKey.Budget;
import cn.cityapis.subsidy.ledger.Booking;
import cn.cityapis.subsidy.ledger.Cause;
import cn.cityapis.subsidy.ledger.Ledger;
import cn.cityapis.subsidy.money.Fen;
import cn.cityapis.subsidy.scheme.Funding.Party;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A made-up round of the year of the clock, with money and a filing that waits for the district; written once. */
@Component
@Order(3)
@ConditionalOnProperty("demo.data")
class InsuranceDemo implements StartTask {

    private static final String BY = "demo";
    private static final String AREA = "371002";
    private static final String SCHEME = "talent-insurance-rd";
    private static final Fen BUDGET = new Fen(100_000_000);
    private final Rounds rounds;
    private final Filings filings;
    private final Papers papers;
    private final Ledger ledger;
    private final SchemeCatalogue catalogue;
    private final SubsidySettings settings;
    private final WorkingCalendar calendar;
    private final TransactionalOperator transaction;
    private final Ids ids;
    private final Clock clock;

    InsuranceDemo(Rounds rounds, Filings filings, Papers papers, Ledger ledger, SchemeCatalogue catalogue,
            SubsidySettings settings, WorkingCalendar calendar, TransactionalOperator transaction, Ids ids,
            Clock clock) {
        this.rounds = rounds;
        this.filings = filings;
        this.papers = papers;
        this.ledger = ledger;
        this.catalogue = catalogue;
        this.settings = settings;
        this.calendar = calendar;
        this.transaction = transaction;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public Mono<Void> run() {
        LocalDate opens = LocalDate.of(LocalDate.now(clock).getYear(), 9, 1);
        return rounds.all().filter(List::isEmpty).flatMap(none -> rounds.figures(opens))
                .flatMap(figures -> round(opens, figures)).as(transaction::transactional);
    }

    private Mono<Void> round(LocalDate opens, FilingRules.Figures figures) {
        LocalDate closes = opens.plusDays(29);
        Filing.Round round = new Filing.Round(ids.next(), opens.getYear(), "demo-insurer-1", "演示财产保险公司", 60, opens,
                closes, calendar.workingDaysAfter(closes, figures.filingWorkingDays()), "3700000000000000001", false);
        UUID id = ids.next();
        return rounds.insert(round, BY)
                .then(Mono.defer(() -> budget(round.year(), Party.CITY, settings.cityCode())))
                .then(Mono.defer(() -> budget(round.year(), Party.DISTRICT, AREA)))
                .then(Mono.defer(() -> filings.insert(id, round.id(), AREA)))
                .thenMany(Flux.fromIterable(Arrays.asList(Filing.PaperKind.values())))
                .concatMap(kind -> papers.insert(id, kind, "application/pdf",
                        "%PDF-1.4 demo".getBytes(StandardCharsets.US_ASCII), BY))
                .then(Mono.defer(() -> filings.get(id)))
                .flatMap(filing -> filings.replaceRows(filing, rows(round)).then(Mono.defer(() -> filings.move(filing,
                        FilingRules.State.FILED,
                        new Filings.Change(OffsetDateTime.now(clock), null, null, null, null, null)))));
    }

    private Mono<UUID> budget(int year, Party party, String area) {
        return ledger.book(Booking.appropriation(new Budget(SCHEME, year, party, area), BUDGET), Cause.NONE, "演示预算",
                BY);
    }

    private List<TableRules.Row> rows(Filing.Round round) {
        String table = String.join(",", TableRules.HEAD) + "\n" + String.join(",", "rd", "演示丁",
                "370101198501010015", "演示科技公司", "DEMO-1", round.opens().plusDays(2).toString(), "100000", "3000000",
                "2023", "municipal", "是", "是", "是", "是", "否", "0", "0");
        TableRules.Table read = TableRules.read(Csv.read(table),
                kind -> kind.equals("rd") ? catalogue.find(SCHEME) : Optional.empty(), round.opens(), round.closes());
        if (!read.wrong().isEmpty()) {
            throw new IllegalStateException("The demo table is refused: " + read.wrong());
        }
        return read.rows();
    }
}
