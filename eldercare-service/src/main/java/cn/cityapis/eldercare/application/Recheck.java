package cn.cityapis.eldercare.application;

import cn.cityapis.platform.time.Deadline;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * 第十八条: the one objection to an assessment, and the second look that it leads to; what that finds is final.
 *
 * @param agencyOrg the qualified agency that the applicant chose
 * @param endedAt when it was done, or the objection was taken back; null while it runs
 */
public record Recheck(Instant objectedAt, String agencyOrg, Deadline by, @Nullable Instant endedAt) {

    Recheck by(String otherAgency, Deadline newBy) {
        return new Recheck(objectedAt, otherAgency, newBy, null);
    }

    Recheck ended(Instant at) {
        return new Recheck(objectedAt, agencyOrg, by, at);
    }
}
