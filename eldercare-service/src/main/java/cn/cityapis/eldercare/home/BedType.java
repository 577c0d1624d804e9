package cn.cityapis.eldercare.home;

import cn.cityapis.eldercare.ability.AbilityLevel;
import cn.cityapis.eldercare.waitlist.BedKind;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Set;
import java.util.UUID;

/** The kind of a bed with the ability levels it takes. */
@Schema(description = "床位类型")
public record BedType(@Schema(description = "床位类型编号") UUID id,
        @Schema(description = "种类：GENERAL 普通；NURSING 护理；DEMENTIA_CARE 失智照护", example = "NURSING") BedKind kind,
        @Schema(description = "接收的能力等级") Set<AbilityLevel> levels,
        @Schema(description = "每月床位费（分）", example = "180000") long monthlyFeeFen) {
}
