package cn.cityapis.eldercare.offer;

import cn.cityapis.eldercare.waitlist.Channel;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;

/** A line of the frozen list: who stood where, and why he was skipped or taken. */
@Schema(description = "发出通知时的候选名单中的一行（只含排队号，不含个人信息）")
public record Candidate(@Schema(description = "次序", example = "1") int place,
        @Schema(description = "排队号", example = "128") int queueNumber,
        @Schema(description = "通道", example = "SPECIAL") Channel channel,
        @Schema(description = "申请时间") Instant appliedAt,
        @Schema(description = "结论", example = "FITS") Verdict verdict) {

    /** FITS, or the coded reason of a skip. */
    public enum Verdict {
        FITS,
        NOT_YET_ASSESSED,
        OFFER_OPEN,
        EMERGENCY_BED_SPECIAL_ONLY,
        LEVEL_NOT_TAKEN,
        SEX_DOES_NOT_FIT,
        BED_KIND_NOT_WANTED,
        WAITS_FOR_COMPANION,
        NO_SECOND_BED
    }
}
