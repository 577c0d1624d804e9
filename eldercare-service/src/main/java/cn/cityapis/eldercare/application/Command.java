package cn.cityapis.eldercare.application;

import cn.cityapis.platform.time.Deadline;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/** What can be asked of an application. */
public sealed interface Command {

    record Submit(List<Missing> missing, Instant at, Deadline reviewBy) implements Command {
    }

    record Qualify(Instant at) implements Command {
    }

    record Reject(String reason, Instant at) implements Command {
    }

    record RecordAssessment(Instant at, Deadline objectionBy) implements Command {
    }

    record MakeOffer(UUID offerId, UUID homeId, Deadline moveInBy) implements Command {
    }

    record AcceptOffer(UUID offerId) implements Command {
    }

    /** @param otherPlaces whether he still stands in another home's queue */
    record RefuseOffer(UUID offerId, boolean otherPlaces, Instant at) implements Command {
    }

    record LapseOffer(UUID offerId, boolean otherPlaces, Instant at) implements Command {
    }

    record CheckPapers(UUID offerId) implements Command {
    }

    record Admit(UUID offerId, UUID bedId, LocalDate on) implements Command {
    }

    record Withdraw(Instant at) implements Command {
    }

    /** The names that a refusal offers instead. */
    enum Name {
        SUBMIT, QUALIFY, REJECT, RECORD_ASSESSMENT, MAKE_OFFER, ACCEPT_OFFER, REFUSE_OFFER, LAPSE_OFFER, CHECK_PAPERS, ADMIT, WITHDRAW
    }

    default Name name() {
        return switch (this) {
            case Submit c -> Name.SUBMIT;
            case Qualify c -> Name.QUALIFY;
            case Reject c -> Name.REJECT;
            case RecordAssessment c -> Name.RECORD_ASSESSMENT;
            case MakeOffer c -> Name.MAKE_OFFER;
            case AcceptOffer c -> Name.ACCEPT_OFFER;
            case RefuseOffer c -> Name.REFUSE_OFFER;
            case LapseOffer c -> Name.LAPSE_OFFER;
            case CheckPapers c -> Name.CHECK_PAPERS;
            case Admit c -> Name.ADMIT;
            case Withdraw c -> Name.WITHDRAW;
        };
    }
}
