package cn.cityapis.subsidy.application;

import cn.cityapis.platform.audit.Audit;
import cn.cityapis.platform.ids.Ids;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.problem.Violation;
import cn.cityapis.platform.problem.Violations;
import cn.cityapis.platform.security.Access;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.web.Detached;
import cn.cityapis.platform.web.ETags;
import cn.cityapis.platform.web.Idempotency;
import cn.cityapis.platform.web.IdempotencyKey;
import cn.cityapis.platform.web.IfMatch;
import cn.cityapis.platform.web.Page;
import cn.cityapis.platform.web.PageRequest;
import cn.cityapis.subsidy.SubsidyProblem;
import cn.cityapis.subsidy.scheme.Scheme;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.reactive.TransactionalOperator;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Drafts and the reading of applications. */
@RestController
@RequestMapping("/api/subsidy/v1/applications")
@Tag(name = "补贴申请", description = "草稿、提交、两级审核")
class ApplicationsController {

    private final Applications applications;
    private final ApplicationReader reader;
    private final ApplicationAccess access;
    private final DraftForm form;
    private final Idempotency idempotency;
    private final TransactionalOperator transaction;
    private final Audit audit;
    private final Ids ids;

    ApplicationsController(Applications applications, ApplicationReader reader, ApplicationAccess access,
            DraftForm form,
            Idempotency idempotency, TransactionalOperator transaction, Audit audit, Ids ids) {
        this.applications = applications;
        this.reader = reader;
        this.access = access;
        this.form = form;
        this.idempotency = idempotency;
        this.transaction = transaction;
        this.audit = audit;
        this.ids = ids;
    }

    @Schema(description = "新建申请草稿；除方案外都可以稍后补充")
    record NewApplication(
            @Schema(description = "方案编号", example = "talent-living-allowance") @NotBlank(message = "请选择补贴方案") @Size(max = 100, message = "方案编号过长") @Nullable String schemeId,
            @Schema(description = "办理区市代码", example = "371002") @Size(max = 12, message = "区划代码过长") @Nullable String areaCode,
            @Schema(description = "申请人") @Valid @Nullable Applicant applicant,
            @Schema(description = "事实：名称及取值见方案的 facts") @Size(max = 100, message = "事实最多 100 项") @Nullable Map<String, @Nullable Object> facts) {
    }

    @Schema(description = "申请草稿的全部内容（替换原内容）")
    record DraftContents(
            @Schema(description = "办理区市代码", example = "371002") @Size(max = 12, message = "区划代码过长") @Nullable String areaCode,
            @Schema(description = "申请人") @Valid @Nullable Applicant applicant,
            @Schema(description = "事实：名称及取值见方案的 facts") @Size(max = 100, message = "事实最多 100 项") @Nullable Map<String, @Nullable Object> facts) {
    }

