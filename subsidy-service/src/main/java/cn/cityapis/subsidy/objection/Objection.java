package cn.cityapis.subsidy.objection;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What somebody has against an approval that is publicly noticed.
 *
 * @param decision null while it is open: the notice does not end before
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "公示异议")
record Objection(@Schema(description = "异议编号") UUID id, @Schema(description = "版本", example = "1") long version,
        @Schema(description = "申请编号") UUID applicationId,
        @Schema(description = "内容（仅经办人员和提出人可见）", example = "该申请人已于上月离职") @Nullable String text,
        @Schema(description = "提出时间") OffsetDateTime filedAt,
        @Schema(description = "处理结论：dismissed 不成立；extended 延长公示；upheld 成立，申请未通过") @Nullable Decision decision,
        @Schema(description = "理由") @Nullable String reason,
        @Schema(description = "处理时间") @Nullable OffsetDateTime decidedAt) {

    /** What became of it. */
    enum Decision {
        @JsonProperty("dismissed")
        DISMISSED, @JsonProperty("extended")
        EXTENDED, @JsonProperty("upheld")
        UPHELD
    }
}
