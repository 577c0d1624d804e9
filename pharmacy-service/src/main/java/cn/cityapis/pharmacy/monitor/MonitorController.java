package cn.cityapis.pharmacy.monitor;

import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.problem.Violation;
import cn.cityapis.platform.security.Access;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.web.Page;
import cn.cityapis.platform.web.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@RestController
@RequestMapping("/api/pharmacy/v1")
@Tag(name = "价格监测", description = "零售价与中选价的比较，供医保部门复核")
class MonitorController {

    private static final UUID LAST = new UUID(-1, -1);

    private final PriceFlags flags;
    private final PriceCases cases;

    MonitorController(PriceFlags flags, PriceCases cases) {
        this.flags = flags;
        this.cases = cases;
    }

    @GetMapping("/price-flags")
    @Access(scope = "pharmacy.decide", roles = {"district", "city", "admin", "auditor"})
    @Operation(operationId = "listPriceFlags", summary = "高于中选价的零售价", description = "高出最多的在前。区县只看到本区县的机构。红色提示复核，不是结论。")
    Mono<Page<PriceFlag>> flags(Caller caller,
            @Parameter(description = "级别", schema = @Schema(allowableValues = {"yellow",
                    "red"})) @RequestParam(required = false) @Nullable String level,
            @Parameter(description = "药品编号") @RequestParam(required = false) @Nullable UUID drugId,
            PageRequest page) {
        if (level != null && !level.equals("yellow") && !level.equals("red")) {
            throw ProblemException.of(CommonProblem.VALIDATION_FAILED, "level 只能是 yellow、red 之一",
                    List.of(new Violation("?level", "invalid-value", "只能是 yellow、red 之一")));
        }
        return flags
                .list(new PriceFlags.Filter(PriceCases.Viewer.office(caller).area(), level, drugId), after(page),
                        page.rowsToRead())
                .collectList()
                .map(rows -> Page.of(rows, page, f -> List.of(Integer.toString(f.aboveBp()),
                        f.pharmacyId().toString(), f.drugId().toString())));
    }

    @GetMapping("/price-cases")
    @Access(scope = "pharmacy.decide", roles = {"district", "city", "admin", "auditor"})
    @Operation(operationId = "listPriceCases", summary = "价格复核", description = "红色价格自动开立，新的在前。区县只看到本区县的机构。")
    Mono<Page<PriceCase>> cases(Caller caller, PageRequest page) {
        UUID before = before(page);
        return cases.list(PriceCases.Viewer.office(caller), before, page.rowsToRead())
                .collectList()
                .map(rows -> Page.of(rows, page, c -> List.of(c.priceCaseId().toString())));
    }

    private static PriceFlags.After after(PageRequest page) {
        if (page.isFirst()) {
            return PriceFlags.After.NOTHING;
        }
        try {
            List<String> key = page.after();
            return new PriceFlags.After(Integer.parseInt(key.get(0)), UUID.fromString(key.get(1)),
                    UUID.fromString(key.get(2)));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw ProblemException.of(CommonProblem.INVALID_CURSOR);
        }
    }

    private static UUID before(PageRequest page) {
        try {
            return page.isFirst() ? LAST : UUID.fromString(page.after().getFirst());
        } catch (IllegalArgumentException e) {
            throw ProblemException.of(CommonProblem.INVALID_CURSOR);
        }
    }
}
