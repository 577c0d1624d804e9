package cn.cityapis.eldercare.offer;

import cn.cityapis.eldercare.ability.AbilityLevel;
import cn.cityapis.eldercare.home.Bed;
import cn.cityapis.eldercare.waitlist.Channel;
import cn.cityapis.eldercare.waitlist.Entry;
import cn.cityapis.eldercare.waitlist.Needs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** 第八条, 第二十条, 第二十五条: a bed goes to the first in the order whom it fits. */
public final class OfferRules {

    private OfferRules() {
    }

    /** Somebody in the queue; whether he has an offer open, at whatever home. */
    public record Standing(Entry entry, boolean offerOpen) {
    }

    /** The same queue after it turned out that another home was quicker with the one who was chosen. */
    public static List<Standing> offeredElsewhere(List<Standing> inOrder, Entry lost) {
        return inOrder.stream()
                .map(standing -> standing.entry().id().equals(lost.id()) ? new Standing(lost, true) : standing)
                .toList();
    }

    /** The list as it was looked through, and the one it fits, if any. */
    public record Choice(List<Candidate> candidates, Optional<Entry> chosen) {
    }

    /** @param inOrder the queue in its order */
    public static Choice choose(Bed bed, List<Standing> inOrder) {
        List<Candidate> seen = new ArrayList<>();
        for (Standing standing : inOrder) {
            Candidate.Verdict verdict = verdict(bed, standing);
            Entry entry = standing.entry();
            seen.add(new Candidate(seen.size() + 1, entry.queueNumber(), entry.channel(), entry.appliedAt(), verdict));
            if (verdict == Candidate.Verdict.FITS) {
                return new Choice(List.copyOf(seen), Optional.of(entry));
            }
        }
        return new Choice(List.copyOf(seen), Optional.empty());
    }

    static Candidate.Verdict verdict(Bed bed, Standing standing) {
        Entry entry = standing.entry();
        Needs needs = entry.needs();
        AbilityLevel level = needs.level();
        if (level == null || entry.phase() == Entry.Phase.PROVISIONAL) {
            return Candidate.Verdict.NOT_YET_ASSESSED;
        }
        if (standing.offerOpen() || entry.phase() == Entry.Phase.OFFERED) {
            return Candidate.Verdict.OFFER_OPEN;
        }
        if (bed.emergency() && entry.channel() != Channel.SPECIAL) {
            return Candidate.Verdict.EMERGENCY_BED_SPECIAL_ONLY;
        }
        if (!bed.type().levels().contains(level)) {
            return Candidate.Verdict.LEVEL_NOT_TAKEN;
        }
        if (bed.sex() != null && bed.sex() != needs.sex()) {
            return Candidate.Verdict.SEX_DOES_NOT_FIT;
        }
        return needs.bedKinds().isEmpty() || needs.bedKinds().contains(bed.type().kind())
                ? Candidate.Verdict.FITS
                : Candidate.Verdict.BED_KIND_NOT_WANTED;
    }
}
