package cn.cityapis.eldercare.offer;

import cn.cityapis.platform.time.Deadline;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A bed offered to one applicant, with the frozen list that it was made from. */
public record Offer(UUID id, long version, UUID homeId, UUID bedId, UUID entryId, UUID applicationId, State state,
        List<Candidate> candidates, Instant madeAt, String madeBy, Deadline moveInBy, @Nullable Instant endedAt) {

    public enum State {
        OPEN(true), ACCEPTED(true), PAPERS_CHECKED(true), COMPLETED(false), REFUSED(false), LAPSED(false), WITHDRAWN(
                false), CANCELLED(false);

        private final boolean live;

        State(boolean live) {
            this.live = live;
        }

        public boolean isLive() {
            return live;
        }
    }
}
