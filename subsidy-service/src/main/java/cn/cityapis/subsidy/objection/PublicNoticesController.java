package cn.cityapis.subsidy.objection;

import cn.cityapis.platform.time.Deadline;
import cn.cityapis.platform.pii.Masking;
import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.security.Access;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.ids.Ids;
import cn.cityapis.platform.web.Idempotency;
import cn.cityapis.platform.web.IdempotencyKey;
import cn.cityapis.platform.web.Page;
import cn.cityapis.platform.web.PageRequest;
import cn.cityapis.subsidy.application.Application;
import cn.cityapis.subsidy.application.ApplicationReader;
import cn.cityapis.subsidy.application.ApplicationState;
import cn.cityapis.subsidy.application.ObjectionPeriod;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.List;
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

/** What is about to be approved, for everybody to see; anyone who gives his real name may object, once. */
@RestController
@RequestMapping("/api/subsidy/v1/public-notices")
@Tag(name = "公示", description = "拟批准的申请公示与异议")
class PublicNoticesController {

    private final ApplicationReader reader;
    private final ObjectionPeriod period;
    private final Objections objections;
    private final Idempotency idempotency;
    private final Ids ids;

    PublicNoticesController(ApplicationReader reader, ObjectionPeriod period,
            Objections objections, Idempotency idempotency, Ids ids) {
        this.reader = reader;
        this.period = period;
        this.objections = objections;
        this.idempotency = idempotency;
        this.ids = ids;
    }

    @Schema(description = "一条公示（姓名已脱敏）")
    record PublicNotice(@Schema(description = "申请编号") UUID applicationId,
            @Schema(description = "方案编号", example = "talent-living-allowance") String schemeId,
            @Schema(description = "区市代码", example = "371002") String areaCode,
            @Schema(description = "姓名（已脱敏）", example = "李*") String name,
            @Schema(description = "每期金额（分）", example = "500000") long monthlyFen,
            @Schema(description = "期数", example = "36") int months,
            @Schema(description = "公示截止日") LocalDate noticeEnds,
            @Schema(description = "公示截止日是否暂定：该年放假安排尚未公布") boolean noticeProvisional) {

        static PublicNotice of(Application it) {
            Application.Terms terms = Objects.requireNonNull(it.terms());
            Deadline ends = Objects.requireNonNull(it.notice()).ends();
            return new PublicNotice(it.id(), it.scheme(), String.valueOf(it.area()),
                    Masking.name(String.valueOf(it.applicant().name())), terms.monthlyFen(), terms.months(),
                    ends.lastDay(), ends.provisional());
        }
    }

    @Schema(description = "对公示提出异议")
    record NewObjection(
            @Schema(description = "内容", example = "该申请人已于上月离职") @NotBlank(message = "请填写异议内容") @Size(max = 2000, message = "最多 2000 字") @Nullable String text) {
    }

    @GetMapping
    @Access(scope = "subsidy.read", goodForAllSeconds = 2)
    @Operation(operationId = "listPublicNotices", summary = "列出公示中的申请", description = "只列出正在公示的申请：姓名已脱敏，金额以分为单位。提出异议用 objectToNotice。")
    Mono<Page<PublicNotice>> list(PageRequest page) {
        return reader.inState(ApplicationState.PUBLIC_NOTICE, page).map(rows -> Page.of(
                rows.stream().map(PublicNotice::of).toList(), page, row -> List.of(row.applicationId().toString())));
    }

    @PostMapping("/{applicationId}/objections")
    @Access(scope = "subsidy.apply", citizen = true)
    @Operation(operationId = "objectToNotice", summary = "对公示提出异议", description = "实名提出，每人每份公示一次，申请人本人除外。异议处理完毕之前公示不结束。", requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true, content = @Content(mediaType = "application/json", examples = @ExampleObject(name = "异议", value = """
                    {"text": "该申请人已于上月离职"}"""))))
    Mono<ResponseEntity<Objection>> object(@Parameter(description = "申请编号") @PathVariable UUID applicationId,
            @RequestBody NewObjection body, IdempotencyKey key, Caller caller) {
        UUID id = ids.next();
        return idempotency.execute(key, body, () -> reader.lock(applicationId)
                .flatMap(found -> {
                    if (found.state() != ApplicationState.PUBLIC_NOTICE) {
                        throw ProblemException.of(CommonProblem.NOT_FOUND, "没有这条公示");
                    }
                    if (found.owner().equals(caller.subject())) {
                        throw ProblemException.of(CommonProblem.FORBIDDEN, "不能对本人的申请提出异议");
                    }
                    return objections.insert(id, applicationId, caller.subject(), String.valueOf(body.text()))
                            .then(Mono.defer(() -> period.started(found, caller)));
                })
                .then(Mono.defer(() -> objections.get(id)))
                .map(made -> ResponseEntity.status(HttpStatus.CREATED).body(made)));
    }
}
