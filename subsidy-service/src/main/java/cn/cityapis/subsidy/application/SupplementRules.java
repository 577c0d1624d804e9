package cn.cityapis.subsidy.application;

import cn.cityapis.platform.problem.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a supplement cannot change once somebody has decided on the case, and what leads to another decision: who applies,
 * and where, stays. The district has looked
 * at that person, and it is the district that knows him; somebody else, or elsewhere, is another application.
 */
final class SupplementRules {

    private SupplementRules() {
    }

    static List<Violation> fixed(Application before, DraftForm.Contents after) {
        if (before.reviews().isEmpty()) {
            return List.of();
        }
        Applicant was = before.applicant();
        Applicant is = after.applicant();
        List<Violation> changed = new ArrayList<>();
        same(changed, "/areaCode", "办理区市", before.area(), after.area());
        same(changed, "/applicant/name", "姓名", was.name(), is.name());
        same(changed, "/applicant/idNumber", "公民身份号码", number(was), number(is));
        return changed;
    }

    /**
     * Whether what this round has decided on is not any more what it was: each fact is read by a condition or the amount,
     * and the account is where the money goes. It is reviewed again, by both levels.
     */
    static boolean anew(Application before, DraftForm.Contents after) {
        boolean reviewed = before.reviews().stream().anyMatch(review -> review.round() == before.round());
        return reviewed && !(before.facts().equals(after.facts())
                && Objects.equals(before.applicant().bankAccount(), after.applicant().bankAccount()));
    }

    /** A small x is the same number. */
    private static @Nullable Object number(Applicant of) {
        return of.residentId() == null ? of.idNumber() : of.residentId();
    }

    private static void same(List<Violation> changed, String pointer, String what, @Nullable Object was,
            @Nullable Object is) {
        if (!Objects.equals(was, is)) {
            changed.add(new Violation(pointer, "fixed", what + "已经审核，补正时不能更改"));
        }
    }
}
