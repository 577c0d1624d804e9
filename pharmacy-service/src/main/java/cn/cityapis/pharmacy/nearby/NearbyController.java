package cn.cityapis.pharmacy.nearby;

import cn.cityapis.pharmacy.catalogue.Drug;
import cn.cityapis.pharmacy.catalogue.Drugs;
import cn.cityapis.pharmacy.institution.PharmacyView;
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
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@RestController
@Tag(name = "附近", description = "最近的售药机构")
class NearbyController {

    private static final int MOST_MEDICINES = 10;

    private final Neighbours neighbours;
    private final Drugs drugs;
    private final RememberedDrugs remembered;
    private final FreshnessSettings settings;
    private final Clock clock;

    NearbyController(Neighbours neighbours, Drugs drugs, RememberedDrugs remembered, FreshnessSettings settings,
            Clock clock) {
        this.neighbours = neighbours;
        this.drugs = drugs;
        this.remembered = remembered;
        this.settings = settings;
        this.clock = clock;
    }

    @GetMapping("/api/pharmacy/v1/pharmacies/nearby")
    @Access(scope = "pharmacy.read")
    @Operation(operationId = "findNearbyPharmacies", summary = "附近哪里有药", description = "由近到远列出有此药的机构、零售价、中选价和节省金额。所给位置只用于本次查询，不保存、不写入日志。")
    Mono<Nearby> nearby(@ParameterObject NearbyQuery.Parameters parameters) {
        NearbyQuery query = parameters.understood();
        return switch (query.wanted()) {
            case NearbyQuery.Wanted.Anything anything -> neighbours.any(query).collectList()
                    .map(found -> shown(query, List.of(), found));
            case NearbyQuery.Wanted.ById(UUID id) -> remembered.find(id)
                    .switchIfEmpty(Mono.error(() -> ProblemException.of(CommonProblem.NOT_FOUND, "没有这个药品")))
                    .flatMap(drug -> having(query, List.of(drug)));
            case NearbyQuery.Wanted.ByText(var text) -> drugs.likely(text, MOST_MEDICINES)
                    .flatMap(likely -> having(query, likely));
        };
    }

    @GetMapping(path = "/api/pharmacy/v1/pharmacies/nearby/geojson", produces = GeoJson.MEDIA_TYPE)
    @Access(scope = "pharmacy.read")
    @Operation(operationId = "findNearbyPharmaciesAsGeoJson", summary = "附近哪里有药（GeoJSON）", description = "与“附近哪里有药”相同，以 GeoJSON 返回，可直接用于地图。坐标按所问坐标系，成员 coordType 注明。")
    Mono<GeoJson> nearbyGeoJson(@ParameterObject NearbyQuery.Parameters parameters) {
        return nearby(parameters).map(found -> GeoJson.of(parameters.understood().coordType(), found.items().stream()
                .map(item -> GeoJson.Feature.of(item.pharmacy(), item.distanceM(), item.openNow(), item.offer()))
                .toList()));
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
        return shelf == null || drug == null ? null : Offer.of(shelf, drug, settings.freshFor(), clock);
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
}
