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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A head office's system, or a place with an account of its own, reports what is there and what is asked for it: as a
 * batch, which is taken whole or not at all, or as a file, of which the good lines are taken and the bad ones told.
 */
@Component
class ReportStock {

    /** Reports of one statement. */
    private static final int AT_ONCE = 4_000;
    /** Statements at a time: while the database stores one, prices of another are looked at. */
    private static final int SIDE_BY_SIDE = 2;

    private final Shelves shelves;
    private final Scarcity scarcity;
    private final Pharmacies pharmacies;
    private final Parties parties;
    private final Drugs drugs;
    private final PriceMonitor monitor;
    private final Audit audit;
    private final Clock clock;

    ReportStock(Shelves shelves, Scarcity scarcity, Pharmacies pharmacies, Parties parties, Drugs drugs,
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

    /** What became of a batch. */
    @Schema(name = "StockReportOutcome", description = "一批上报的结果")
    record Outcome(@Schema(description = "收到的条数", example = "2") int received,
            @Schema(description = "生效的条数", example = "2") int applied,
            @Schema(description = "因已有更新的上报而未生效的条数", example = "0") int outdated,
            @Schema(description = "生效的价格中，黄色的条数", example = "0") int yellow,
            @Schema(description = "生效的价格中，红色的条数", example = "1") int red) {
    }

    /** What became of a file. */
    @Schema(name = "StockImportOutcome", description = "一个文件的处理结果")
    record FileOutcome(@Schema(description = "数据行数", example = "20000") int received,
            @Schema(description = "生效的行数", example = "19990") int applied,
            @Schema(description = "因已有更新的上报而未生效的行数", example = "7") int outdated,
            @Schema(description = "有问题、未采用的行数", example = "3") int badLines,
            @Schema(description = "生效的价格中，黄色的条数", example = "0") int yellow,
            @Schema(description = "生效的价格中，红色的条数", example = "1") int red,
            @Schema(description = "每一处问题，按行号；至多列出 10000 处") List<BadLine> errors) {
    }

    /** How many reports were newer than what was known, how their prices were judged, and which shelves are empty now. */
    private record Stored(int applied, int yellow, int red, List<Shelves.Put> soldOut) {

        Stored plus(Stored other) {
            return new Stored(applied + other.applied, yellow + other.yellow, red + other.red,
                    Stream.concat(soldOut.stream(), other.soldOut.stream()).toList());
        }
    }

    /** @param pricesConfirmed suspicious prices were asked about and are meant */
    Mono<Outcome> batch(Caller caller, List<ShelfReport> reports, boolean pricesConfirmed) {
        return known(caller, reports)
                .doOnNext(known -> ReportRules.check(reports, known, pricesConfirmed).throwIfAny())
                .flatMap(known -> store(caller, reports, known.drugs()))
                .map(stored -> new Outcome(reports.size(), stored.applied(), reports.size() - stored.applied(),
                        stored.yellow(), stored.red()))
                .flatMap(outcome -> record(caller, "stock.reported",
                        Map.of("received", outcome.received(), "applied", outcome.applied(), "red", outcome.red()))
                        .thenReturn(outcome));
    }

    /** @param pricesConfirmed suspicious prices were asked about and are meant */
    Mono<FileOutcome> file(Caller caller, StockFile file, boolean pricesConfirmed) {
        return known(caller, file.lines().stream().map(StockFile.Line::report).toList())
                .flatMap(known -> {
                    ReportRules.Sorted sorted = ReportRules.sort(file.lines(), known, pricesConfirmed);
                    return store(caller, sorted.good(), known.drugs()).map(stored -> outcome(file, sorted, stored));
                })
                .flatMap(outcome -> record(caller, "stock.imported",
                        Map.of("received", outcome.received(), "applied", outcome.applied(), "bad",
                                outcome.badLines(), "red", outcome.red()))
                        .thenReturn(outcome));
    }

    private static FileOutcome outcome(StockFile file, ReportRules.Sorted sorted, Stored stored) {
        BadLine.Told told = file.bad().and(sorted.bad());
        return new FileOutcome(file.received(), stored.applied(), file.received() - told.lines() - stored.applied(),
                told.lines(), stored.yellow(), stored.red(), told.first());
    }

    private Mono<ReportRules.Known> known(Caller caller, List<ShelfReport> reports) {
        Set<UUID> stores = reports.stream().map(ShelfReport::storeId).collect(Collectors.toSet());
        Set<UUID> medicines = reports.stream().map(ShelfReport::drugId).collect(Collectors.toSet());
        return parties.seller(caller)
                .flatMap(seller -> pharmacies.holdOwn(seller, stores).collect(Collectors.toSet()))
                .flatMap(own -> drugs.findAll(medicines).collect(Collectors.toMap(Drug::drugId, Function.identity()))
                        .map(found -> new ReportRules.Known(own, found, clock.instant())));
    }

    private Mono<Stored> store(Caller caller, List<ShelfReport> reports, Map<UUID, Drug> known) {
        Set<UUID> stores = reports.stream().map(ShelfReport::storeId).collect(Collectors.toSet());
        return monitor.yardstick(known, stores).flatMap(yardstick -> Flux.fromIterable(reports)
                .buffer(AT_ONCE)
                .flatMap(part -> put(caller, part, yardstick), SIDE_BY_SIDE)
                .reduce(new Stored(0, 0, 0, List.of()), Stored::plus))
                .flatMap(stored -> scarcity.tell(stored.soldOut()).thenReturn(stored));
    }

    private Mono<Stored> put(Caller caller, List<ShelfReport> part, PriceMonitor.Yardstick yardstick) {
        return shelves.put(part, caller.clientId())
                .flatMap(applied -> monitor.look(applied.stream().map(Shelves.Put::reported).toList(), yardstick)
                        .map(seen -> new Stored(applied.size(), seen.yellow(), seen.red(),
                                applied.stream().filter(Shelves.Put::soldOut).toList())));
    }

    private Mono<Void> record(Caller caller, String what, Map<String, Object> figures) {
        return audit.record(caller, what, "stock", String.valueOf(caller.org()), figures);
    }
}
