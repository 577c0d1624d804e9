package cn.cityapis.eldercare.rulebook;

import cn.cityapis.eldercare.EldercareProblem;
import cn.cityapis.platform.audit.Audit;
import cn.cityapis.platform.events.Outbox;
import cn.cityapis.platform.ids.Ids;
import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.problem.Violations;
import cn.cityapis.platform.security.Access;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.web.ETags;
import cn.cityapis.platform.web.Idempotency;
import cn.cityapis.platform.web.IdempotencyKey;
import cn.cityapis.platform.web.IfMatch;
import cn.cityapis.platform.web.Page;
import cn.cityapis.platform.web.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Options of a book that are to hold from a day on: one proposes, another approves. */
@RestController
@RequestMapping("/api/eldercare/v1/rule-option-proposals")
@Tag(name = "办法", description = "现行轮候办法、效力与延长决定")
class OptionProposalController {

    private static final String TYPE = "rule-option-proposal";

    private final OptionProposals proposals;
    private final RuleBooks books;
    private final Idempotency idempotency;
    private final Outbox outbox;
    private final Audit audit;
    private final Ids ids;
    private final Clock clock;

    OptionProposalController(OptionProposals proposals, RuleBooks books, Idempotency idempotency, Outbox outbox,
            Audit audit, Ids ids, Clock clock) {
        this.proposals = proposals;
        this.books = books;
        this.idempotency = idempotency;
        this.outbox = outbox;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    @PostMapping
    @Access(scope = "eldercare.admin", roles = {"city", "admin"})
    @Operation(operationId = "proposeRuleOptions", summary = "提出修订一部办法的数值与选项", description = "自将来某日起适用于其后提交的申请，此前提交的仍依原选项；须由另一人批准。缺项与不符之处一次列出。")
    Mono<ResponseEntity<OptionProposal>> propose(IdempotencyKey key, Caller caller,
            @RequestBody OptionRequest request) {
        return idempotency.execute(key, request, () -> books.lockShelf()
                .zipWhen(shelf -> proposals.taken(String.valueOf(request.ruleBookId())))
                .flatMap(known -> {
                    Violations violations = new Violations();
                    OptionProposalRules.check(request, known.getT1().find(request.ruleBookId()), known.getT2(),
                            LocalDate.now(clock), violations);
                    violations.throwIfAny();
                    UUID id = ids.next();
                    return proposals.insert(id, request, caller)
                            .then(audit.record(caller, "rule-option.propose", TYPE, id.toString(),
                                    Map.of("validFrom", String.valueOf(request.validFrom()))))
                            .then(proposals.get(id));
                })
                .map(made -> ResponseEntity.status(HttpStatus.CREATED).eTag(ETags.of(made.version())).body(made)));
    }

    @GetMapping
    @Access(scope = "eldercare.admin", roles = {"city", "admin"})
    @Operation(operationId = "listRuleOptionProposals", summary = "选项修订，最近提出的在前", description = "待批准、已批准和已撤回的修订。")
    Mono<Page<OptionProposal>> list(PageRequest page) {
        return proposals.list(before(page), page.rowsToRead())
                .map(rows -> Page.of(rows, page, each -> List.of(each.id().toString())));
    }

    @GetMapping("/{proposalId}")
    @Access(scope = "eldercare.admin", roles = {"city", "admin"})
    @Operation(operationId = "getRuleOptionProposal", summary = "查看一项选项修订", description = "返回的 ETag 用于批准或撤回。")
    Mono<ResponseEntity<OptionProposal>> get(@Parameter(description = "选项修订编号") @PathVariable("proposalId") UUID id) {
        return proposals.get(id).map(OptionProposalController::answer);
    }

    @PostMapping("/{proposalId}/approval")
    @Access(scope = "eldercare.admin", roles = {"city", "admin"})
    @Operation(operationId = "approveRuleOptions", summary = "批准选项修订", description = "须由提出人以外的人、在适用之日以前批准（four-eyes）；批准后不可更改，只能以后再修订。")
    Mono<ResponseEntity<OptionProposal>> approve(@Parameter(description = "选项修订编号") @PathVariable("proposalId") UUID id,
            IfMatch ifMatch,
            IdempotencyKey key, Caller caller) {
        return decide(id, ifMatch, key, proposal -> books.lockShelf().flatMap(shelf -> {
            requireInTime(proposal, shelf);
            return proposals.close(proposal, OptionProposal.State.APPROVED, caller)
                    .then(proposals.putInForce(proposal))
                    .then(audit.record(caller, "rule-option.approve", TYPE, id.toString(),
                            Map.of("validFrom", proposal.validFrom().toString())))
                    .then(outbox.publish("eldercare.rule-book.options-changed", "rule-books/" + proposal.ruleBookId(),
                            Map.of("ruleBookId", proposal.ruleBookId(), "validFrom",
                                    proposal.validFrom().toString())));
        }));
    }

    @PostMapping("/{proposalId}/withdrawal")
    @Access(scope = "eldercare.admin", roles = {"city", "admin"})
    @Operation(operationId = "withdrawRuleOptions", summary = "撤回选项修订", description = "只能撤回待批准的修订。")
    Mono<ResponseEntity<OptionProposal>> withdraw(
            @Parameter(description = "选项修订编号") @PathVariable("proposalId") UUID id, IfMatch ifMatch,
            IdempotencyKey key, Caller caller) {
        return decide(id, ifMatch, key, proposal -> proposals.close(proposal, OptionProposal.State.WITHDRAWN, caller)
                .then(audit.record(caller, "rule-option.withdraw", TYPE, id.toString(), Map.of())));
    }

    private Mono<ResponseEntity<OptionProposal>> decide(UUID id, IfMatch ifMatch, IdempotencyKey key,
            Function<OptionProposal, Mono<Void>> effect) {
        return idempotency.execute(key, null, () -> proposals.lock(id).flatMap(proposal -> {
            ifMatch.require(proposal.version());
            if (proposal.state() != OptionProposal.State.PROPOSED) {
                throw ProblemException.of(EldercareProblem.NOT_POSSIBLE_NOW, "这项修订已经处理");
            }
            return effect.apply(proposal);
        }).then(Mono.defer(() -> proposals.get(id))).map(OptionProposalController::answer));
    }

    /** Neither its day nor the end of its book has come in the meantime. */
    private void requireInTime(OptionProposal proposal, Shelf shelf) {
        if (!OptionProposalRules.canBegin(proposal.validFrom(), LocalDate.now(clock))
                || proposal.validFrom().isAfter(shelf.of(proposal.ruleBookId()).lastDay())) {
            throw ProblemException.of(EldercareProblem.NOT_POSSIBLE_NOW,
                    "适用日期 " + proposal.validFrom() + " 已到或已不在办法适用期内，请撤回后重新提出");
        }
    }

    private static ResponseEntity<OptionProposal> answer(OptionProposal proposal) {
        return ResponseEntity.ok().eTag(ETags.of(proposal.version())).body(proposal);
    }

    private static @Nullable UUID before(PageRequest page) {
        try {
            return page.isFirst() ? null : UUID.fromString(page.after().getFirst());
        } catch (IllegalArgumentException e) {
            throw ProblemException.of(CommonProblem.INVALID_CURSOR);
        }
    }
}
