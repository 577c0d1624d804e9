package cn.cityapis.pharmacy.catalogue;

import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.problem.Violation;
import cn.cityapis.platform.security.Access;
import cn.cityapis.platform.web.Page;
import cn.cityapis.platform.web.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Size;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@RestController
@RequestMapping("/api/pharmacy/v1/drugs")
@Tag(name = "药品目录", description = "药品、中药饮片、耗材、试剂，中选结果与价格")
class DrugController {

    private final Drugs drugs;

    DrugController(Drugs drugs) {
        this.drugs = drugs;
    }

    @GetMapping
    @Access(scope = "pharmacy.read", goodForAllSeconds = 2)
    @Operation(operationId = "searchDrugs", summary = "检索药品、中药饮片、耗材和试剂", description = "按汉字、拼音、拼音首字母、生产企业、批准文号（注册证编号）或医保编码检索，最接近的在前；不给 q 时列出全部。")
    Mono<Page<Drug>> search(
            @Parameter(description = "检索词，至多 50 字", example = "akbt") @RequestParam(defaultValue = "") @Size(max = DrugQuery.MAX_LENGTH, message = "至多 50 字") String q,
            @Parameter(description = "只要这一类", schema = @Schema(allowableValues = {"medicine", "decoction_piece",
                    "consumable",
                    "reagent"})) @RequestParam(required = false) @Nullable String kind,
            PageRequest page) {
        return drugs.search(new DrugQuery(q), only(kind), after(page), page.rowsToRead())
                .collectList()
                .map(rows -> Page.of(rows, page, Drugs.Found::key))
                .map(found -> new Page<>(found.items().stream().map(Drugs.Found::drug).toList(), found.nextCursor()));
    }

    @GetMapping("/{drugId}")
    @Access(scope = "pharmacy.read", goodForAllSeconds = 2)
    @Operation(operationId = "getDrug", summary = "查看药品", description = "药品资料与今日中选价。")
    Mono<Drug> get(@Parameter(description = "药品编号") @PathVariable UUID drugId) {
        return existing(drugId);
    }

    @GetMapping("/{drugId}/awards")
    @Access(scope = "pharmacy.read", goodForAllSeconds = 2)
    @Operation(operationId = "listDrugAwards", summary = "药品的中选结果", description = "新的在前；更正以新记录体现。")
    Mono<Awards> awards(@Parameter(description = "药品编号") @PathVariable UUID drugId) {
        return existing(drugId).then(drugs.awards(drugId)).map(Awards::new);
    }

    @GetMapping("/{drugId}/prices")
    @Access(scope = "pharmacy.read", goodForAllSeconds = 2)
    @Operation(operationId = "listDrugPrices", summary = "药品的价格历史", description = "各类价格，新的在前。")
    Mono<Prices> prices(@Parameter(description = "药品编号") @PathVariable UUID drugId) {
        return existing(drugId).then(drugs.prices(drugId)).map(Prices::new);
    }

    @GetMapping("/{drugId}/former")
    @Access(scope = "pharmacy.read", goodForAllSeconds = 2)
    @Operation(operationId = "listFormerDrugs", summary = "药品资料的更正", description = "每次更正之前的内容，新的在前。")
    Mono<Former> former(@Parameter(description = "药品编号") @PathVariable UUID drugId) {
        return existing(drugId).then(drugs.former(drugId)).map(Former::new);
    }

    private Mono<Drug> existing(UUID drugId) {
        return drugs.find(drugId).switchIfEmpty(
                Mono.error(() -> ProblemException.of(CommonProblem.NOT_FOUND, "没有这个药品")));
    }

    private static @Nullable ProductKind only(@Nullable String kind) {
        return kind == null
                ? null
                : Arrays.stream(ProductKind.values()).filter(one -> one.code().equals(kind)).findFirst()
                        .orElseThrow(() -> ProblemException.of(CommonProblem.VALIDATION_FAILED, "没有这种类别",
                                List.of(new Violation("?kind", "invalid-value",
                                        "只能是 medicine、decoction_piece、consumable、reagent 之一"))));
    }

    private static Drugs.After after(PageRequest page) {
        if (page.isFirst()) {
            return Drugs.After.NOTHING;
        }
        try {
            List<String> key = page.after();
            return new Drugs.After(Integer.parseInt(key.get(0)), key.get(1), UUID.fromString(key.get(2)));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw ProblemException.of(CommonProblem.INVALID_CURSOR);
        }
    }

    @Schema(name = "AwardList", description = "中选结果")
    record Awards(@Schema(description = "各次集采的中选结果") List<Award> items) {
    }

    @Schema(name = "FormerDrugList", description = "药品资料的更正")
    record Former(@Schema(description = "每次更正之前的内容") List<FormerDrug> items) {
    }

    @Schema(name = "PriceList", description = "价格历史")
    record Prices(@Schema(description = "各个时期的价格") List<Price> items) {
    }
}
