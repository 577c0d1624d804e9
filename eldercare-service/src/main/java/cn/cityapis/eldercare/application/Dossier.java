package cn.cityapis.eldercare.application;

import cn.cityapis.eldercare.ability.AbilityLevel;
import cn.cityapis.eldercare.waitlist.Needs;
import cn.cityapis.platform.pii.ResidentId;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The personal part of an application: sealed as a whole at rest. */
public record Dossier(ApplicationForm form, List<Category> unproven, @Nullable AbilityLevel level) {

    static Dossier of(ApplicationForm form) {
        return new Dossier(form, List.of(), null);
    }

    /** With another form; what was found unproven stays so only as long as it is claimed. */
    Dossier with(ApplicationForm changed) {
        boolean sameClaims = changed.categories().equals(form.categories());
        return new Dossier(changed, sameClaims ? unproven : List.of(), level);
    }

    Dossier withUnproven(List<Category> categories) {
        return new Dossier(form, List.copyOf(categories), level);
    }

    public Dossier assessed(AbilityLevel assessed) {
        return new Dossier(form, unproven, assessed);
    }

    /** What he claims, less what the review found unproven. */
    public Set<Category> categories() {
        Set<Category> proven = form.categorySet();
        unproven.forEach(proven::remove);
        return proven.isEmpty() ? EnumSet.noneOf(Category.class) : proven;
    }

    /** By the ID number, which everybody has given who has handed in an application. */
    public Needs.Sex sex() {
        String number = Objects.requireNonNull(Objects.requireNonNull(form.applicant()).idNumber());
        return new ResidentId(number).sex() == ResidentId.Sex.FEMALE ? Needs.Sex.FEMALE : Needs.Sex.MALE;
    }

    public ChannelDecision channel() {
        return ChannelRules.derive(categories(), level);
    }
}
