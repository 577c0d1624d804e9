package cn.cityapis.eldercare.offer;

import cn.cityapis.eldercare.ability.AbilityLevel;
import cn.cityapis.eldercare.home.Bed;
import cn.cityapis.eldercare.waitlist.Channel;
import cn.cityapis.eldercare.waitlist.Entry;
import cn.cityapis.eldercare.waitlist.Needs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

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

    /**
     * The list as it was looked through, and the one it fits, if any; of a couple who want two places together, both with
     * their beds.
     */
    public record Choice(List<Candidate> candidates, Optional<Entry> chosen, Optional<PairRules.Together> together) {
    }

    /** @param inOrder the queue in its order */
    public static Choice choose(Bed bed, List<Standing> inOrder) {
        return choose(bed, List.of(), inOrder);
    }

    /** @param otherFree the home's other free beds, of which a couple may take one besides */
    public static Choice choose(Bed bed, List<Bed> otherFree, List<Standing> inOrder) {
        return choose(bed, otherFree, inOrder, inOrder.size());
    }

    /** @param places how many of them are asked; those behind are looked at as companions only */
    static Choice choose(Bed bed, List<Bed> otherFree, List<Standing> inOrder, int places) {
        List<Candidate> seen = new ArrayList<>();
        for (int place = 0; place < places; place++) {
            Standing standing = inOrder.get(place);
            OptionalInt companion = PairRules.companion(inOrder, standing);
            if (companion.isPresent() && companion.getAsInt() < place) {
                Optional<PairRules.Together> together = PairRules.together(bed, otherFree, inOrder,
                        companion.getAsInt(), place);
                if (together.isPresent()) {
                    return new Choice(List.copyOf(seen), Optional.of(standing.entry()), together);
                }
            }
            Candidate.Verdict verdict = verdict(bed, inOrder, place);
            seen.add(line(seen.size() + 1, standing.entry(), verdict));
            if (verdict == Candidate.Verdict.FITS) {
                return new Choice(List.copyOf(seen), Optional.of(standing.entry()), Optional.empty());
            }
        }
        return new Choice(List.copyOf(seen), Optional.empty(), Optional.empty());
    }

    static Candidate line(int place, Entry entry, Candidate.Verdict verdict) {
        return new Candidate(place, entry.queueNumber(), entry.channel(), entry.appliedAt(), verdict);
    }

    /** Of one of a couple, too, who is not offered a bed alone. */
    static Candidate.Verdict verdict(Bed bed, List<Standing> inOrder, int place) {
        Candidate.Verdict verdict = verdict(bed, inOrder.get(place));
        OptionalInt companion = verdict == Candidate.Verdict.FITS
                ? PairRules.companion(inOrder, inOrder.get(place))
                : OptionalInt.empty();
        return companion.isPresent() ? PairRules.apart(inOrder, place, companion.getAsInt()) : verdict;
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
