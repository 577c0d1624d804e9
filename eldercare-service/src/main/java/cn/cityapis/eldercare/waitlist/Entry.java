package cn.cityapis.eldercare.waitlist;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One application's place in the queue of one home. */
public record Entry(UUID id, UUID applicationId, UUID homeId, int queueNumber, Channel channel, Instant appliedAt,
        Phase phase, String maskedName, Needs needs, @Nullable String endReason) {

    /** Provisional until assessed; only a waiting entry can be offered a bed. */
    public enum Phase {
        PROVISIONAL, WAITING, OFFERED, ENDED
    }
}
