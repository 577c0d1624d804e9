package cn.cityapis.eldercare.application;

import cn.cityapis.eldercare.waitlist.BedKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * 第十四条: what has changed; null is as before. Contact and wishes hold at once, categories once the home confirmed them.
 */
record Circumstances(@Nullable List<Category> categories, @Nullable String phone, @Nullable String residenceAreaCode,
        @Nullable String address, @Nullable List<BedKind> bedKinds, String explanation) {

    boolean saysNothing() {
        return categories == null && phone == null && residenceAreaCode == null && address == null && bedKinds == null;
    }

    /** The form with all but the categories changed. */
    ApplicationForm atOnce(ApplicationForm form) {
        ApplicationForm.Person person = form.applicant();
        ApplicationForm.Person changed = person == null
                ? null
                : new ApplicationForm.Person(person.name(), person.idNumber(), or(phone, person.phone()),
                        or(residenceAreaCode, person.residenceAreaCode()), or(address, person.address()));
        return new ApplicationForm(form.filedBy(), changed, form.agent(), form.guardian(), form.categories(),
                form.homeIds(), bedKinds == null ? form.bedKinds() : bedKinds);
    }

    /** The form with the categories changed. */
    ApplicationForm confirmed(ApplicationForm form) {
        return new ApplicationForm(form.filedBy(), form.applicant(), form.agent(), form.guardian(),
                categories == null ? form.categories() : categories, form.homeIds(), form.bedKinds());
    }

    private static @Nullable String or(@Nullable String changed, @Nullable String before) {
        return changed == null ? before : changed;
    }
}
