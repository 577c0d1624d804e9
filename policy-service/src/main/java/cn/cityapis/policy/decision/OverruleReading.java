package cn.cityapis.policy.decision;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import cn.cityapis.platform.audit.Audit;
import cn.cityapis.platform.ids.Ids;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.policy.PolicyProblem;
import cn.cityapis.policy.decision.Decision.Kind;
import cn.cityapis.policy.decision.DecisionRow.Made;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Decides on what was read from a document, or takes a decision back. To be run in a transaction. */
@Component
class OverruleReading {

    private final Decisions decisions;
    private final Readings readings;
    private final Audit audit;
    private final Ids ids;
    private final Clock clock;

    OverruleReading(Decisions decisions, Readings readings, Audit audit, Ids ids, Clock clock) {
        this.decisions = decisions;
        this.readings = readings;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    Mono<Decision> decide(Caller caller, DecisionForm form) {
        Kind kind = Objects.requireNonNull(form.kind());
        Made made = new Made(ids.next(), kind, form.source(), Objects.requireNonNull(form.reason()).strip(),
                caller.subject(), OffsetDateTime.now(clock));
        return work(form).flatMap(work -> decisions.lock(work).then(row(form, made)))
                .flatMap(row -> decisions.stands(row).flatMap(stands -> stands
                        ? Mono.<Decision>error(ProblemException.of(PolicyProblem.ALREADY_DECIDED))
                        : decisions.add(row).then(effect(kind, row.id(), row.workId(), true))
                                .then(audit(caller, "decide", row.id(), kind, row.workId()))
                                .then(decisions.find(row.id()))));
    }

    Mono<Decision> revoke(Caller caller, UUID id, String reason) {
        return decisions.find(id).flatMap(found -> decisions.lock(found.documentId())
                .then(decisions.revoke(id, caller.subject(), OffsetDateTime.now(clock), reason.strip()))
                .flatMap(held -> held
                        ? effect(found.kind(), id, found.documentId(), false)
                                .then(audit(caller, "revoke", id, found.kind(), found.documentId()))
                                .then(decisions.find(id))
                        : Mono.error(ProblemException.of(PolicyProblem.DECISION_REVOKED))));
    }

    private Mono<UUID> work(DecisionForm form) {
        return Objects.requireNonNull(form.kind()).ofRelation()
                ? decisions.relation(Objects.requireNonNull(form.relationId())).map(DecisionRow.ReadRelation::statedIn)
                : Mono.just(Objects.requireNonNull(form.documentId()));
    }

    /** Read under the lock. */
    private Mono<DecisionRow> row(DecisionForm form, Made made) {
        return made.kind().ofRelation()
                ? decisions.relation(Objects.requireNonNull(form.relationId())).map(read -> DecisionRow.on(read, made))
                : decisions.version(Objects.requireNonNull(form.documentId()), Objects.requireNonNull(form.version()))
                        .map(read -> DecisionRow.on(read, made.kind() == Kind.SET_DATES ? form.dates() : null, made));
    }

    private Mono<Void> effect(Kind kind, UUID decision, UUID work, boolean holds) {
        Mono<Void> effect = switch (kind) {
            case WITHDRAW_VERSION -> holds ? readings.withdraw(decision) : readings.giveBack(decision);
            case SET_DATES -> holds ? readings.setDates(decision) : readings.datesAsRead(decision);
            case REJECT_RELATION, CONFIRM_RELATION -> Mono.empty();
        };
        return kind == Kind.CONFIRM_RELATION
                ? effect
                : effect.then(readings.settle(work)).then(readings.touch(work));
    }

    private Mono<Void> audit(Caller caller, String action, UUID decision, Kind kind, UUID work) {
        return audit.record(caller, action, "policy-decision", decision.toString(),
                Map.of("kind", kind.code(), "documentId", work));
    }
}
