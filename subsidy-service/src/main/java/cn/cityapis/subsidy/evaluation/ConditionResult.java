package cn.cityapis.subsidy.evaluation;

import cn.cityapis.subsidy.expression.TriState;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One condition, what it read and what came out.
 *
 * @param whyNot only if it fails
 * @param isLasting the row of a decision table, which many cases share
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "一项条件的结果：输入、所用数值、依据与结论")
public record ConditionResult(@Schema(description = "条件编号") String id, @Schema(description = "条件说明") String label,
        @Schema(description = "结果：yes 满足；no 不满足；unknown 尚不能确定") TriState result,
        @Schema(description = "不满足的原因") @Nullable String whyNot, @Schema(description = "尚缺的事实") List<String> missing,
        @Schema(description = "用到的事实") Map<String, Object> inputs,
        @Schema(description = "用到的法定数值和选项") List<FigureRead> figures,
        @Schema(description = "依据") @Nullable CitationView citation,
        @JsonIgnore boolean isLasting) implements Lasting {

    public ConditionResult {
        missing = List.copyOf(missing);
        figures = List.copyOf(figures);
    }
}
