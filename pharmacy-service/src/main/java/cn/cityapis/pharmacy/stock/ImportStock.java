package cn.cityapis.pharmacy.stock;

import cn.cityapis.pharmacy.catalogue.Drug;
import cn.cityapis.pharmacy.catalogue.Drugs;
import cn.cityapis.pharmacy.institution.Parties;
import cn.cityapis.pharmacy.institution.Pharmacies;
import cn.cityapis.pharmacy.monitor.PriceMonitor;
import cn.cityapis.pharmacy.table.BadLine;
import cn.cityapis.platform.audit.Audit;
import cn.cityapis.platform.security.Caller;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A head office's system sends a whole file: good lines are stored, bad ones are told. */
@Component
class ImportStock {

    /** Lines of one statement. */
    private static final int AT_ONCE = 4_000;
    /** Statements at a time: while the database stores one, prices of another are looked at. */
    private static final int SIDE_BY_SIDE = 2;
    /** More than these are only counted: nobody mends ten thousand lines by hand. */
    static final int MOST_TOLD = 10_000;

    private final Shelves shelves;
    private final Scarcity scarcity;
    private final Pharmacies pharmacies;
    private final Parties parties;
    private final Drugs drugs;
    private final PriceMonitor monitor;
    private final Audit audit;
    private final Clock clock;

    ImportStock(Shelves shelves, Scarcity scarcity, Pharmacies pharmacies, Parties parties, Drugs drugs,
            PriceMonitor monitor, Audit audit, Clock clock) {
        this.shelves = shelves;
        this.scarcity = scarcity;
        this.pharmacies = pharmacies;
        this.parties = parties;
        this.drugs = drugs;
        this.monitor = monitor;
        this.audit = audit;
        this.clock = clock;
    }

    /** What became of a file. */
    @Schema(name = "StockImportOutcome", description = "一个文件的处理结果")
    record Outcome(@Schema(description = "数据行数", example = "20000") int received,
            @Schema(description = "生效的行数", example = "19990") int applied,
            @Schema(description = "因已有更新的上报而未生效的行数", example = "7") int outdated,
            @Schema(description = "有问题、未采用的行数", example = "3") int badLines,
            @Schema(description = "生效的价格中，黄色的条数", example = "0") int yellow,
            @Schema(description = "生效的价格中，红色的条数", example = "1") int red,
            @Schema(description = "每一处问题，按行号；至多列出 10000 处") List<BadLine> errors) {
    }

    private record Sum(int applied, int yellow, int red) {

        Sum plus(Sum other) {
            return new Sum(applied + other.applied, yellow + other.yellow, red + other.red);
        }
    }

    /** @param pricesConfirmed suspicious prices were asked about and are meant */
    Mono<Outcome> take(Caller caller, StockFile file, boolean pricesConfirmed) {
        Set<UUID> stores = file.lines().stream().map(l -> l.report().storeId()).collect(Collectors.toSet());
        Set<UUID> medicines = file.lines().stream().map(l -> l.report().drugId()).collect(Collectors.toSet());
        return parties.seller(caller)
                .flatMap(seller -> pharmacies.own(seller, stores).collect(Collectors.toSet()))
                .flatMap(own -> drugs.findAll(medicines).collect(Collectors.toMap(Drug::drugId, Function.identity()))
                        .map(known -> new ReportRules.Known(own, known, clock.instant())))
                .flatMap(known -> store(caller, file, ReportRules.sort(file.lines(), known, pricesConfirmed),
                        known.drugs()));
    }

    private Mono<Outcome> store(Caller caller, StockFile file, ReportRules.Sorted sorted, Map<UUID, Drug> known) {
        return Flux.fromIterable(sorted.good())
                .buffer(AT_ONCE)
                .flatMap(part -> put(caller, part, known), SIDE_BY_SIDE)
                .reduce(new Sum(0, 0, 0), Sum::plus)
                .map(sum -> outcome(file, sorted, sum))
                .flatMap(outcome -> audit.record(caller, "stock.imported", "stock", String.valueOf(caller.org()),
                        Map.of("received", outcome.received(), "applied", outcome.applied(), "bad",
                                outcome.badLines(), "red", outcome.red()))
                        .thenReturn(outcome));
    }

    private Mono<Sum> put(Caller caller, List<ShelfReport> part, Map<UUID, Drug> known) {
        return shelves.put(part, caller.clientId())
                .collectList()
                .flatMap(applied -> monitor.look(applied.stream().map(Shelves.Put::reported).toList(), known)
                        .flatMap(seen -> scarcity.tell(applied)
                                .thenReturn(new Sum(applied.size(), seen.yellow(), seen.red()))));
    }

    private static Outcome outcome(StockFile file, ReportRules.Sorted sorted, Sum sum) {
        List<BadLine> bad = new ArrayList<>(file.bad());
        bad.addAll(sorted.bad());
        bad.sort(Comparator.comparing(BadLine::line).thenComparing(BadLine::column));
        int badLines = (int) bad.stream().mapToInt(BadLine::line).distinct().count();
        return new Outcome(file.received(), sum.applied(), file.received() - badLines - sum.applied(), badLines,
                sum.yellow(), sum.red(), List.copyOf(bad.subList(0, Math.min(MOST_TOLD, bad.size()))));
    }
}