    @PostMapping
    @Access(scope = "subsidy.apply", citizen = true)
    @Operation(operationId = "createApplication", summary = "新建申请草稿", description = "内容可以不完整；提交时会一次列出全部缺项。公民身份号码须是本人实名认证时核验的（not-own、id-number-unproven）。", requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true, content = @Content(mediaType = "application/json", examples = @ExampleObject(name = "博士人才生活津贴", value = """
                    {"schemeId": "talent-living-allowance", "areaCode": "371002",
                     "facts": {"educationLevel": "doctor", "engagement": "employed-full-time"}}"""))))
    Mono<ResponseEntity<ApplicationView>> create(@RequestBody NewApplication body, IdempotencyKey key, Caller caller) {
        return idempotency.execute(key, body, () -> create(body, caller));
    }

    /** What was created stays so for who asks again, also after the scheme has closed. */
    private Mono<ResponseEntity<ApplicationView>> create(NewApplication body, Caller caller) {
        Violations violations = new Violations();
        Scheme scheme = form.scheme(body.schemeId(), violations);
        DraftForm.Contents contents = form.contents(scheme, body.areaCode(), body.applicant(), body.facts(),
                caller, violations);
        violations.throwIfAny();
        form.requireOpen(scheme);
        UUID id = ids.next();
        return applications.insertDraft(id, scheme.id(), scheme.version(), caller.subject(), contents.area(),
                contents.applicant(), contents.facts(), false)
                .then(audit.record(caller, "create", "application", id.toString(), Map.of("scheme", scheme.id())))
                .then(Mono.defer(() -> reader.get(id)))
                .map(created -> ResponseEntity.created(URI.create("/api/subsidy/v1/applications/" + id))
                        .eTag(ETags.of(created.version())).body(ApplicationView.of(created)));
    }

    @PutMapping("/{id}")
    @Access(scope = "subsidy.apply", citizen = true)
    @Operation(operationId = "replaceApplicationDraft", summary = "修改申请草稿", description = "以新内容替换草稿。只有草稿和待补正的申请可以修改，须带 If-Match；待补正的申请须保持完整；已经过审核的，不能更改办理区市、姓名和公民身份号码（supplement-fixed）；更改了已审核的事实或收款账户的，重新提交后从初审起重新审核。")
    Mono<ResponseEntity<ApplicationView>> replace(@Parameter(description = "申请编号") @PathVariable UUID id,
            @RequestBody DraftContents body, IfMatch ifMatch, Caller caller) {
        return reader.lock(id).flatMap(draft -> {
            access.owned(draft, caller);
            ifMatch.require(draft.version());
            if (draft.state() != ApplicationState.DRAFT && draft.state() != ApplicationState.SUPPLEMENT) {
                throw SubmitApplication.wrongState(draft);
            }
            Violations violations = new Violations();
            DraftForm.Contents contents = form.contents(form.scheme(draft), body.areaCode(),
                    body.applicant(), body.facts(), caller, violations);
            if (draft.state() == ApplicationState.SUPPLEMENT) {
                CompletenessRules.form(contents.area(), contents.applicant(), contents.facts())
                        .forEach(each -> violations.add(each.pointer(), each.code(), each.detail()));
            }
            violations.throwIfAny();
            List<Violation> fixed = SupplementRules.fixed(draft, contents);
            if (!fixed.isEmpty()) {
                throw ProblemException.of(SubsidyProblem.SUPPLEMENT_FIXED,
                        fixed.size() + " 项内容已经审核，补正时不能更改；确需更改的，请撤回后重新申请",
                        fixed);
            }
            return applications.replaceDraft(draft, contents.area(), contents.applicant(), contents.facts(),
                    SupplementRules.anew(draft, contents))
                    .then(Mono.defer(() -> audit.record(caller, "replace-draft", "application", id.toString(),
                            Map.of("state", draft.state().code()))));
        }).then(Mono.defer(() -> reader.get(id))).map(ApplicationsController::answer).as(transaction::transactional)
                .onErrorMap(org.springframework.dao.DataIntegrityViolationException.class,
                        DecisionsController::duplicate)
                .as(Detached::run);
    }

    @GetMapping("/{id}")
    @Access(scope = "subsidy.read")
    @Operation(operationId = "getApplication", summary = "读取一份申请", description = "本人，以及提交后的所在区市和市级经办人员可以读取；个人信息已脱敏。")
    Mono<ResponseEntity<ApplicationView>> get(@Parameter(description = "申请编号") @PathVariable UUID id, Caller caller) {
        return reader.get(id).map(found -> access.readable(found, caller)).map(ApplicationsController::answer);
    }

    @GetMapping
    @Access(scope = "subsidy.read")
    @Operation(operationId = "listApplications", summary = "列出申请", description = "本人看到自己的申请；区市经办人员看到本区市的；市级经办人员看到全部已提交的。")
    Mono<Page<ApplicationView>> list(
            @Parameter(description = "只列出此状态的申请", example = "first-review") @RequestParam(required = false) @Size(max = 30, message = "没有这种状态") @Nullable String state,
            PageRequest page, Caller caller) {
        ApplicationState wanted = form.state(state);
        boolean all = access.isCity(caller) || caller.hasRole("auditor");
        String area = !all && access.isDistrict(caller) ? caller.org() : null;
        String owner = all || area != null ? null : caller.subject();
        return reader.list(owner, area, wanted, page)
                .map(rows -> Page.of(rows.stream().map(ApplicationView::of).toList(), page,
                        row -> List.of(row.id().toString())));
    }

    @GetMapping("/{id}/applicant")
    @Access(scope = "subsidy.decide", roles = {"district", "city"})
    @Operation(operationId = "readApplicant", summary = "读取申请人的完整信息", description = "供经办人员核对；每次读取都记入审计。")
    Mono<Applicant> applicant(@Parameter(description = "申请编号") @PathVariable UUID id, Caller caller) {
        return reader.get(id).map(found -> access.decidable(found, caller))
                .flatMap(found -> audit.record(caller, "read-personal-data", "application", id.toString(), Map.of())
                        .thenReturn(found.applicant()))
                .as(transaction::transactional);
    }

    static ResponseEntity<ApplicationView> answer(Application application) {
        return ResponseEntity.ok().header(HttpHeaders.ETAG, ETags.of(application.version()))
                .body(ApplicationView.of(application));
    }

    static ProblemException closed(String because) {
        return ProblemException.of(SubsidyProblem.SCHEME_CLOSED, because);
    }
}
