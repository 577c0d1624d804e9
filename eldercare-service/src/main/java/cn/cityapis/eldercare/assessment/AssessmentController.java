package cn.cityapis.eldercare.assessment;

import cn.cityapis.eldercare.rulebook.RuleBooks;
import cn.cityapis.eldercare.ability.AbilityItem;
import cn.cityapis.eldercare.ability.AbilityResult;
import cn.cityapis.eldercare.application.Application;
import cn.cityapis.eldercare.application.ApplicationAccess;
import cn.cityapis.eldercare.application.ApplicationState;
import cn.cityapis.eldercare.application.ApplicationView;
import cn.cityapis.eldercare.application.ApplicationViews;
import cn.cityapis.eldercare.application.Applications;
import cn.cityapis.eldercare.application.Handed;
import cn.cityapis.eldercare.rulebook.Citation;
import cn.cityapis.eldercare.waitlist.Channel;
import cn.cityapis.platform.audit.Audit;
import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.security.Access;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.web.ETags;
import cn.cityapis.platform.web.Idempotency;
import cn.cityapis.platform.web.IdempotencyKey;
import cn.cityapis.platform.web.IfMatch;
import cn.cityapis.platform.web.Page;
import cn.cityapis.platform.web.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
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

/** Assessment by the commissioned agency (第十五条至第十八条). */
@RestController
@RequestMapping("/api/eldercare/v1")
@Tag(name = "能力评估", description = "按 GB/T 42195—2022 记录 26 项得分，总分与等级由系统计算")
class AssessmentController {

    private final RuleBooks books;
    private final RecordAssessment recording;
    private final RecordRecheck rechecking;
    private final Assessments assessments;
    private final Applications applications;
    private final ApplicationAccess access;
    private final ApplicationViews views;
    private final Idempotency idempotency;
    private final Audit audit;
    private final Clock clock;

    AssessmentController(RuleBooks books, RecordAssessment recording, RecordRecheck rechecking, Assessments assessments,
            Applications applications,
            ApplicationAccess access, ApplicationViews views, Idempotency idempotency, Audit audit, Clock clock) {
        this.books = books;
        this.recording = recording;
        this.rechecking = rechecking;
        this.assessments = assessments;
        this.applications = applications;
        this.access = access;
        this.views = views;
        this.idempotency = idempotency;
        this.audit = audit;
        this.clock = clock;
    }

    @Schema(description = "评估结果与申请现状")
    record AssessmentView(AbilityResult result, @Schema(description = "依据") List<Citation> basis,
            ApplicationView application) {
    }

    @Schema(description = "一份评估档案")
    record AssessmentFile(@Schema(description = "编号") UUID id,
            @Schema(description = "评估机构", example = "demo-agency-1") String agency,
            @Schema(description = "事由", example = "FIRST") Purpose purpose,
            @Schema(description = "评估日期", example = "2026-11-21") LocalDate assessedOn,
            @Schema(description = "得分") Map<AbilityItem, Integer> scores, AbilityResult result,
            @Schema(description = "记录时间") Instant recordedAt) {
    }

    @Schema(description = "待评估的申请人（已遮蔽），按通道和申请先后")
    record AssessmentTask(@Schema(description = "申请编号") UUID applicationId,
            @Schema(description = "申请人", example = "张*") String name,
            @Schema(description = "通道", example = "PRIORITY") Channel channel,
            @Schema(description = "受理时间") @Nullable Instant submittedAt,
            @Schema(description = "已约定的日期", example = "2026-11-30") @Nullable LocalDate bookedOn) {
    }

    @GetMapping("/assessment-tasks")
    @Access(scope = "eldercare.decide", roles = "assessor")
    @Operation(operationId = "listAssessmentTasks", summary = "本机构待评估的申请人", description = "按通道及申请先后通知评估（第十六条）。")
    Mono<Page<AssessmentTask>> tasks(PageRequest page, Caller caller) {
        return applications.calledBy(String.valueOf(caller.org()), call(page), page.rowsToRead())
                .map(rows -> Page.of(rows, page,
                        application -> List.of(application.dossier().channel().channel().name(),
                                String.valueOf(application.submittedAt()), application.id().toString())))
                .map(found -> new Page<>(found.items().stream().map(AssessmentController::task).toList(),
                        found.nextCursor()));
    }

