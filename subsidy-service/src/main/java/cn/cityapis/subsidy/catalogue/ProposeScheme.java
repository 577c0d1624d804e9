package cn.cityapis.subsidy.catalogue;

import cn.cityapis.platform.audit.Audit;
import cn.cityapis.platform.events.Outbox;
import cn.cityapis.platform.ids.Ids;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.problem.Violation;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.time.WorkingCalendar;
import cn.cityapis.subsidy.SubsidyProblem;
import cn.cityapis.subsidy.scheme.Scheme;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Rules are changed by two: one proposes, another approves. That they are two is a constraint of the database. */
@Component
class ProposeScheme {

    private static final String TYPE = "scheme-proposal";

    private final Proposals proposals;
    private final SchemeVersions versions;
    private final SchemeCatalogue catalogue;
    private final WorkingCalendar calendar;
    private final Audit audit;
    private final Outbox outbox;
    private final Ids ids;
    private final Clock clock;

    ProposeScheme(Proposals proposals, SchemeVersions versions, SchemeCatalogue catalogue,
            WorkingCalendar calendar, Audit audit, Outbox outbox, Ids ids, Clock clock) {
        this.proposals = proposals;
        this.versions = versions;
        this.catalogue = catalogue;
        this.calendar = calendar;
        this.audit = audit;
        this.outbox = outbox;
        this.ids = ids;
        this.clock = clock;
    }

    /** @throws ProblemException 422 naming everything that is wrong with it */
    Drafted checked(String document, LocalDate effectiveFrom) {
        List<String> reasons = new ArrayList<>();
        if (effectiveFrom.isBefore(LocalDate.now(clock))) {
            reasons.add("生效日不能早于今天");
        }
        try {
            Drafted draft = Drafted.of(document, calendar);
            reasons.addAll(place(draft.scheme().scheme(), effectiveFrom));
            catalogue.with(new SchemeCatalogue.Version(draft.scheme(), effectiveFrom));
            if (reasons.isEmpty()) {
                return draft;
            }
        } catch (PublicationRefused e) {
            reasons.addAll(e.reasons());
        }
        throw refused(reasons.stream().distinct().toList());
    }

    /** Versions follow each other by number and by day. */
    private List<String> place(Scheme scheme, LocalDate effectiveFrom) {
        List<String> reasons = new ArrayList<>();
        List<SchemeCatalogue.Version> earlier = catalogue.versions().stream()
                .filter(one -> one.scheme().scheme().id().equals(scheme.id())).toList();
        int next = 1 + earlier.stream().mapToInt(one -> one.scheme().scheme().version()).max().orElse(0);
        if (scheme.version() != next) {
            reasons.add("版本应为 " + next);
        }
        earlier.stream().filter(one -> !one.effectiveFrom().isBefore(effectiveFrom))
                .forEach(one -> reasons.add("与第 " + one.scheme().scheme().version() + " 版重叠：该版自 "
                        + one.effectiveFrom() + " 起生效"));
        return reasons;
    }

    private static ProblemException refused(List<String> reasons) {
        return ProblemException.of(SubsidyProblem.SCHEME_REFUSED, "方案有 " + reasons.size() + " 处问题",
                reasons.stream().map(reason -> new Violation("/document", "scheme-check", reason)).toList());
    }

    Mono<Proposal> propose(Drafted draft, LocalDate effectiveFrom, String reason, Caller by) {
        UUID id = ids.next();
        return proposals.insert(id, draft, effectiveFrom, reason, by.subject())
                .onErrorMap(DataIntegrityViolationException.class, ProposeScheme::open)
                .then(Mono.defer(() -> tell(id, "propose", "subsidy.scheme.proposed", draft, by)))
                .then(Mono.defer(() -> proposals.get(id)));
    }

    /**
     * Within the transaction that holds the proposal's lock. The checks run again: the catalogue may have moved on. Nobody
     * approves before it is known who gains and who loses.
     */
    Mono<Void> approve(Proposal proposal, Caller by) {
        return mustBeOpen(proposal).then(proposals.proposer(proposal.id())).flatMap(proposer -> {
            if (proposer.equals(by.subject())) {
                throw ProblemException.of(SubsidyProblem.FOUR_EYES, "提出修订的人不能批准自己的修订");
            }
            if (!proposal.impact().done()) {
                throw ProblemException.of(SubsidyProblem.IMPACT_PENDING, "对在库申请的影响尚未算完，请稍后查看影响清单再批准");
            }
            return proposals.document(proposal.id());
        }).flatMap(document -> {
            Drafted draft = checked(document, proposal.effectiveFrom());
            return proposals.decide(proposal, Proposal.State.APPROVED, by.subject())
                    .then(Mono.defer(() -> versions.register(draft.scheme().scheme(), draft.document(),
                            proposal.effectiveFrom())))
                    .onErrorMap(DataIntegrityViolationException.class, ProposeScheme::overlap)
                    .then(Mono.defer(() -> tell(proposal.id(), "approve", "subsidy.scheme.published", draft, by)));
        });
    }

    Mono<Void> withdraw(Proposal proposal, Caller by) {
        return mustBeOpen(proposal)
                .then(Mono.defer(() -> proposals.decide(proposal, Proposal.State.WITHDRAWN, by.subject())))
                .then(Mono.defer(() -> audit.record(by, "withdraw", TYPE, proposal.id().toString(), Map.of())));
    }

    private static Mono<Void> mustBeOpen(Proposal proposal) {
        return proposal.state() == Proposal.State.PROPOSED
                ? Mono.empty()
                : Mono.error(ProblemException.of(SubsidyProblem.WRONG_STATE, "这份方案修订已经处理"));
    }

    private Mono<Void> tell(UUID id, String action, String event, Drafted draft, Caller by) {
        Map<String, Object> what = Map.of("schemeId", draft.scheme().scheme().id(), "schemeVersion",
                draft.scheme().scheme().version());
        return audit.record(by, action, TYPE, id.toString(), what)
                .then(Mono.defer(() -> outbox.publish(event, "scheme-proposals/" + id, what)));
    }

    private static Throwable open(DataIntegrityViolationException e) {
        return String.valueOf(e.getMessage()).contains("scheme_proposal_open")
                ? ProblemException.of(SubsidyProblem.WRONG_STATE, "该方案已有一份待批准的修订")
                : e;
    }

    private static Throwable overlap(DataIntegrityViolationException e) {
        String message = String.valueOf(e.getMessage());
        if (message.contains("scheme_proposal_four_eyes")) {
            return ProblemException.of(SubsidyProblem.FOUR_EYES);
        }
        return message.contains("scheme_version_no_overlap") ? refused(List.of("与另一版在同一天生效")) : e;
    }
}
