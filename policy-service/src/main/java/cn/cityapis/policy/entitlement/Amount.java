package cn.cityapis.policy.entitlement;

import com.fasterxml.jackson.annotation.JsonValue;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A sum, a share or a ratio, and what it is for. Exactly one of fen, basis points and ratio is there. */
@Schema(description = "金额、比例")
record Amount(@Schema(description = "位置") Span span, @Schema(description = "原文", example = "50万元") String text,
        @Schema(description = "金额（分）；区间时为上限", example = "50000000") @Nullable Long amountFen,
        @Schema(description = "区间的下限（分）", example = "10000000") @Nullable Long fromFen,
        @Schema(description = "百分比（万分之几）", example = "500") @Nullable Integer basisPoints,
        @Schema(description = "分担或配套的比例", example = "[1, 1]") List<Integer> ratio,
        @Schema(description = "exact 定额；cap 上限；floor 下限；range 区间", example = "cap") Bound bound,
        @Schema(description = "award 支持；cost 费用；threshold 条件；fine 处罚；indicator 指标；other 其他", example = "award") Kind kind,
        @Schema(description = "按什么计", example = "[\"每家\", \"每年\"]") List<String> per,
        @Schema(description = "是否一次性", example = "false") boolean oneOff) {

    enum Bound {
        EXACT, CAP, FLOOR, RANGE;

        @JsonValue
        String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    enum Kind {
        AWARD, COST, THRESHOLD, FINE, INDICATOR, OTHER;

        @JsonValue
        String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
