package cn.cityapis.eldercare.application;

import cn.cityapis.eldercare.waitlist.Entry;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One round of one older person.
 *
 * @param reviewHome the first chosen home, which reviews it
 * @param agencyOrg who assesses
 * @param submittedAt when it was complete: the time of application that the order goes by
 */
public record Application(UUID id, String owner, long version, ApplicationState state, String ruleBookId,
        @Nullable UUID reviewHome, @Nullable String agencyOrg, Dossier dossier, @Nullable Instant submittedAt,
        Instant createdAt) {

    /** Judged by that book from now on: the one of the day on which it is handed in. */
    Application under(String book) {
        return new Application(id, owner, version, state, book, reviewHome, agencyOrg, dossier, submittedAt, createdAt);
    }

    public Application with(ApplicationState next) {
        return new Application(id, owner, version, next, ruleBookId, reviewHome, agencyOrg, dossier, submittedAt,
                createdAt);
    }

    public Application with(Dossier changed) {
        return new Application(id, owner, version, state, ruleBookId, reviewHome, agencyOrg, changed, submittedAt,
                createdAt);
    }

    /** Counted as handed in anew, where the operator's option says so (第十四条). */
    Application appliedAt(Instant at) {
        return new Application(id, owner, version, state, ruleBookId, reviewHome, agencyOrg, dossier, at, createdAt);
    }

    Application received(UUID home, String agency, Instant at) {
        return new Application(id, owner, version, state, ruleBookId, home, agency, dossier, at, createdAt);
    }

    /** How its places stand in the queues, but for one with an offer: nobody is offered a bed on a disputed result. */
    public Entry.Phase phaseInQueues() {
        return AssessmentSteps.assessed(state).filter(waiting -> !waiting.underRecheck()).isPresent()
                ? Entry.Phase.WAITING
                : Entry.Phase.PROVISIONAL;
    }

    /** The one objection to its assessment; null if there is none. */
    public @Nullable Recheck recheck() {
        return AssessmentSteps.assessed(state).map(ApplicationState.Waiting::recheck).orElse(null);
    }

    /** Who looks at a disputed assessment again; null if nobody disputes it. */
    public @Nullable String recheckOrg() {
        Recheck recheck = recheck();
        return recheck == null ? null : recheck.agencyOrg();
    }
}
