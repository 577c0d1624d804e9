package cn.cityapis.subsidy.application;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/** A decision of an officer: append-only. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "审核意见")
public record Review(@Schema(description = "审核编号") UUID id,
        @Schema(description = "层级：first 初审；second 复审；appeal 申诉") Level level,
        @Schema(description = "第几轮审核：补正改变了已审核的内容的，从初审起重新审核一轮", example = "1") int round,
        @Schema(description = "结论：pass 通过；reject 不通过") Decision decision,
        @Schema(description = "审核人单位", example = "371002") String reviewerOrg,
        @Schema(description = "不通过的理由，逐条对应条件") List<Reason> reasons, @Schema(description = "意见") String comment,
        @Schema(description = "审核时间") OffsetDateTime decidedAt,
        @Schema(description = "审定金额（分，仅金额由主管部门评审确定的方案）") @Nullable Long amountFen,
        @Schema(description = "审定金额的理由") @Nullable String amountReason) {

    /** Which of the two. */
    public enum Level {
        @JsonProperty("first")
        FIRST, @JsonProperty("second")
        SECOND,
        /** By the city, on a rejection. */
        @JsonProperty("appeal")
        APPEAL
    }

    public enum Decision {
        @JsonProperty("pass")
        PASS, @JsonProperty("reject")
        REJECT
    }

    /** A condition that the officer found not to hold, with its source. */
    @Schema(description = "不通过的一项理由")
    public record Reason(@Schema(description = "条件编号", example = "workplace") String condition,
            @Schema(description = "说明") String text,
            @Schema(description = "依据") String citation) {
    }
}
