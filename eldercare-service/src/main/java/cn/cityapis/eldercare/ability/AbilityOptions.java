package cn.cityapis.eldercare.ability;

import io.swagger.v3.oas.annotations.media.Schema;

/**
 * What the standard leaves uncertain, as dated options that are kept with each result.
 *
 * @param worseningTogether whether diagnosis and risk events together make one level (otherwise one each)
 * @param riskEventsOverAllKinds whether two events count over all kinds (otherwise two of the same kind)
 */
@Schema(description = "评估标准未明确之处的选择，随每次评估结果保存")
public record AbilityOptions(
        @Schema(description = "疾病诊断和风险事件合计只提高一级（否则各提高一级）", example = "true") boolean worseningTogether,
        @Schema(description = "两次风险事件不分种类合并计算（否则须为同一种类）", example = "true") boolean riskEventsOverAllKinds) {
}
