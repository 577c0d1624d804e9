package cn.cityapis.policy.entitlement;

import cn.cityapis.policy.text.SourceKind;
import cn.cityapis.policy.text.Status;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An award clause as it is shown. */
@Schema(description = "一项支持政策：给谁、什么条件、多少、依据哪一条")
record Entitlement(@Schema(description = "标识") UUID id,
        @Schema(description = "给谁（文中的说法）", example = "获批市级重点实验室的单位") String who,
        @Schema(description = "条件（文中的说法）") String condition,
        @Schema(description = "受众代码", example = "[\"organisation\"]") List<String> audiences,
        @Schema(description = "方式：reward 奖励；subsidy 补助；interest 贴息；credit 信贷；insurance 保险；funding 资金", example = "reward") String kind,
        @Schema(description = "金额") Amount amount,
        @Schema(description = "责任单位；文中没有时为发文机关", example = "[\"市科技局\"]") List<String> organs,
        @Schema(description = "文件标识") UUID documentId,
        @Schema(description = "文号", example = "威政发〔2023〕5号") @Nullable String documentNumber,
        @Schema(description = "文件标题") String documentTitle,
        @Schema(description = "内容来源：official 官方文本；digest 摘要", example = "digest") SourceKind sourceKind,
        @Schema(description = "条目编号", example = "2.4.17") String articleKey,
        @Schema(description = "条目的原文编号", example = "17.") String articleLabel,
        @Schema(description = "条目的固定链接") String permalink, @Schema(description = "在 statusOn 这一天的效力") Status status,
        @Schema(description = "效力说明") String statusText, @Schema(description = "效力按这一天判断") LocalDate statusOn) {
}
