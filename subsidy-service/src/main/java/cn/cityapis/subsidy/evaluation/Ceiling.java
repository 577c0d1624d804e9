package cn.cityapis.subsidy.evaluation;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The most that may be granted, where the law lays down no amount: an office decides it, with reasons.
 *
 * @param atMostFen null where the ceiling is laid down in another document
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "金额上限：规定只给出不超过多少，具体金额由主管部门评审确定")
public record Ceiling(@Schema(description = "周期") Grant.Period period,
        @Schema(description = "上限（分）；上限由其他文件规定时为空", example = "50000000") @Nullable Long atMostFen,
        @Schema(description = "档次") String tier,
        @Schema(description = "用到的法定数值和选项") List<FigureRead> figures,
        @Schema(description = "依据") @Nullable CitationView citation) implements AmountRules.Due {
}
