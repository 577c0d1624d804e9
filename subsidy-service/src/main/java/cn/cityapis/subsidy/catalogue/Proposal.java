package cn.cityapis.subsidy.catalogue;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A version of a scheme that somebody proposes; in force once somebody else has approved it and its day has come.
 *
 * @param version of the proposal, for If-Match
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "SchemeProposal", description = "方案修订：一人提出，另一人批准，自生效日起决定新的情形")
record Proposal(@Schema(description = "修订编号") UUID id, @Schema(description = "记录版本（If-Match）") long version,
        @Schema(description = "方案编号", example = "talent-insurance-rd") String schemeId,
        @Schema(description = "方案版本", example = "2") int schemeVersion,
        @Schema(description = "生效日：当日及以后的情形适用") LocalDate effectiveFrom,
        @Schema(description = "修订理由") String reason, @Schema(description = "状态") State state,
        @Schema(description = "提出时间") OffsetDateTime proposedAt,
        @Schema(description = "批准或撤回时间") @Nullable OffsetDateTime decidedAt,
        @Schema(description = "对在库申请的影响") Impact impact) {

    @Schema(description = "proposed 待批准；approved 已批准；withdrawn 已撤回")
    enum State {
        @com.fasterxml.jackson.annotation.JsonProperty("proposed")
        PROPOSED, @com.fasterxml.jackson.annotation.JsonProperty("approved")
        APPROVED, @com.fasterxml.jackson.annotation.JsonProperty("withdrawn")
        WITHDRAWN;

        static State of(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT));
        }

        String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param done false while the stored cases are still being gone through */
    @Schema(name = "SchemeImpactSummary", description = "对在库申请的影响概要")
    record Impact(@Schema(description = "是否已算完") boolean done, @Schema(description = "已核对的申请数") long cases,
            @Schema(description = "受益数") long gains, @Schema(description = "受损数") long loses) {
    }
}
