package cn.cityapis.eldercare.fairness;

import cn.cityapis.eldercare.waitlist.Entry;
import cn.cityapis.eldercare.waitlist.QueueEvent;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A home's queue as it stood at a moment, in the order of 第八条: channel, then time of application, then id. */
final class LiveQueue {

    private final NavigableMap<Place, QueueEvent> inOrder = new TreeMap<>();
    private final Map<Integer, QueueEvent> byNumber = new HashMap<>();
    private final Map<UUID, QueueEvent> byApplication = new HashMap<>();

    /** As the database orders: ids without a sign. */
    record Place(int rank, Instant appliedAt, UUID id) implements Comparable<Place> {

        static Place of(QueueEvent entry) {
            return new Place(entry.channel().rank(), entry.appliedAt(), entry.entryId());
        }

        @Override
        public int compareTo(Place other) {
            int byRank = Integer.compare(rank, other.rank);
            int byTime = byRank != 0 ? byRank : appliedAt.compareTo(other.appliedAt);
            int byHighBits = byTime != 0
                    ? byTime
                    : Long.compareUnsigned(id.getMostSignificantBits(), other.id.getMostSignificantBits());
            return byHighBits != 0
                    ? byHighBits
                    : Long.compareUnsigned(id.getLeastSignificantBits(), other.id.getLeastSignificantBits());
        }
    }

    void replace(@Nullable QueueEvent before, QueueEvent now) {
        if (before != null) {
            inOrder.remove(Place.of(before));
            byNumber.remove(before.queueNumber());
            byApplication.remove(before.applicationId());
        }
        if (now.phase() != Entry.Phase.ENDED) {
            inOrder.put(Place.of(now), now);
            byNumber.put(now.queueNumber(), now);
            byApplication.put(now.applicationId(), now);
        }
    }

    @Nullable
    QueueEvent numbered(int queueNumber) {
        return byNumber.get(queueNumber);
    }

    /** The other of a couple who both want two places together, as far as he stands in this queue. */
    @Nullable
    QueueEvent companionOf(QueueEvent standing) {
        UUID wanted = standing.needs().companion();
        QueueEvent other = wanted == null ? null : byApplication.get(wanted);
        return other != null && standing.applicationId().equals(other.needs().companion()) ? other : null;
    }

    /** Those who stand before, in their order. */
    Collection<QueueEvent> before(QueueEvent entry) {
        return inOrder.headMap(Place.of(entry), false).values();
    }
}
