package cn.cityapis.subsidy.scheme;

import cn.cityapis.subsidy.expression.TriState;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Facts and what must come out; run at publication. */
@Schema(name = "SchemeExample", description = "示例：给定事实与应得结果，发布时逐一核对")
public record Example(@Schema(description = "示例名称") String name, @Schema(description = "计算日期") LocalDate asOf,
        @Schema(description = "事实") Map<String, Object> facts, @Schema(description = "应得结果") Expected expect) {

    public Example {
        facts = facts == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    }

    /**
     * @param fen per month or year, null if not checked
     * @param ceilingFen where only a ceiling is laid down, null if not checked
     * @param periods number of months or years, null if not checked
     * @param failed ids of the conditions that fail, null if not checked
     * @param missing facts that are missing, null if not checked
     */
    @Schema(name = "SchemeExpected", description = "应得结果")
    public record Expected(@Schema(description = "结果") TriState outcome,
            @Schema(description = "每期金额（分）") @Nullable Long fen,
            @Schema(description = "上限（分）") @Nullable Long ceilingFen,
            @Schema(description = "期数") @Nullable Integer periods,
            @Schema(description = "不满足的条件") @Nullable List<String> failed,
            @Schema(description = "缺少的事实") @Nullable List<String> missing) {
    }
}
