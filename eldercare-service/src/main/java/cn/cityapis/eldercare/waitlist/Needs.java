package cn.cityapis.eldercare.waitlist;

import cn.cityapis.eldercare.ability.AbilityLevel;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What decides whether a bed fits; kept sealed, as it tells of health. Level is absent before the assessment. */
public record Needs(@Nullable AbilityLevel level, Sex sex, Set<BedKind> bedKinds) {

    public enum Sex {
        MALE, FEMALE
    }

    public Needs assessed(AbilityLevel assessed) {
        return new Needs(assessed, sex, bedKinds);
    }
}
