package cn.cityapis.eldercare.application;

import cn.cityapis.eldercare.rulebook.RuleBooks;
import cn.cityapis.platform.audit.Audit;
import cn.cityapis.platform.ids.Ids;
import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.security.Access;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.web.Detached;
import cn.cityapis.platform.web.ETags;
import cn.cityapis.platform.web.Idempotency;
import cn.cityapis.platform.web.IdempotencyKey;
import cn.cityapis.platform.web.IfMatch;
import cn.cityapis.platform.web.Page;
import cn.cityapis.platform.web.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.reactive.TransactionalOperator;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** The citizen's side of an application. */
@RestController
@RequestMapping("/api/eldercare/v1/applications")
@Tag(name = "入住申请", description = "草稿、提交与查看")
class ApplicationController {

    private final Applications applications;
    private final ApplicationAccess access;
    private final ApplicationViews views;
    private final FormChecks checks;
    private final SubmitApplication submission;
    private final RuleBooks books;
    private final Idempotency idempotency;
    private final TransactionalOperator transaction;
    private final Deadlines deadlines;
    private final Audit audit;
    private final Ids ids;
    private final Clock clock;

    ApplicationController(Applications applications, ApplicationAccess access, ApplicationViews views,
            FormChecks checks,
            SubmitApplication submission, RuleBooks books, Idempotency idempotency, TransactionalOperator transaction,
            Deadlines deadlines, Audit audit, Ids ids, Clock clock) {
        this.applications = applications;
        this.access = access;
        this.views = views;
        this.checks = checks;
        this.submission = submission;
        this.books = books;
        this.idempotency = idempotency;
        this.transaction = transaction;
        this.deadlines = deadlines;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    @Schema(description = "申请列表中的一行（已遮蔽）")
    record ApplicationLine(@Schema(description = "编号") UUID id,
            @Schema(description = "状态", example = "SUBMITTED") ApplicationState.Name state,
            @Schema(description = "申请人", example = "张*") String name,
            @Schema(description = "通道", example = "PRIORITY") String channel,
            @Schema(description = "受理时间") @Nullable Instant submittedAt,
            @Schema(description = "创建时间") Instant createdAt) {

        static ApplicationLine of(Application application) {
            return new ApplicationLine(application.id(), application.state().name(),
                    Applications.maskedName(application), application.dossier().channel().channel().name(),
                    application.submittedAt(), application.createdAt());
        }
    }

    @PostMapping
    @Access(scope = "eldercare.apply", citizen = true)
    @Operation(operationId = "createApplication", summary = "新建申请草稿", description = "手头有什么就填什么；提交时一次列出全部缺项。填报人（本人或代理人）的公民身份号码须是其实名认证时核验的（not-own、id-number-unproven）。办法失效且未延长时不受理。")
    Mono<ResponseEntity<ApplicationView>> create(IdempotencyKey key, Caller caller, @RequestBody ApplicationForm form) {
        return idempotency.execute(key, form, () -> books.takingApplications()
                .flatMap(book -> checks.check(form, book.options(), caller)
                        .map(checked -> new Application(ids.next(), caller.subject(), 1, new ApplicationState.Draft(),
                                book.id(), null, null, null, Dossier.of(checked), null, clock.instant())))
                .flatMap(draft -> applications.insert(draft).then(deadlines.touched(draft))
                        .then(answer(draft, HttpStatus.CREATED))));
    }

    @GetMapping
    @Access(scope = "eldercare.read", citizen = true)
    @Operation(operationId = "listMyApplications", summary = "我的申请", description = "只列出以本人身份（令牌的 sub）提出的申请，最近提出的在前；不含身份证号等明文。")
    Mono<Page<ApplicationLine>> mine(PageRequest page, Caller caller) {
        return applications.ownedBy(caller.subject(), after(page), page.rowsToRead())
                .map(rows -> Page.of(rows, page, application -> List.of(application.id().toString())))
                .map(found -> new Page<>(found.items().stream().map(ApplicationLine::of).toList(), found.nextCursor()));
    }

    @GetMapping("/{applicationId}")
    @Access(scope = "eldercare.read")
    @Operation(operationId = "getApplication", summary = "查看申请：状态、缺项、位次、预计等待、期限与决定", description = "申请人本人、所涉养老机构及其区市、市级主管部门可以查看（草稿只有本人），受托的评估机构在评估或复核办结之前可以查看，其他人得到 404。位次和预计等待在每次查询时计算。返回的 ETag 用于以后的修改。")
    Mono<ResponseEntity<ApplicationView>> get(@PathVariable("applicationId") UUID id, Caller caller) {
        return access.readable(caller, id).flatMap(application -> answer(application, HttpStatus.OK));
    }

    @PutMapping("/{applicationId}")
    @Access(scope = "eldercare.apply", citizen = true)
    @Operation(operationId = "replaceApplication", summary = "修改申请内容（草稿或待补正时）", description = "以整份内容替换原内容，未提交的字段视为清空；已进入审核的申请不能修改。仍有缺项也可以保存，缺项见返回的 missing。")
    Mono<ResponseEntity<ApplicationView>> replace(@PathVariable("applicationId") UUID id, IfMatch ifMatch,
            Caller caller,
            @RequestBody ApplicationForm form) {
        return access.lockOwn(caller, id)
                .doOnNext(application -> ifMatch.require(application.version()))
                .doOnNext(ApplicationController::requireOpen)
                .flatMap(application -> (application.state() instanceof ApplicationState.Draft
                        ? books.current()
                        : books.of(application.ruleBookId(), application.handedInOn()))
                        .flatMap(book -> checks.check(form, book.options(), caller))
                        .flatMap(checked -> applications.update(application.with(Dossier.of(checked)))))
                .flatMap(stored -> deadlines.touched(stored).thenReturn(stored))
                .flatMap(stored -> answer(stored, HttpStatus.OK))
                .as(transaction::transactional)
                .as(Detached::run);
    }

    @PostMapping("/{applicationId}/submission")
    @Access(scope = "eldercare.apply", citizen = true)
    @Operation(operationId = "submitApplication", summary = "提交申请", description = "齐全则受理并进入排队（位次暂定）；不齐全则状态为 INCOMPLETE，missing 一次列出全部缺项（第十三条）。")
    Mono<ResponseEntity<ApplicationView>> submit(@PathVariable("applicationId") UUID id, IdempotencyKey key,
            IfMatch ifMatch,
            Caller caller) {
        return idempotency.execute(key, null,
                () -> submission.submit(caller, id, ifMatch).flatMap(stored -> answer(stored, HttpStatus.OK)));
    }

    @GetMapping("/{applicationId}/form")
    @Access(scope = "eldercare.read")
    @Operation(operationId = "getApplicationForm", summary = "查看申请原文（含个人信息明文，每次查看均留痕）", description = "返回身份证号、电话、住址等明文，只供申请人本人和办理人员使用；列表和其他查询只给出遮蔽后的内容。")
    Mono<ResponseEntity<ApplicationForm>> form(@PathVariable("applicationId") UUID id, Caller caller) {
        return access.readable(caller, id)
                .flatMap(application -> audit
                        .record(caller, "application.read-clear", "application", id.toString(),
                                Map.of("fields", "form"))
                        .thenReturn(ResponseEntity.ok().eTag(ETags.of(application.version()))
                                .body(application.dossier().form())));
    }

    private static void requireOpen(Application application) {
        boolean open = application.state() instanceof ApplicationState.Draft
                || application.state() instanceof ApplicationState.Incomplete;
        if (!open) {
            throw Decisions.closed(application);
        }
    }

    private Mono<ResponseEntity<ApplicationView>> answer(Application application, HttpStatus status) {
        return views.view(application)
                .map(view -> ResponseEntity.status(status)
                        .eTag(ETags.of(application.version()))
                        .location(URI.create("/api/eldercare/v1/applications/" + application.id()))
                        .body(view));
    }

    static @Nullable UUID after(PageRequest page) {
        try {
            return page.isFirst() ? null : UUID.fromString(page.after().getFirst());
        } catch (IllegalArgumentException e) {
            throw ProblemException.of(CommonProblem.INVALID_CURSOR);
        }
    }
}
