package cn.cityapis.eldercare.rulebook;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Other options of a book from a day on; they hold once somebody else than who proposed them has approved them. */
@Schema(description = "选项修订：一人提出，另一人批准，自适用之日起适用于其后提交的申请")
record OptionProposal(@Schema(description = "编号") UUID id,
        @Schema(description = "版本（If-Match）", example = "1") long version,
        @Schema(description = "办法编号", example = "2023-17") String ruleBookId,
        @Schema(description = "自何日起适用", example = "2027-01-01") LocalDate validFrom, RuleOptions options,
        @Schema(description = "决定日期", example = "2026-11-20") LocalDate decidedOn,
        @Schema(description = "依据说明", example = "某某号文件") String basis,
        @Schema(description = "进展", example = "PROPOSED") State state,
        @Schema(description = "提出人", example = "demo-city-officer") String proposedBy,
        @Schema(description = "提出时间") Instant proposedAt,
        @Schema(description = "批准人或撤回人") @Nullable String closedBy,
        @Schema(description = "批准或撤回时间") @Nullable Instant closedAt) {

    enum State {
        PROPOSED, APPROVED, WITHDRAWN
    }
}
