package cn.cityapis.eldercare.fairness;

import cn.cityapis.eldercare.ability.AbilityLevel;
import cn.cityapis.eldercare.offer.Candidate;
import cn.cityapis.eldercare.waitlist.Channel;
import cn.cityapis.eldercare.waitlist.Entry;
import cn.cityapis.eldercare.waitlist.Needs;
import cn.cityapis.eldercare.waitlist.OfferedBed;
import cn.cityapis.eldercare.waitlist.QueueEvent;
import java.util.Arrays;

/**
 * Whether a coded reason was true of somebody at that moment. Written anew from the articles, not by calling the rules
 * that made the offer: a fault in those must not vouch for itself.
 */
final class SkipRules {

    private SkipRules() {
    }

    /** @param openElsewhere whether he had an offer of another home */
    static boolean holds(Candidate.Verdict reason, OfferedBed bed, QueueEvent standing, boolean openElsewhere) {
        Needs needs = standing.needs();
        AbilityLevel level = needs.level();
        return switch (reason) {
            case FITS -> false;
            case NOT_YET_ASSESSED -> standing.phase() == Entry.Phase.PROVISIONAL || level == null;
            case OFFER_OPEN -> standing.phase() == Entry.Phase.OFFERED || openElsewhere;
            case EMERGENCY_BED_SPECIAL_ONLY -> bed.emergency() && standing.channel() != Channel.SPECIAL;
            case LEVEL_NOT_TAKEN -> level != null && !bed.levels().contains(level);
            case SEX_DOES_NOT_FIT -> bed.sex() != null && bed.sex() != needs.sex();
            case BED_KIND_NOT_WANTED -> !needs.bedKinds().isEmpty() && !needs.bedKinds().contains(bed.kind());
            // he and another asked for two places together, as the log says of both
            case WAITS_FOR_COMPANION, NO_SECOND_BED -> needs.companion() != null;
        };
    }

    /** 第二十条: no reason to skip him holds; one of a couple is not skipped when both are offered a place. */
    static boolean fits(OfferedBed bed, QueueEvent standing, boolean openElsewhere) {
        return Arrays.stream(Candidate.Verdict.values())
                .filter(reason -> reason != Candidate.Verdict.WAITS_FOR_COMPANION
                        && reason != Candidate.Verdict.NO_SECOND_BED)
                .noneMatch(reason -> holds(reason, bed, standing, openElsewhere));
    }
}
