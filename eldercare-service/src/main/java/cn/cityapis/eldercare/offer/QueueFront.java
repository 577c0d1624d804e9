package cn.cityapis.eldercare.offer;

import cn.cityapis.eldercare.home.Bed;
import cn.cityapis.eldercare.waitlist.Channel;
import cn.cityapis.eldercare.waitlist.Entry;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * As much of a home's queue as has been looked through for somebody whom a bed fits; more is read only if nobody did.
 *
 * @param places the first places in their order
 * @param behind the companions of people in them who stand further back, so that nobody of a couple passes for single
 * @param whole whether there are no more places
 */
record QueueFront(UUID home, List<OfferRules.Standing> places, List<OfferRules.Standing> behind, boolean whole) {

    /** Most beds fit one of the first; each time that nobody fits, four times as many have been looked at. */
    static final int FIRST = 64;

    /** Only these places are asked; who stands behind is looked at as a companion of one of them. */
    OfferRules.Choice choose(Bed bed, List<Bed> otherFree) {
        List<OfferRules.Standing> known = behind.isEmpty()
                ? places
                : Stream.concat(places.stream(), behind.stream()).toList();
        return OfferRules.choose(bed, otherFree, known, places.size());
    }

    Entry last() {
        return places.getLast().entry();
    }

    /** Whether somebody whom the bed may be offered can stand further back: an emergency bed is for the first channel only. */
    boolean goesOn(Bed bed) {
        return !whole && (!bed.emergency() || last().channel() == Channel.SPECIAL);
    }

    /** After it turned out that another home was quicker with the one who was chosen. */
    QueueFront offeredElsewhere(Entry lost) {
        return new QueueFront(home, OfferRules.offeredElsewhere(places, lost),
                OfferRules.offeredElsewhere(behind, lost), whole);
    }

    /** The applications with whom people in these places want two beds together, and who do not stand in them. */
    static Set<UUID> companionsBehind(List<OfferRules.Standing> places) {
        Set<UUID> wanted = places.stream().map(standing -> standing.entry().needs().companion())
                .filter(Objects::nonNull).collect(Collectors.toSet());
        if (!wanted.isEmpty()) {
            places.forEach(standing -> wanted.remove(standing.entry().applicationId()));
        }
        return wanted;
    }
}
