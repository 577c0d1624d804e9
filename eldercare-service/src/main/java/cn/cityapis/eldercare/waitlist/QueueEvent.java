package cn.cityapis.eldercare.waitlist;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened in the queue of a home, with the entry as it stood afterwards.
 *
 * @param seq counts from 1 without a gap in each home
 * @param offerId and {@code bed}: of an offer only
 * @param reason of an end only
 * @param at by the service's clock
 * @param recordedAt by the database's clock, which is one for all replicas
 */
public record QueueEvent(UUID homeId, long seq, Kind kind, UUID entryId, UUID applicationId, int queueNumber,
        Channel channel, Instant appliedAt, Entry.Phase phase, Needs needs, @Nullable UUID offerId,
        @Nullable OfferedBed bed, @Nullable String reason, Instant at, Instant recordedAt) {

    /** With what was sealed. */
    public QueueEvent with(Needs read, @Nullable OfferedBed offered) {
        return new QueueEvent(homeId, seq, kind, entryId, applicationId, queueNumber, channel, appliedAt, phase, read,
                offerId, offered, reason, at, recordedAt);
    }

    /** CARRIED_OVER: found standing when the log began. */
    public enum Kind {
        ENTERED, CARRIED_OVER, CHANGED, OFFERED, ENDED
    }
}
