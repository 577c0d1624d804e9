package cn.cityapis.eldercare.home;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The time somebody has a bed; no personal data. Residents from before the rule (第二十八条) may have none. */
@Schema(description = "一次床位占用（不含个人信息）")
public record Stay(@Schema(description = "编号") UUID id, @Schema(description = "机构编号") UUID homeId,
        @Schema(description = "床位编号") UUID bedId,
        @Schema(description = "床位号", example = "2-203-A") String bedLabel,
        @Schema(description = "是否应急床位", example = "true") boolean emergencyBed,
        @Schema(description = "申请编号；非经轮候安排的没有") @Nullable UUID applicationId,
        @Schema(description = "用途", example = "TEMPORARY") Purpose purpose,
        @Schema(description = "理由", example = "家中房屋维修，临时安置两周") String reason,
        @Schema(description = "预计使用至", example = "2026-12-05") @Nullable LocalDate until,
        @Schema(description = "开始时间") Instant beganAt, @Schema(description = "结束时间") @Nullable Instant endedAt,
        @Schema(description = "结束原因", example = "USE_OVER") @Nullable End endReason) {

    /** What a bed is used for; all but the first are the uses of an emergency bed (第二十五条). */
    public enum Purpose {
        ADMISSION, SPECIAL_CHANNEL, TURNOVER, EMERGENCY, TEMPORARY
    }

    /** How it ended. */
    public enum End {
        LEFT, DIED, MOVED, USE_OVER, NOT_STATED
    }
}
