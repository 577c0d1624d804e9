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
            // of a couple only, as the log says of both
            case WAITS_FOR_COMPANION, NO_SECOND_BED -> false;
        };
    }

    /** The other of a couple, whether he stands before, and whether he had an offer of another home: for certain, or perhaps. */
    record Companion(QueueEvent standing, boolean before, boolean open, boolean maybeOpen) {
    }

    /** The same of one of a couple who want two places together: the second waits for the first, or both for a second bed. */
    static boolean holds(Candidate.Verdict reason, Companion companion) {
        boolean waits = companion.before() && companion.standing().phase() == Entry.Phase.WAITING;
        return switch (reason) {
            case WAITS_FOR_COMPANION -> !waits || companion.maybeOpen();
            case NO_SECOND_BED -> waits && !companion.open();
            case FITS, NOT_YET_ASSESSED, OFFER_OPEN, EMERGENCY_BED_SPECIAL_ONLY, LEVEL_NOT_TAKEN, SEX_DOES_NOT_FIT,
                    BED_KIND_NOT_WANTED ->
                false;
        };
    }

    /** 第二十条: no reason to skip him holds; one of a couple is not skipped when both are offered a place. */
    static boolean fits(OfferedBed bed, QueueEvent standing, boolean openElsewhere) {
        return Arrays.stream(Candidate.Verdict.values())
                .noneMatch(reason -> holds(reason, bed, standing, openElsewhere));
    }
}
