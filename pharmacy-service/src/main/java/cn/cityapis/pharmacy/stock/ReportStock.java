package cn.cityapis.pharmacy.stock;

import cn.cityapis.pharmacy.catalogue.Drug;
import cn.cityapis.pharmacy.catalogue.Drugs;
import cn.cityapis.pharmacy.institution.Parties;
import cn.cityapis.pharmacy.institution.Pharmacies;
import cn.cityapis.pharmacy.monitor.PriceMonitor;
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
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** A head office's system, or a place with an account of its own, reports what is there and what is asked for it. */
@Component
class ReportStock {

    private final Shelves shelves;
    private final Scarcity scarcity;
    private final Pharmacies pharmacies;
    private final Parties parties;
    private final Drugs drugs;
    private final PriceMonitor monitor;
    private final Audit audit;
    private final Clock clock;

    ReportStock(Shelves shelves, Scarcity scarcity, Pharmacies pharmacies, Parties parties, Drugs drugs,
            PriceMonitor monitor,
            Audit audit, Clock clock) {
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

    Mono<Outcome> report(Caller caller, List<ShelfReport> reports) {
        Set<UUID> stores = reports.stream().map(ShelfReport::storeId).collect(Collectors.toSet());
        Set<UUID> medicines = reports.stream().map(ShelfReport::drugId).collect(Collectors.toSet());
        return parties.seller(caller)
                .flatMap(seller -> pharmacies.own(seller, stores).collect(Collectors.toSet()))
                .flatMap(own -> drugs.findAll(medicines).collect(Collectors.toMap(Drug::drugId, Function.identity()))
                        .doOnNext(known -> ReportRules
                                .check(reports, new ReportRules.Known(own, known, clock.instant())).throwIfAny()))
                .flatMap(known -> apply(caller, reports, known));
    }

    private Mono<Outcome> apply(Caller caller, List<ShelfReport> reports, Map<UUID, Drug> known) {
        return shelves.put(reports, caller.clientId())
                .collectList()
                .flatMap(applied -> monitor.look(applied.stream().map(Shelves.Put::reported).toList(), known)
                        .flatMap(seen -> scarcity.tell(applied).thenReturn(new Outcome(reports.size(), applied.size(),
                                reports.size() - applied.size(), seen.yellow(), seen.red()))))
                .flatMap(outcome -> audit.record(caller, "stock.reported", "stock", String.valueOf(caller.org()),
                        Map.of("received", outcome.received(), "applied", outcome.applied(), "red", outcome.red()))
                        .thenReturn(outcome));
    }
}
