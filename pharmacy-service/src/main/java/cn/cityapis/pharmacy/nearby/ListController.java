package cn.cityapis.pharmacy.nearby;

import cn.cityapis.pharmacy.catalogue.Drug;
import cn.cityapis.pharmacy.catalogue.Drugs;
import cn.cityapis.pharmacy.institution.PharmacyView;
import cn.cityapis.pharmacy.money.Fen;
import cn.cityapis.pharmacy.stock.FreshnessSettings;
import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.security.Access;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@RestController
@Tag(name = "附近", description = "最近的售药机构")
class ListController {

    private final Fullest fullest;
    private final Drugs drugs;
    private final FreshnessSettings settings;
    private final Clock clock;

    ListController(Fullest fullest, Drugs drugs, FreshnessSettings settings, Clock clock) {
        this.fullest = fullest;
        this.drugs = drugs;
        this.settings = settings;
        this.clock = clock;
    }

    @GetMapping("/api/pharmacy/v1/pharmacies/for-list")
    @Access(scope = "pharmacy.read")
    @Operation(operationId = "findPharmaciesForList", summary = "哪家药店能配齐最多", description = "一次查几种药：有货品种多的在前，一样多时近的在前。所给位置只用于本次查询，不保存、不写入日志。")
    Mono<ForList> forList(@ParameterObject ListQuery.Parameters parameters) {
        ListQuery query = parameters.understood();
        return drugs.findAll(query.drugIds()).collect(Collectors.toMap(Drug::drugId, Function.identity()))
                .doOnNext(known -> check(query, known))
                .flatMap(known -> fullest.of(query).map(found -> shown(query, known, found)).collectList()
                        .map(items -> new ForList(query.drugIds().stream().map(known::get)
                                .filter(Objects::nonNull).toList(), items)));
    }

    private static void check(ListQuery query, Map<UUID, Drug> known) {
        List<UUID> unknown = query.drugIds().stream().filter(id -> !known.containsKey(id)).toList();
        if (!unknown.isEmpty()) {
            throw ProblemException.of(CommonProblem.NOT_FOUND, "没有这些药品：" + unknown);
        }
    }

    private PharmacyForList shown(ListQuery query, Map<UUID, Drug> known, Fullest.Found found) {
        List<Offer> offers = found.shelves().stream().map(shelf -> Offer.of(shelf,
                Objects.requireNonNull(known.get(shelf.drugId())), settings.freshFor(), clock)).toList();
        List<UUID> has = offers.stream().map(Offer::drugId).toList();
        return new PharmacyForList(PharmacyView.of(found.pharmacy(), query.coordType()),
                Math.round(found.distanceM()), found.openNow(), offers.size(), offers,
                query.drugIds().stream().filter(id -> !has.contains(id)).toList(),
                offers.stream().map(Offer::retailPriceFen).reduce(new Fen(0), Fen::plus));
    }

    @Schema(description = "能配齐最多的机构在前")
    record ForList(@Schema(description = "所查的药品") List<Drug> drugs,
            @Schema(description = "有货品种多的在前，一样多时近的在前") List<PharmacyForList> items) {
    }

    @Schema(description = "一家机构和它有的药品")
    record PharmacyForList(PharmacyView pharmacy, @Schema(description = "球面距离（米）", example = "386") long distanceM,
            @Schema(description = "现在是否营业") boolean openNow,
            @Schema(description = "所查药品中有几种", example = "3") int have,
            @Schema(description = "有的药品") List<Offer> offers,
            @Schema(description = "没有的药品编号") List<UUID> missingDrugIds,
            @Schema(description = "有的药品各买一包装的合计（分）", implementation = Long.class, example = "2140") Fen totalFen) {
    }
}
