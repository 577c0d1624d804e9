package cn.cityapis.eldercare.offer;

import cn.cityapis.eldercare.home.Bed;
import cn.cityapis.eldercare.waitlist.Entry;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Couples who want two places together, in one home. They stand where the later of the two stands, so nobody is
 * overtaken by them; the second bed is theirs only if nobody before them fits it (第八条, 第二十条).
 */
final class PairRules {

    private PairRules() {
    }

    /** A bed for one of them, with the list as it was looked through for that bed. */
    record Placed(Entry entry, Bed bed, List<Candidate> candidates) {
    }

    /** The one who stands first is offered his bed first. */
    record Together(Placed earlier, Placed later) {
    }

    /** Where in the list the other of a couple stands; empty if he is alone, or the other is not in this queue any more. */
    static OptionalInt companion(List<OfferRules.Standing> inOrder, OfferRules.Standing standing) {
        UUID other = standing.entry().needs().companion();
        if (other != null) {
            for (int i = 0; i < inOrder.size(); i++) {
                Entry entry = inOrder.get(i).entry();
                if (entry.applicationId().equals(other)
                        && standing.entry().applicationId().equals(entry.needs().companion())) {
                    return OptionalInt.of(i);
                }
            }
        }
        return OptionalInt.empty();
    }

    /** @param earlier the place of one of them, before {@code later}, the place of the other */
    static Optional<Together> together(Bed bed, List<Bed> otherFree, List<OfferRules.Standing> inOrder, int earlier,
            int later) {
        return otherFree.stream()
                .filter(other -> nobodyElse(other, inOrder, later))
                .flatMap(other -> Stream.of(List.of(bed, other), List.of(other, bed)))
                .filter(beds -> fits(beds.get(0), inOrder.get(earlier)) && fits(beds.get(1), inOrder.get(later)))
                .findFirst()
                .map(beds -> new Together(
                        new Placed(inOrder.get(earlier).entry(), beds.get(0),
                                list(beds.get(0), inOrder, earlier, -1)),
                        new Placed(inOrder.get(later).entry(), beds.get(1),
                                list(beds.get(1), inOrder, later, earlier))));
    }

    /** Why one of a couple, whom the bed would fit, is not offered it alone. */
    static Candidate.Verdict apart(List<OfferRules.Standing> inOrder, int place, int companion) {
        OfferRules.Standing other = inOrder.get(companion);
        boolean ready = other.entry().phase() == Entry.Phase.WAITING && !other.offerOpen();
        return ready && companion < place
                ? Candidate.Verdict.NO_SECOND_BED
                : Candidate.Verdict.WAITS_FOR_COMPANION;
    }

    private static boolean nobodyElse(Bed bed, List<OfferRules.Standing> inOrder, int later) {
        return IntStream.range(0, later)
                .noneMatch(i -> fits(bed, inOrder.get(i)) && companion(inOrder, inOrder.get(i)).isEmpty());
    }

    private static boolean fits(Bed bed, OfferRules.Standing standing) {
        return OfferRules.verdict(bed, standing) == Candidate.Verdict.FITS;
    }

    /** @param offered the place of the companion, who has been offered his bed just before; −1 if nobody has */
    private static List<Candidate> list(Bed bed, List<OfferRules.Standing> inOrder, int chosen, int offered) {
        return IntStream.rangeClosed(0, chosen).mapToObj(i -> {
            Candidate.Verdict verdict = i == chosen
                    ? Candidate.Verdict.FITS
                    : i == offered ? Candidate.Verdict.OFFER_OPEN : OfferRules.verdict(bed, inOrder, i);
            return OfferRules.line(i + 1, inOrder.get(i).entry(), verdict);
        }).toList();
    }
}
