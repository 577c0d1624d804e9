package cn.cityapis.pharmacy.monitor;

import cn.cityapis.pharmacy.money.Fen;
import cn.cityapis.platform.problem.Violations;
import cn.cityapis.platform.security.Access;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@RestController
@Tag(name = "价格监测", description = "零售价与中选价的比较，供医保部门复核")
class MarkUpController {

    private static final Set<String> CATEGORIES = Set.of("medicine", "consumable", "decoction_piece");

    private final MarkUps markUps;
    private final Clock clock;

    MarkUpController(MarkUps markUps, Clock clock) {
        this.markUps = markUps;
        this.clock = clock;
    }

    @GetMapping("/api/pharmacy/v1/public-markup")
    @Access(scope = "pharmacy.read", goodForAllSeconds = 2)
    @Operation(operationId = "checkPublicMarkup", summary = "公立医疗机构加价规定", description = "按实际购进价计算公立医疗机构的最高售价：药品、耗材零差率，中药饮片顺加不超过25%（威医保发〔2023〕33号 二（一））。不适用于民营机构。")
    Mono<Markup> check(
            @Parameter(description = "类别", example = "decoction_piece", schema = @Schema(type = "string", allowableValues = {
                    "medicine", "consumable",
                    "decoction_piece"})) @RequestParam String category,
            @Parameter(description = "实际购进价（分）", example = "1000", schema = @Schema(type = "integer", format = "int64", minimum = "1", maximum = "100000000")) @RequestParam long paidFen,
            @Parameter(description = "日期；不给时为今天") @RequestParam(required = false) @Nullable LocalDate on) {
        Violations wrong = new Violations();
        if (!CATEGORIES.contains(category)) {
            wrong.add("?category", "invalid-value", "只能是 medicine、consumable、decoction_piece 之一");
        }
        if (paidFen < 1 || paidFen > 100_000_000) {
            wrong.add("?paidFen", "out-of-range", "应为 1 至 100000000 的整数");
        }
        wrong.throwIfAny();
        LocalDate day = on == null ? LocalDate.now(clock) : on;
        return markUps.rules().map(rules -> MarkUpRules.inForce(rules, category, day)
                .map(rule -> new Markup(category, day, new Fen(paidFen), rule.markupBp(),
                        MarkUpRules.highest(new Fen(paidFen), rule), rule.basis()))
                .orElseGet(() -> new Markup(category, day, new Fen(paidFen), null, null, null)));
    }

    @Schema(name = "PublicMarkup", description = "公立医疗机构最高售价；当日没有执行中的规定时，加价、售价和依据不出现")
    record Markup(@Schema(description = "类别", example = "decoction_piece") String category,
            @Schema(description = "日期") LocalDate on,
            @Schema(description = "实际购进价（分）", implementation = Long.class, example = "1000") Fen paidFen,
            @Schema(description = "可加的万分比", example = "2500") @Nullable Integer markupBp,
            @Schema(description = "最高售价（分）", implementation = Long.class, example = "1250") @Nullable Fen highestFen,
            @Schema(description = "依据", example = "威医保发〔2023〕33号 二（一）") @Nullable String basis) {
    }
}
