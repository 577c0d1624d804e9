package cn.cityapis.eldercare.offer;

import cn.cityapis.platform.time.Deadline;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A bed offered to one applicant; the frozen list that it was made from is read by itself, as it may be as long as the queue. */
public record Offer(UUID id, long version, UUID homeId, UUID bedId, UUID entryId, UUID applicationId, State state,
        Instant madeAt, String madeBy, Deadline moveInBy, @Nullable Instant endedAt) {

    public enum State {
        OPEN(true),
        ACCEPTED(true),
        PAPERS_CHECKED(true),
        COMPLETED(false),
        REFUSED(false),
        LAPSED(false),
        WITHDRAWN(false),
        CANCELLED(false);

        private final boolean live;

        State(boolean live) {
            this.live = live;
        }

        public boolean isLive() {
            return live;
        }
    }
}
