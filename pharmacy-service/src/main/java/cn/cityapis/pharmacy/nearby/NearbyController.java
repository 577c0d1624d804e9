package cn.cityapis.pharmacy.nearby;

import cn.cityapis.pharmacy.catalogue.Drug;
import cn.cityapis.pharmacy.catalogue.Drugs;
import cn.cityapis.pharmacy.institution.PharmacyView;
import cn.cityapis.pharmacy.money.Fen;
import cn.cityapis.pharmacy.money.UnitPrice;
import cn.cityapis.pharmacy.stock.Freshness;
import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.security.Access;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@RestController
@Tag(name = "附近", description = "最近的售药机构")
class NearbyController {

    private static final int MOST_MEDICINES = 10;

    private final Neighbours neighbours;
    private final Drugs drugs;
    private final NearbySettings settings;
    private final Clock clock;

    NearbyController(Neighbours neighbours, Drugs drugs, NearbySettings settings, Clock clock) {
        this.neighbours = neighbours;
        this.drugs = drugs;
        this.settings = settings;
        this.clock = clock;
    }

    @GetMapping("/api/pharmacy/v1/pharmacies/nearby")
    @Access(scope = "pharmacy.read")
    @Operation(operationId = "findNearbyPharmacies", summary = "附近哪里有药", description = "由近到远列出有此药的机构、零售价、中选价和节省金额。所给位置只用于本次查询，不保存、不写入日志。")
    Mono<Nearby> nearby(@ParameterObject @ModelAttribute NearbyQuery.Parameters parameters) {
        NearbyQuery query = parameters.understood();
        return switch (query.wanted()) {
            case NearbyQuery.Wanted.Anything anything -> neighbours.any(query).collectList()
                    .map(found -> shown(query, List.of(), found));
            case NearbyQuery.Wanted.ById(UUID id) -> drugs.find(id)
                    .switchIfEmpty(Mono.error(() -> ProblemException.of(CommonProblem.NOT_FOUND, "没有这个药品")))
                    .flatMap(drug -> having(query, List.of(drug)));
            case NearbyQuery.Wanted.ByText(var text) -> drugs.likely(text, MOST_MEDICINES)
                    .flatMap(likely -> having(query, likely));
        };
    }

    private Mono<Nearby> having(NearbyQuery query, List<Drug> wanted) {
        return wanted.isEmpty()
                ? Mono.just(shown(query, wanted, List.of()))
                : neighbours.having(wanted, query).collectList().map(found -> shown(query, wanted, found));
    }

    private Nearby shown(NearbyQuery query, List<Drug> wanted, List<Neighbour> found) {
        Map<UUID, Drug> byId = wanted.stream().collect(Collectors.toMap(Drug::drugId, Function.identity()));
        return new Nearby(wanted, found.stream()
                .map(n -> new NearbyPharmacy(PharmacyView.of(n.pharmacy(), query.coordType()),
                        Math.round(n.distanceM()), n.openNow(), offer(n.shelf(), byId)))
                .toList());
    }

    private @Nullable Offer offer(Neighbour.@Nullable Shelf shelf, Map<UUID, Drug> byId) {
        Drug drug = shelf == null ? null : byId.get(shelf.drugId());
        if (shelf == null || drug == null) {
            return null;
        }
        var freshness = Freshness.of(shelf.reportedAt(), clock.instant(), settings.freshFor(), clock.getZone());
        return new Offer(drug.drugId(), drug.genericName(), shelf.retailPrice(),
                UnitPrice.of(shelf.retailPrice(), drug.packUnits()), drug.procuredPriceFen(),
                drug.procuredPriceFen() != null && shelf.retailPrice().compareTo(drug.procuredPriceFen()) <= 0,
                saved(drug.beforePriceFen(), shelf.retailPrice()), freshness.current(), freshness.text(),
                shelf.reportedAt().atZone(clock.getZone()).toOffsetDateTime());
    }

    private static @Nullable Fen saved(@Nullable Fen before, Fen retail) {
        return before == null ? null : new Fen(Math.max(0, before.amount() - retail.amount()));
    }

    /** The answer: which medicines were understood, and who has them. */
    @Schema(description = "附近的机构，由近到远")
    record Nearby(@Schema(description = "所查的药品；按名称检索时可能有几种") List<Drug> drugs,
            @Schema(description = "由近到远") List<NearbyPharmacy> items) {
    }

    @Schema(description = "附近的一家机构")
    record NearbyPharmacy(PharmacyView pharmacy, @Schema(description = "球面距离（米）", example = "386") long distanceM,
            @Schema(description = "现在是否营业") boolean openNow,
            @Schema(description = "所查药品在此处的情况；没有指定药品时不出现") @Nullable Offer offer) {
    }

    @Schema(description = "药品在一家机构的价格和库存情况")
    record Offer(@Schema(description = "药品编号") UUID drugId,
            @Schema(description = "通用名", example = "阿卡波糖片") String genericName,
            @Schema(description = "零售价（分/包装）", implementation = Long.class, example = "735") Fen retailPriceFen,
            @Schema(description = "零售价（元/最小单位，四位小数）", type = "string", example = "0.2450") UnitPrice retailUnitPrice,
            @Schema(description = "今日中选价（分/包装）；今日无中选价时不出现", implementation = Long.class, example = "735") @Nullable Fen procuredPriceFen,
            @Schema(description = "零售价是否不高于中选价", example = "true") boolean atProcuredPrice,
            @Schema(description = "比集采前节省（分/包装）", implementation = Long.class, example = "4845") @Nullable Fen savedFen,
            @Schema(description = "上报是否新近") boolean inStock,
            @Schema(description = "库存说明，可直接展示", example = "有货（11月21日 09:30 上报）") String stockText,
            @Schema(description = "上报时间") OffsetDateTime reportedAt) {
    }
}
