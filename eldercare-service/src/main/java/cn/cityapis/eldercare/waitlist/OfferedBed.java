package cn.cityapis.eldercare.waitlist;

import cn.cityapis.eldercare.ability.AbilityLevel;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A bed as it was at the moment of its offer: what the reason of each skip is later held against. */
public record OfferedBed(UUID bedId, BedKind kind, Set<AbilityLevel> levels, Needs.@Nullable Sex sex,
        boolean emergency) {
}
