package cn.cityapis.subsidy.catalogue;

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
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
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
import reactor.core.scheduler.Schedulers;

/** Publication of schemes without a release: proposed by one, approved by another. */
@RestController
@RequestMapping("/api/subsidy/v1/scheme-proposals")
@Tag(name = "方案发布", description = "一人提出新版本（YAML 或 JSON），检查和示例全部通过，另一人批准，自生效日起适用")
class ProposalsController {

    private final Proposals proposals;
    private final ProposeScheme propose;
    private final FollowVersions follow;
    private final Impacts impacts;
    private final Idempotency idempotency;

    ProposalsController(Proposals proposals, ProposeScheme propose, FollowVersions follow, Impacts impacts,
            Idempotency idempotency) {
        this.proposals = proposals;
        this.propose = propose;
        this.follow = follow;
        this.impacts = impacts;
        this.idempotency = idempotency;
    }

    @Schema(description = "提出方案的新版本")
    record NewProposal(
            @Schema(description = "方案全文：YAML，或 JSON", example = "id: talent-insurance-rd\nversion: 2\n…") @NotBlank(message = "请填写方案全文") @Size(max = 300_000, message = "方案最多 30 万字") @Nullable String document,
            @Schema(description = "生效日", example = "2027-01-01") @NotNull(message = "请填写生效日") @Nullable LocalDate effectiveFrom,
            @Schema(description = "修订理由", example = "按新的实施办法调整比例") @NotBlank(message = "请填写修订理由") @Size(max = 1000, message = "理由最多 1000 字") @Nullable String reason) {
    }

    @PostMapping
    @Access(scope = "subsidy.admin")
    @Operation(operationId = "proposeScheme", summary = "提出方案的新版本", description = "检查事实、依据、日期、表达式并运行全部示例；有问题时一次列出全部（scheme-refused）。通过后等待另一人批准，并对在库申请逐件核对影响。", requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true, content = @Content(mediaType = "application/json", examples = @ExampleObject(name = "新方案", value = ProposalExample.BODY))))
    Mono<ResponseEntity<Proposal>> propose(@RequestBody NewProposal body, IdempotencyKey key, Caller caller) {
        String document = Objects.requireNonNull(body.document());
        LocalDate from = Objects.requireNonNull(body.effectiveFrom());
        return idempotency.execute(key, body,
                () -> Mono.fromCallable(() -> propose.checked(document, from)).subscribeOn(Schedulers.boundedElastic())
                        .flatMap(draft -> propose.propose(draft, from, String.valueOf(body.reason()), caller))
                        .map(made -> ResponseEntity.status(HttpStatus.CREATED).eTag(ETags.of(made.version()))
                                .body(made)));
    }

    @GetMapping
    @Access(scope = "subsidy.admin")
    @Operation(operationId = "listSchemeProposals", summary = "列出方案修订", description = "各份修订的方案、生效日、理由、状态和对在库申请的影响。")
    Mono<Page<Proposal>> list(PageRequest page) {
        return proposals.list(page).map(rows -> Page.of(rows, page, one -> List.of(one.id().toString())));
    }

    @GetMapping("/{proposalId}")
    @Access(scope = "subsidy.admin")
    @Operation(operationId = "getSchemeProposal", summary = "读取一份方案修订", description = "修订的理由、生效日、状态和对在库申请的影响。返回的 ETag 用于批准或撤回。")
    Mono<ResponseEntity<Proposal>> get(@Parameter(description = "修订编号") @PathVariable("proposalId") UUID id) {
        return proposals.get(id).map(ProposalsController::answer);
    }

    @GetMapping("/{proposalId}/impact")
    @Access(scope = "subsidy.admin")
    @Operation(operationId = "listSchemeImpact", summary = "修订对在库申请的影响", description = "逐件比较生效日前一日的版本与修订后的结论：只列受益和受损的申请，不含个人信息。后台计算，进度见修订的 impact。")
    Mono<Page<Impacts.Impact>> impact(@Parameter(description = "修订编号") @PathVariable("proposalId") UUID id,
            PageRequest page) {
        return proposals.get(id).then(Mono.defer(() -> impacts.list(id, page)))
                .map(rows -> Page.of(rows, page, one -> List.of(one.applicationId().toString())));
    }

    @PostMapping("/{proposalId}/approvals")
    @Access(scope = "subsidy.admin")
    @Operation(operationId = "approveSchemeProposal", summary = "批准方案修订", description = "须由提出人以外的人批准（four-eyes）；对在库申请的影响算完（impact.done）之前不能批准（impact-pending）。批准后不可更改，自生效日起决定新的情形；此前的申请仍按其版本办理。")
    Mono<ResponseEntity<Proposal>> approve(@Parameter(description = "修订编号") @PathVariable("proposalId") UUID id,
            IfMatch ifMatch,
            IdempotencyKey key, Caller caller) {
        return decide(id, ifMatch, key, proposal -> propose.approve(proposal, caller))
                .flatMap(answer -> follow.run().thenReturn(answer));
    }

    @PostMapping("/{proposalId}/withdrawals")
    @Access(scope = "subsidy.admin")
    @Operation(operationId = "withdrawSchemeProposal", summary = "撤回方案修订", description = "只能撤回待批准的修订。")
    Mono<ResponseEntity<Proposal>> withdraw(@Parameter(description = "修订编号") @PathVariable("proposalId") UUID id,
            IfMatch ifMatch,
            IdempotencyKey key, Caller caller) {
        return decide(id, ifMatch, key, proposal -> propose.withdraw(proposal, caller));
    }

    private Mono<ResponseEntity<Proposal>> decide(UUID id, IfMatch ifMatch, IdempotencyKey key,
            Function<Proposal, Mono<Void>> effect) {
        return idempotency.execute(key, null, () -> proposals.lock(id).flatMap(found -> {
            ifMatch.require(found.version());
            return effect.apply(found);
        }).then(Mono.defer(() -> proposals.get(id))).map(ProposalsController::answer));
    }

    private static ResponseEntity<Proposal> answer(Proposal proposal) {
        return ResponseEntity.ok().eTag(ETags.of(proposal.version())).body(proposal);
    }
}
