package cn.cityapis.eldercare.application;

import cn.cityapis.platform.time.Deadline;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where an application stands. No personal data, health or income in the facts of a state, but for what is missing, which is
 * stored sealed.
 */
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

    /** To be called to the assessment (第十六条). */
    record Qualified(Instant at) implements ApplicationState {
    }

    /** A date is agreed (第十六条); the result is due soon after it (第十八条). */
    record AssessmentBooked(Instant qualifiedAt, UUID appointmentId, LocalDate on, Deadline resultBy)
            implements
                ApplicationState {
    }

    /** Assessed and in the queue; the result may be objected to, once (第十八条). */
    record Waiting(Instant since, Deadline objectionBy, @Nullable Recheck recheck) implements ApplicationState {

        public Waiting(Instant since, Deadline objectionBy) {
            this(since, objectionBy, null);
        }

        /** Whether an objection is being looked into: until then no bed is offered on the disputed result. */
        public boolean underRecheck() {
            return recheck != null && recheck.endedAt() == null;
        }

        Waiting with(Recheck changed) {
            return new Waiting(since, objectionBy, changed);
        }
    }

    /** An offer of a bed is under way. */
    sealed interface WithOffer extends ApplicationState {

        UUID offerId();

        UUID homeId();

        Deadline moveInBy();

        Waiting before();

        /** The same, with what is new of the assessment. */
        WithOffer with(Waiting changed);
    }

    /** Told to move in (第二十条). */
    record Offered(UUID offerId, UUID homeId, Deadline moveInBy, Waiting before) implements WithOffer {

        @Override
        public Offered with(Waiting changed) {
            return new Offered(offerId, homeId, moveInBy, changed);
        }
    }

    record OfferAccepted(UUID offerId, UUID homeId, Deadline moveInBy, Waiting before) implements WithOffer {

        @Override
        public OfferAccepted with(Waiting changed) {
            return new OfferAccepted(offerId, homeId, moveInBy, changed);
        }
    }

    /** Originals and examination seen, fees agreed (第二十一条, 第二十二条). */
    record PapersChecked(UUID offerId, UUID homeId, Deadline moveInBy, Waiting before) implements WithOffer {

        @Override
        public PapersChecked with(Waiting changed) {
            return new PapersChecked(offerId, homeId, moveInBy, changed);
        }
    }

    record Admitted(UUID homeId, UUID bedId, LocalDate on) implements ApplicationState {
    }

    /** Why is told by the decision; rows of before have it here too. */
    @JsonIgnoreProperties("reason")
    record Rejected(Instant at) implements ApplicationState {
    }

    /** Left of his own will (第十四条), or never handed in complete. */
    record Withdrawn(Instant at) implements ApplicationState {
    }

    /** Did not come on the agreed date: this round is cancelled (第十六条). */
    record NoShow(LocalDate missed, Instant at) implements ApplicationState {
    }

    /** 第二十四条; as with a rejection, the decision tells why. */
    @JsonIgnoreProperties("reason")
    record Forfeited(Instant at) implements ApplicationState {
    }

    /** False statements, found before or after moving in (第二十六条). */
    record Disqualified(Instant at) implements ApplicationState {
    }

    /** @param on as far as it is known */
    record Died(@Nullable LocalDate on, Instant learntAt) implements ApplicationState {
    }

    default Name name() {
        return switch (this) {
            case Draft s -> Name.DRAFT;
            case Incomplete s -> Name.INCOMPLETE;
            case Submitted s -> Name.SUBMITTED;
            case Qualified s -> Name.QUALIFIED;
            case AssessmentBooked s -> Name.ASSESSMENT_BOOKED;
            case Waiting s -> s.underRecheck() ? Name.RECHECKING : Name.WAITING;
            case Offered s -> Name.OFFERED;
            case OfferAccepted s -> Name.OFFER_ACCEPTED;
            case PapersChecked s -> Name.PAPERS_CHECKED;
            case Admitted s -> Name.ADMITTED;
            case Rejected s -> Name.REJECTED;
            case Withdrawn s -> Name.WITHDRAWN;
            case NoShow s -> Name.NO_SHOW;
            case Forfeited s -> Name.FORFEITED;
            case Disqualified s -> Name.DISQUALIFIED;
            case Died s -> Name.DIED;
        };
    }

    /** The names that the API and the database use. */
    enum Name {
        DRAFT(Draft.class, true, "草稿"),
        INCOMPLETE(Incomplete.class, true, "资料不齐全，待补正"),
        SUBMITTED(Submitted.class, true, "已提交，待审核"),
        QUALIFIED(Qualified.class, true, "审核通过，待预约评估"),
        ASSESSMENT_BOOKED(AssessmentBooked.class, true, "已约定评估"),
        WAITING(Waiting.class, true, "轮候中"),
        RECHECKING(Waiting.class, true, "评估结果复核中"),
        OFFERED(Offered.class, true, "已通知入住"),
        OFFER_ACCEPTED(OfferAccepted.class, true, "已接受入住通知"),
        PAPERS_CHECKED(PapersChecked.class, true, "材料已核验"),
        ADMITTED(Admitted.class, false, "已入住"),
        REJECTED(Rejected.class, false, "审核未通过"),
        WITHDRAWN(Withdrawn.class, false, "已撤回"),
        NO_SHOW(NoShow.class, false, "未按约定评估"),
        FORFEITED(Forfeited.class, false, "已丧失轮候资格"),
        DISQUALIFIED(Disqualified.class, false, "已取消资格"),
        DIED(Died.class, false, "申请人已去世");

        private final Class<? extends ApplicationState> type;
        private final boolean live;
        private final String title;

        Name(Class<? extends ApplicationState> type, boolean live, String title) {
            this.type = type;
            this.live = live;
            this.title = title;
        }

        /** For people, in Chinese. */
        public String title() {
            return title;
        }

        public Class<? extends ApplicationState> type() {
            return type;
        }

        /** Begun, and not handed in complete. */
        public boolean isUnfinished() {
            return this == DRAFT || this == INCOMPLETE;
        }

        /** Whether the round still runs. */
        public boolean isLive() {
            return live;
        }
    }
}
