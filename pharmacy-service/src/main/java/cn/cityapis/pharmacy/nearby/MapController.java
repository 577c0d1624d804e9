package cn.cityapis.pharmacy.nearby;

import cn.cityapis.pharmacy.catalogue.Drug;
import cn.cityapis.pharmacy.catalogue.Drugs;
import cn.cityapis.pharmacy.geo.Box;
import cn.cityapis.pharmacy.geo.Position;
import cn.cityapis.pharmacy.institution.PharmacyView;
import cn.cityapis.pharmacy.stock.FreshnessSettings;
import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.security.Access;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@RestController
@Tag(name = "附近", description = "最近的售药机构")
class MapController {

    private final MapCells cells;
    private final Drugs drugs;
    private final FreshnessSettings settings;
    private final Clock clock;

    MapController(MapCells cells, Drugs drugs, FreshnessSettings settings, Clock clock) {
        this.cells = cells;
        this.drugs = drugs;
        this.settings = settings;
        this.clock = clock;
    }

    @GetMapping(path = "/api/pharmacy/v1/pharmacy-map", produces = GeoJson.MEDIA_TYPE)
    @Access(scope = "pharmacy.read")
    @Operation(operationId = "showPharmacyMap", summary = "地图范围内的机构（GeoJSON）", description = "范围内不超过 300 家时逐家列出，更多时按地图级别聚合。坐标按所问坐标系，成员 coordType 注明。")
    Mono<GeoJson> map(@ParameterObject MapQuery.Parameters parameters) {
        MapQuery query = parameters.understood();
        return drug(query).flatMap(drug -> cells.singles(query.box().toWgs84(query.coordType()), query,
                drug.orElse(null)).collectList()
                .flatMap(found -> found.size() <= MapCells.SINGLY
                        ? Mono.just(singles(query, found, drug))
                        : clusters(query)));
    }

    private Mono<Optional<Drug>> drug(MapQuery query) {
        return query.drugId() == null
                ? Mono.just(Optional.empty())
                : drugs.find(query.drugId()).map(Optional::of)
                        .switchIfEmpty(Mono.error(() -> ProblemException.of(CommonProblem.NOT_FOUND, "没有这个药品")));
    }

    /** Exactly what is in the box of the datum that was asked in. */
    private GeoJson singles(MapQuery query, List<Neighbour> found, Optional<Drug> drug) {
        return GeoJson.of(query.coordType(), found.stream()
                .filter(n -> query.box().contains(query.coordType().fromWgs84(n.pharmacy().point())))
                .map(n -> GeoJson.Feature.of(PharmacyView.of(n.pharmacy(), query.coordType()), null, n.openNow(),
                        offer(n.shelf(), drug)))
                .toList());
    }

    private @Nullable Offer offer(Neighbour.@Nullable Shelf shelf, Optional<Drug> drug) {
        return shelf == null || drug.isEmpty() ? null : Offer.of(shelf, drug.get(), settings.freshFor(), clock);
    }

    private Mono<GeoJson> clusters(MapQuery query) {
        Box box = query.box();
        return cells.clusters(box.toWgs84(query.coordType()), query)
                .map(c -> GeoJson.Feature.cluster(Position.of(c.middle(), query.coordType()), c.places()))
                .collectList()
                .map(features -> GeoJson.of(query.coordType(), features));
    }
}
