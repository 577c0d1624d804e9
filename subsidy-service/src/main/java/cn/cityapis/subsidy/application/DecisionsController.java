package cn.cityapis.subsidy.application;

import jakarta.validation.constraints.Min;
import cn.cityapis.platform.audit.Audit;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.problem.Violations;
import cn.cityapis.platform.security.Access;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.web.Idempotency;
import cn.cityapis.platform.web.IdempotencyKey;
import cn.cityapis.platform.web.IfMatch;
import cn.cityapis.subsidy.SubsidyProblem;
import cn.cityapis.subsidy.evaluation.Facts;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** What moves an application on: submission, reviews, facts that change while it is paid. */
@RestController
@RequestMapping("/api/subsidy/v1/applications/{id}")
@Tag(name = "补贴申请")
class DecisionsController {

    private final ApplicationReader reader;
    private final Applications applications;
    private final ApplicationAccess access;
    private final SubmitApplication submit;
    private final ReviewApplication review;
    private final ReviewReasons reasons;
    private final DraftForm drafts;
    private final Idempotency idempotency;
    private final Audit audit;

    DecisionsController(ApplicationReader reader, Applications applications, ApplicationAccess access,
            SubmitApplication submit, ReviewApplication review, ReviewReasons reasons, DraftForm drafts,
            Idempotency idempotency, Audit audit) {
        this.reader = reader;
        this.applications = applications;
        this.access = access;
        this.submit = submit;
        this.review = review;
        this.reasons = reasons;
        this.drafts = drafts;
        this.idempotency = idempotency;
        this.audit = audit;
    }

    @Schema(description = "审核意见")
    record NewReview(
            @Schema(description = "结论：pass 通过；reject 不通过", example = "pass") @NotNull(message = "请填写结论") Review.@Nullable Decision decision,
            @Schema(description = "不通过时：不满足的条件编号", example = "[]") @Size(max = 50, message = "条件最多 50 项") @Nullable List<@NotNull(message = "不能为空") @Size(max = 100, message = "条件编号过长") String> failedConditions,
            @Schema(description = "意见", example = "材料齐全，与劳动合同一致") @Size(max = 1000, message = "意见最多 1000 字") @Nullable String comment,
            @Schema(description = "审定金额（分）：仅用于规定只给出上限的方案，复审通过时必填") @Min(value = 1, message = "金额应为正数") @Nullable Long amountFen,
            @Schema(description = "审定金额的理由") @Size(max = 1000, message = "理由最多 1000 字") @Nullable String amountReason) {
    }

    @Schema(description = "事实变化：从某日起生效，不改变此前各期")
    record FactChange(
            @Schema(description = "生效日", example = "2026-12-01") @NotNull(message = "请填写生效日") @Nullable LocalDate from,
            @Schema(description = "变化后的事实", example = "{\"engagement\": \"none\"}") @NotEmpty(message = "请填写变化的事实") @Size(max = 100, message = "事实最多 100 项") @Nullable Map<String, @Nullable Object> facts) {
    }

    @PostMapping("/submissions")
    @Access(scope = "subsidy.apply", citizen = true)
    @Operation(operationId = "submitApplication", summary = "提交申请", description = """
            提交草稿。不完整时一次列出全部缺项（application-incomplete）；按所填事实不符合条件时逐条列出原因和依据（not-entitled）；
            同一人同一方案同一时期已有申请，或已享受过一次性或按月发放的补贴时拒绝（duplicate-application），那一份由同一账户提出的，并指出是哪一份。提交时确定的方案版本不再改变。补正后重新提交的，回到要求补正的环节；更改了已审核的事实或收款账户的，从初审起重新审核，金额和期数按更改后的事实确定。""")
    Mono<ResponseEntity<ApplicationView>> submit(@Parameter(description = "申请编号") @PathVariable UUID id,
            IfMatch ifMatch,
            IdempotencyKey key, Caller caller) {
        return change(id, key, null, ifMatch, found -> access.owned(found, caller),
                draft -> submit.submit(draft, caller))
                .onErrorMap(DataIntegrityViolationException.class, DecisionsController::duplicate);
    }

