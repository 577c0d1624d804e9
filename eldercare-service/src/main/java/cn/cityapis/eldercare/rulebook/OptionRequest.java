package cn.cityapis.eldercare.rulebook;

import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** What is to be other in a book from a day on. What is absent is named by {@link OptionProposalRules}, with all else. */
@Schema(description = "修订一部办法的数值与选项；缺项与不符之处一次列出")
record OptionRequest(
        @Schema(description = "办法编号", example = "2023-17", requiredMode = RequiredMode.REQUIRED) @Size(max = 60, message = "不超过 60 字") @Nullable String ruleBookId,
        @Schema(description = "自何日起适用，须晚于今天", example = "2027-01-01", requiredMode = RequiredMode.REQUIRED) @Nullable LocalDate validFrom,
        @Schema(description = "决定日期", example = "2026-11-20", requiredMode = RequiredMode.REQUIRED) @Nullable LocalDate decidedOn,
        @Schema(description = "依据说明", example = "某某号文件", requiredMode = RequiredMode.REQUIRED) @Size(max = 500, message = "不超过 500 字") @Pattern(regexp = "\\P{Cntrl}*", message = "不能含控制字符") @Nullable String basis,
        @Schema(description = "修订后的全部数值与选项", requiredMode = RequiredMode.REQUIRED) @Valid ReplaceRequest.@Nullable Options options) {
}
