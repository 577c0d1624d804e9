package cn.cityapis.eldercare.application;

import cn.cityapis.eldercare.waitlist.Entry;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One round of one older person.
 *
 * @param handedInOn the day on which it was first handed in, complete or not, whose book and options it is judged by; null for
 *     a draft, which is bound by nothing
 * @param reviewHome the first chosen home, which reviews it
 * @param agencyOrg who assesses
 * @param submittedAt when it was complete: the time of application that the order goes by
 */
public record Application(UUID id, String owner, long version, ApplicationState state, String ruleBookId,
        @Nullable LocalDate handedInOn, @Nullable UUID reviewHome, @Nullable String agencyOrg, Dossier dossier,
        @Nullable Instant submittedAt,
        Instant createdAt) {

    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    /** Of what was handed in before the day was kept: then every book had one set of options only. */
    static @Nullable LocalDate handedInOn(@Nullable LocalDate kept, ApplicationState.Name state,
            @Nullable Instant submittedAt, Instant createdAt) {
        return kept != null || state == ApplicationState.Name.DRAFT
                ? kept
                : LocalDate.ofInstant(submittedAt == null ? createdAt : submittedAt, ZONE);
    }

    /** Judged by that book, as it stands on that day, from now on: the day on which it is handed in. */
    Application under(String book, LocalDate day) {
        return new Application(id, owner, version, state, book, day, reviewHome, agencyOrg, dossier, submittedAt,
                createdAt);
    }

    public Application with(ApplicationState next) {
        return new Application(id, owner, version, next, ruleBookId, handedInOn, reviewHome, agencyOrg, dossier,
                submittedAt,
                createdAt);
    }

    public Application with(Dossier changed) {
        return new Application(id, owner, version, state, ruleBookId, handedInOn, reviewHome, agencyOrg, changed,
                submittedAt,
                createdAt);
    }

    /** Counted as handed in anew, where the operator's option says so (第十四条). */
    Application appliedAt(Instant at) {
        return new Application(id, owner, version, state, ruleBookId, handedInOn, reviewHome, agencyOrg, dossier, at,
                createdAt);
    }

    Application received(UUID home, String agency, Instant at) {
        return new Application(id, owner, version, state, ruleBookId, handedInOn, home, agency, dossier, at, createdAt);
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
