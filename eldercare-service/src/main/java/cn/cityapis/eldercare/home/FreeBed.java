package cn.cityapis.eldercare.home;

import cn.cityapis.eldercare.ability.AbilityLevel;
import cn.cityapis.eldercare.waitlist.BedKind;
import cn.cityapis.eldercare.waitlist.Needs;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A free bed as published (第二十五条). */
@Schema(description = "一张空床")
public record FreeBed(@Schema(description = "床位号", example = "2-203-A") String label,
        @Schema(description = "类型", example = "NURSING") BedKind kind,
        @Schema(description = "接收的能力等级") Set<AbilityLevel> levels,
        @Schema(description = "房间性别要求", example = "FEMALE") Needs.@Nullable Sex sex,
        @Schema(description = "床位费每月（分）", example = "220000") long monthlyFeeFen,
        @Schema(description = "应急床位", example = "false") boolean emergency) {

    static FreeBed of(Bed bed) {
        return new FreeBed(bed.label(), bed.type().kind(), bed.type().levels(), bed.sex(), bed.type().monthlyFeeFen(),
                bed.emergency());
    }
}
