package cn.cityapis.subsidy.scheme;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One thing that must hold.
 *
 * @param expression CEL over facts, figures, options and {@code asOf}
 * @param otherwise what a person is told if it does not hold
 */
@Schema(name = "SchemeCondition", description = "一项条件")
public record Condition(@Schema(description = "条件编号", example = "age-limit") String id,
        @Schema(description = "中文说明") String label, @Schema(description = "表达式（CEL）") String expression,
        @Schema(description = "不满足时的说明") String otherwise, @Schema(description = "依据") @Nullable Citation citation) {
}
