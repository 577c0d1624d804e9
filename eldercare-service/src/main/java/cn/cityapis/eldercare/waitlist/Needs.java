package cn.cityapis.eldercare.waitlist;

import cn.cityapis.eldercare.ability.AbilityLevel;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What decides whether a bed fits; kept sealed, as it tells of health. Level is absent before the assessment.
 *
 * @param companion the application of the one with whom he wants two places together or none; both want it
 */
public record Needs(@Nullable AbilityLevel level, Sex sex, Set<BedKind> bedKinds, @Nullable UUID companion) {

    public enum Sex {
        MALE, FEMALE
    }

    public Needs(@Nullable AbilityLevel level, Sex sex, Set<BedKind> bedKinds) {
        this(level, sex, bedKinds, null);
    }

    public Needs assessed(AbilityLevel assessed) {
        return new Needs(assessed, sex, bedKinds, companion);
    }

    public Needs with(@Nullable UUID other) {
        return new Needs(level, sex, bedKinds, other);
    }
}
