package cn.cityapis.eldercare.assessment;

import cn.cityapis.eldercare.application.ApplicationState;
import cn.cityapis.eldercare.application.Recheck;
import cn.cityapis.platform.problem.Violations;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * No assessment is older than its occasion: who has been found qualified is called to it (第十六条), a re-check follows the
 * objection (第十八条), and a resident is assessed again while he lives there (第二十三条).
 */
final class AssessmentDates {

    private AssessmentDates() {
    }

    /** The first day on which it can have been made, and what happened then. */
    record Earliest(LocalDate day, String occasion) {
    }

    /** 400 if it was made before what it was made for. */
    static void require(ApplicationState state, LocalDate assessedOn, ZoneId zone) {
        Earliest earliest = earliest(state, zone);
        Violations violations = new Violations();
        if (earliest != null && assessedOn.isBefore(earliest.day())) {
            violations.add("/assessedOn", "out-of-range", "评估日期不能早于" + earliest.occasion() + " " + earliest.day());
        }
        violations.throwIfAny();
    }

    /** Null where nothing is assessed. */
    static @Nullable Earliest earliest(ApplicationState state, ZoneId zone) {
        return switch (state) {
            case ApplicationState.Qualified qualified -> qualified(qualified.at(), zone);
            case ApplicationState.AssessmentBooked booked -> qualified(booked.qualifiedAt(), zone);
            case ApplicationState.Waiting waiting -> objected(waiting.recheck(), zone);
            case ApplicationState.WithOffer offered -> objected(offered.before().recheck(), zone);
            case ApplicationState.Admitted admitted -> new Earliest(admitted.on(), "入住之日（第二十三条）");
            case ApplicationState.Draft s -> null;
            case ApplicationState.Incomplete s -> null;
            case ApplicationState.Submitted s -> null;
            case ApplicationState.Rejected s -> null;
            case ApplicationState.Withdrawn s -> null;
            case ApplicationState.NoShow s -> null;
            case ApplicationState.Forfeited s -> null;
            case ApplicationState.Disqualified s -> null;
            case ApplicationState.Died s -> null;
        };
    }

    private static Earliest qualified(Instant at, ZoneId zone) {
        return new Earliest(LocalDate.ofInstant(at, zone), "审核合格之日（第十六条）");
    }

    private static @Nullable Earliest objected(@Nullable Recheck recheck, ZoneId zone) {
        return recheck == null
                ? null
                : new Earliest(LocalDate.ofInstant(recheck.objectedAt(), zone), "提出异议之日（第十八条）");
    }
}
