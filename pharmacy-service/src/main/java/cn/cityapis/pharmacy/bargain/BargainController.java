package cn.cityapis.pharmacy.bargain;

import cn.cityapis.pharmacy.catalogue.Drug;
import cn.cityapis.pharmacy.catalogue.Drugs;
import cn.cityapis.pharmacy.institution.Parties;
import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.security.Access;
import cn.cityapis.platform.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@RestController
@Tag(name = "议价参考", description = "同一药品各采购方的实际采购价")
class BargainController {

    private final BuyersPrices prices;
    private final Drugs drugs;
    private final Parties parties;
    private final Clock clock;

    BargainController(BuyersPrices prices, Drugs drugs, Parties parties, Clock clock) {
        this.prices = prices;
        this.drugs = drugs;
        this.parties = parties;
        this.clock = clock;
    }

    @GetMapping("/api/pharmacy/v1/drugs/{drugId}/purchases")
    @Access(scope = "pharmacy.read", roles = {"chain", "pharmacy", "city", "admin", "auditor"})
    @Operation(operationId = "comparePurchases", summary = "同一药品各采购方的采购价", description = "近12个月已验收的采购，同通用名、剂型、规格，按最小单位比较，最便宜的在前。采购方只看到自己的名称，其他采购方不显示名称。")
    Mono<Comparison> compare(Caller caller, @Parameter(description = "药品编号") @PathVariable UUID drugId) {
        OffsetDateTime since = LocalDate.now(clock).minusMonths(12).atStartOfDay(clock.getZone()).toOffsetDateTime();
        return parties.of(caller).flatMap(party -> drugs.find(drugId)
                .switchIfEmpty(Mono.error(() -> ProblemException.of(CommonProblem.NOT_FOUND, "没有这个药品")))
                .flatMap(drug -> prices.since(since, drugId, party).map(items -> new Comparison(drug, items))));
    }

    @Schema(name = "PurchaseComparison", description = "同一药品各采购方的采购价，最便宜的在前")
    record Comparison(@Schema(description = "所比较的药品") Drug drug,
            @Schema(description = "各采购方的采购价，最便宜的在前") List<BuyerPrice> items) {
    }
}
