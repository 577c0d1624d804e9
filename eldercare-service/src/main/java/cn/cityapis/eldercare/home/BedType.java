package cn.cityapis.eldercare.home;

import cn.cityapis.eldercare.ability.AbilityLevel;
import cn.cityapis.eldercare.waitlist.BedKind;
import java.util.Set;
import java.util.UUID;

/** The kind of a bed with the ability levels it takes. */
public record BedType(UUID id, BedKind kind, Set<AbilityLevel> levels, long monthlyFeeFen) {
}
