package cn.cityapis.eldercare.application;

import cn.cityapis.platform.time.Deadline;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/** Where an application stands. No personal data, health or income in the facts of a state. */
public sealed interface ApplicationState {

    /** Not yet handed in. */
    record Draft() implements ApplicationState {
    }

    /** Handed in, and told once of everything that is missing (第十三条). */
    record Incomplete(List<Missing> missing, Instant notifiedAt) implements ApplicationState {
    }

    /** Complete; the home reviews it within the deadline (第十三条). */
    record Submitted(Instant at, Deadline reviewBy) implements ApplicationState {
    }

    /** To be assessed (第十六条). */
    record Qualified(Instant at) implements ApplicationState {
    }

    /** Assessed and in the queue; the result may be objected to (第十八条). */
    record Waiting(Instant since, Deadline objectionBy) implements ApplicationState {
    }

    /** Told to move in (第二十条). */
    record Offered(UUID offerId, UUID homeId, Deadline moveInBy, Waiting before) implements ApplicationState {
    }

    record OfferAccepted(UUID offerId, UUID homeId, Deadline moveInBy, Waiting before) implements ApplicationState {
    }

    /** Originals and examination seen, fees agreed (第二十一条, 第二十二条). */
    record PapersChecked(UUID offerId, UUID homeId, Deadline moveInBy, Waiting before) implements ApplicationState {
    }

    record Admitted(UUID homeId, UUID bedId, LocalDate on) implements ApplicationState {
    }

    record Rejected(String reason, Instant at) implements ApplicationState {
    }

    /** Left of his own will (第十四条). */
    record Withdrawn(Instant at) implements ApplicationState {
    }

    /** 第二十四条. */
    record Forfeited(String reason, Instant at) implements ApplicationState {
    }

    default Name name() {
        return switch (this) {
            case Draft s -> Name.DRAFT;
            case Incomplete s -> Name.INCOMPLETE;
            case Submitted s -> Name.SUBMITTED;
            case Qualified s -> Name.QUALIFIED;
            case Waiting s -> Name.WAITING;
            case Offered s -> Name.OFFERED;
            case OfferAccepted s -> Name.OFFER_ACCEPTED;
            case PapersChecked s -> Name.PAPERS_CHECKED;
            case Admitted s -> Name.ADMITTED;
            case Rejected s -> Name.REJECTED;
            case Withdrawn s -> Name.WITHDRAWN;
            case Forfeited s -> Name.FORFEITED;
        };
    }

    /** The names that the API and the database use. */
    enum Name {
        DRAFT(Draft.class, true), INCOMPLETE(Incomplete.class, true), SUBMITTED(Submitted.class, true), QUALIFIED(
                Qualified.class, true), WAITING(Waiting.class, true), OFFERED(Offered.class,
                        true), OFFER_ACCEPTED(OfferAccepted.class, true), PAPERS_CHECKED(PapersChecked.class,
                                true), ADMITTED(Admitted.class, false), REJECTED(Rejected.class,
                                        false), WITHDRAWN(Withdrawn.class, false), FORFEITED(Forfeited.class, false);

        private final Class<? extends ApplicationState> type;
        private final boolean live;

        Name(Class<? extends ApplicationState> type, boolean live) {
            this.type = type;
            this.live = live;
        }

        public Class<? extends ApplicationState> type() {
            return type;
        }

        /** Whether the round still runs. */
        public boolean isLive() {
            return live;
        }
    }
}
