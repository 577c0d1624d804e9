package cn.cityapis.eldercare.offer;

import cn.cityapis.platform.problem.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** 第二十一条: originals of ID card and household register of applicant and guardian, and the full examination. */
final class PaperRules {

    private PaperRules() {
    }

    /** All that is missing at once; the guardian's papers only if there is one. */
    static List<Violation> missing(Set<Original> seen, boolean hasGuardian) {
        List<Violation> missing = new ArrayList<>();
        for (Original original : Original.values()) {
            if (!seen.contains(original) && (hasGuardian || !original.isGuardians())) {
                missing.add(new Violation("/originalsSeen", "original-missing",
                        "缺少原件：" + original.title() + "（" + original + "）"));
            }
        }
        return List.copyOf(missing);
    }
}