    @PostMapping("/reviews")
    @Access(scope = "subsidy.decide", roles = {"district", "city"})
    @Operation(operationId = "reviewApplication", summary = "审核申请", description = """
            初审由所在区市的经办人员办理，复审由市级经办人员办理；同一人不能办理两级。不通过须列出不满足的条件。复审通过后，
            预算够则承诺全部期数并开始按月发放，不够则排队等待，先批准者先得。""", requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true, content = @Content(mediaType = "application/json", examples = @ExampleObject(name = "通过", value = """
                    {"decision": "pass", "comment": "材料齐全，与劳动合同一致"}"""))))
    Mono<ResponseEntity<ApplicationView>> review(@Parameter(description = "申请编号") @PathVariable UUID id,
            @RequestBody NewReview body, IfMatch ifMatch, IdempotencyKey key, Caller caller) {
        return change(id, key, body, ifMatch, found -> access.decidable(found, caller), found -> {
            Review.Decision decision = java.util.Objects.requireNonNull(body.decision());
            List<Review.Reason> why = reasons.of(found, decision,
                    body.failedConditions() == null ? List.of() : body.failedConditions());
            Review.Level level = access.level(found, caller);
            Violations wrong = AmountRules.check(found.terms(), level, decision, body.amountFen(), body.amountReason());
            wrong.throwIfAny();
            return review.decide(found, level, new ReviewApplication.Opinion(decision, why,
                    body.comment() == null ? "" : body.comment(), body.amountFen(), body.amountReason()), caller);
        });
    }

    @PostMapping("/fact-changes")
    @Access(scope = "subsidy.decide", roles = {"district", "city"})
    @Operation(operationId = "recordFactChange", summary = "登记事实变化", description = "例如离职。此后各期发放前按变化后的事实重新审核；已结算的各期不变：因此不应停发的由 askReopening 补发，不应发放的见 listDoubtfulMonths。", requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true, content = @Content(mediaType = "application/json", examples = @ExampleObject(name = "离职", value = """
                    {"from": "2026-12-01", "facts": {"engagement": "none"}}"""))))
    Mono<ResponseEntity<ApplicationView>> factChange(@Parameter(description = "申请编号") @PathVariable UUID id,
            @RequestBody FactChange body, IfMatch ifMatch, IdempotencyKey key, Caller caller) {
        return change(id, key, body, ifMatch, found -> access.decidable(found, caller), found -> {
            LocalDate from = java.util.Objects.requireNonNull(body.from());
            Application.Terms terms = found.terms();
            Violations violations = new Violations();
            Facts facts = drafts.facts(drafts.scheme(found),
                    body.facts() == null ? Map.of() : body.facts(), violations);
            if (terms == null || from.isBefore(terms.caseDate()) || from.isAfter(terms.last().atEndOfMonth())) {
                violations.add("/from", "out-of-range", "生效日应在申请日与末期之间");
            }
            violations.throwIfAny();
            return applications.addFacts(id, from, facts, caller.subject())
                    .then(applications.touch(found))
                    .then(audit.record(caller, "fact-change", "application", id.toString(),
                            Map.of("from", from, "facts", facts.values().keySet())));
        });
    }

    private Mono<ResponseEntity<ApplicationView>> change(UUID id, IdempotencyKey key, @Nullable Object body,
            IfMatch ifMatch, Function<Application, Application> allowed, Function<Application, Mono<Void>> effect) {
        return idempotency.execute(key, body, () -> reader.lock(id).map(allowed).flatMap(found -> {
            ifMatch.require(found.version());
            return effect.apply(found);
        }).then(Mono.defer(() -> reader.get(id))).map(ApplicationsController::answer));
    }

    /** The constraint was faster than the look-up before it. */
    static Throwable duplicate(DataIntegrityViolationException e) {
        String message = String.valueOf(e.getMessage());
        return message.contains("application_once") || message.contains("application_exclusive")
                ? ProblemException.of(SubsidyProblem.DUPLICATE_APPLICATION)
                : e;
    }
}