    @PostMapping("/applications/{applicationId}/assessments")
    @Access(scope = "eldercare.decide", roles = "assessor")
    @Operation(operationId = "recordAssessment", summary = "记录能力评估", description = "一次列出全部缺少或超范围的项目；等级确定后通道随之重新推导。")
    Mono<ResponseEntity<AssessmentView>> record(@PathVariable("applicationId") UUID id, IdempotencyKey key,
            IfMatch ifMatch,
            Caller caller, @RequestBody AssessmentRequest request) {
        return idempotency.execute(key, request,
                () -> recording.record(caller, id, ifMatch, request.findings(LocalDate.now(clock)))
                        .flatMap(this::answer));
    }

    @PostMapping("/applications/{applicationId}/rechecks")
    @Access(scope = "eldercare.decide", roles = "assessor")
    @Operation(operationId = "recordRecheck", summary = "记录复核评估", description = "由申请人选择的机构在 5 天内完成，为最终评估结果（第十八条）；通道随之重新推导，可能升也可能降。")
    Mono<ResponseEntity<AssessmentView>> recheck(@PathVariable("applicationId") UUID id, IdempotencyKey key,
            IfMatch ifMatch, Caller caller, @RequestBody AssessmentRequest request) {
        return idempotency.execute(key, request,
                () -> rechecking.record(caller, id, ifMatch, request.findings(LocalDate.now(clock)))
                        .flatMap(this::answer));
    }

    @GetMapping("/recheck-tasks")
    @Access(scope = "eldercare.decide", roles = "assessor")
    @Operation(operationId = "listRecheckTasks", summary = "本机构待复核的申请人，最早提出异议的在前", description = "只列出由本机构（令牌的 org）复核的申请人。")
    Mono<Page<AssessmentTask>> rechecks(PageRequest page, Caller caller) {
        return applications
                .recheckedBy(String.valueOf(caller.org()), Handed.after(page), page.rowsToRead())
                .map(rows -> Page.of(rows, page, application -> new Handed(
                        Objects.requireNonNull(application.recheck()).objectedAt(), application.id()).cursor()))
                .map(found -> new Page<>(found.items().stream().map(AssessmentController::task).toList(),
                        found.nextCursor()));
    }

    @GetMapping("/applications/{applicationId}/assessments")
    @Access(scope = "eldercare.read")
    @Operation(operationId = "listAssessments", summary = "个人评估档案（第十八条；每次查看均留痕）", description = "每次评估的日期、用途、评估机构、各项得分和等级结论。")
    Mono<List<AssessmentFile>> list(@PathVariable("applicationId") UUID id, Caller caller) {
        return access.readable(caller, id)
                .flatMap(application -> audit.record(caller, "assessment.read", "application", id.toString(), Map.of())
                        .then(assessments.of(id)))
                .map(found -> found.stream()
                        .map(each -> new AssessmentFile(each.id(), each.agencyOrg(), each.purpose(),
                                each.findings().assessedOn(),
                                each.findings().scores(), each.result(), each.recordedAt()))
                        .toList());
    }

    private Mono<ResponseEntity<AssessmentView>> answer(AssessApplicant.Recorded recorded) {
        return views.view(recorded.application())
                .zipWith(books.of(recorded.application().ruleBookId(), recorded.application().handedInOn()),
                        (view, book) -> ResponseEntity.status(HttpStatus.CREATED)
                                .eTag(ETags.of(recorded.application().version()))
                                .body(new AssessmentView(recorded.result(), List.of(book.cite(17), book.cite(18)),
                                        view)));
    }

    private static AssessmentTask task(Application application) {
        return new AssessmentTask(application.id(), Applications.maskedName(application),
                application.dossier().channel().channel(), application.submittedAt(),
                application.state() instanceof ApplicationState.AssessmentBooked booked ? booked.on() : null);
    }

    private static Applications.@Nullable Call call(PageRequest page) {
        try {
            return page.isFirst()
                    ? null
                    : new Applications.Call(Channel.valueOf(page.after().get(0)), Instant.parse(page.after().get(1)),
                            UUID.fromString(page.after().get(2)));
        } catch (IllegalArgumentException | DateTimeException | IndexOutOfBoundsException e) {
            throw ProblemException.of(CommonProblem.INVALID_CURSOR);
        }
    }
}
