package cn.cityapis.pharmacy.institution;

import cn.cityapis.pharmacy.geo.CoordType;
import cn.cityapis.pharmacy.geo.CoordinateRules;
import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.problem.Violations;
import cn.cityapis.platform.security.Access;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.web.Page;
import cn.cityapis.platform.web.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@RestController
@RequestMapping("/api/pharmacy/v1")
@Tag(name = "机构", description = "售药机构、连锁企业门店与供货企业")
class PharmacyController {

    private final Pharmacies pharmacies;
    private final OpeningExceptions exceptions;
    private final Parties parties;
    private final Clock clock;

    PharmacyController(Pharmacies pharmacies, OpeningExceptions exceptions, Parties parties, Clock clock) {
        this.pharmacies = pharmacies;
        this.exceptions = exceptions;
        this.parties = parties;
        this.clock = clock;
    }

    @GetMapping("/pharmacies/{pharmacyId}")
    @Access(scope = "pharmacy.read")
    @Operation(operationId = "getPharmacy", summary = "查看售药机构", description = "位置、营业时间与参加的项目。")
    Mono<PharmacyView.Detail> get(@Parameter(description = "机构编号") @PathVariable UUID pharmacyId,
            @Parameter(description = "返回坐标所用坐标系", schema = @Schema(allowableValues = {"wgs84", "gcj02",
                    "bd09"}, defaultValue = "wgs84")) @RequestParam(defaultValue = "wgs84") String coordType) {
        CoordType shownIn = datum(coordType);
        return pharmacies.find(pharmacyId)
                .switchIfEmpty(Mono.error(() -> ProblemException.of(CommonProblem.NOT_FOUND, "没有这个机构")))
                .flatMap(found -> Mono.zip(pharmacies.open(pharmacyId), pharmacies.hours(pharmacyId),
                        pharmacies.keeping(pharmacyId), exceptions.from(pharmacyId, LocalDate.now(clock)),
                        pharmacies.programmes(pharmacyId))
                        .map(more -> new PharmacyView.Detail(PharmacyView.of(found, shownIn), more.getT1(),
                                more.getT2(), more.getT3().calendar(), more.getT3().closedOn(), more.getT4(),
                                more.getT5())));
    }

    @GetMapping("/stores")
    @Access(scope = "pharmacy.read", roles = {"chain", "pharmacy"})
    @Operation(operationId = "listOwnStores", summary = "本企业的门店", description = "按编号排列，用于下单和上报库存。有自己账户的医院、诊所只看到本机构。")
    Mono<Page<PharmacyView>> stores(Caller caller, PageRequest page) {
        UUID after = after(page);
        return parties.seller(caller)
                .flatMap(seller -> pharmacies.of(seller, after, page.rowsToRead()).collectList())
                .map(rows -> Page.of(rows.stream().map(row -> PharmacyView.of(row, CoordType.WGS84)).toList(), page,
                        row -> List.of(row.pharmacyId().toString())));
    }

    @GetMapping("/suppliers")
    @Access(scope = "pharmacy.read")
    @Operation(operationId = "listSuppliers", summary = "供货企业", description = "可以向其下单的供货企业。")
    Mono<Suppliers> suppliers() {
        return parties.suppliers().map(Suppliers::new);
    }

    private static CoordType datum(String text) {
        Violations wrong = new Violations();
        CoordType shownIn = CoordinateRules.coordType(text, wrong).orElse(CoordType.WGS84);
        wrong.throwIfAny();
        return shownIn;
    }

    private static UUID after(PageRequest page) {
        try {
            return page.isFirst() ? new UUID(0, 0) : UUID.fromString(page.after().getFirst());
        } catch (IllegalArgumentException e) {
            throw ProblemException.of(CommonProblem.INVALID_CURSOR);
        }
    }

    @Schema(name = "SupplierList", description = "供货企业")
    record Suppliers(@Schema(description = "全部供货企业") List<Parties.Supplier> items) {
    }
}
