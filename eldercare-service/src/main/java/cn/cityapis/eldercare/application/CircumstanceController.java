package cn.cityapis.eldercare.application;

import cn.cityapis.eldercare.waitlist.BedKind;
import cn.cityapis.platform.audit.Audit;
import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.problem.Violations;
import cn.cityapis.platform.security.Access;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.web.ETags;
import cn.cityapis.platform.web.Idempotency;
import cn.cityapis.platform.web.IdempotencyKey;
import cn.cityapis.platform.web.IfMatch;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
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

/** 第十四条: changes while waiting. */
@RestController
@RequestMapping("/api/eldercare/v1/applications/{applicationId}/circumstance-changes")
@Tag(name = "情况变更", description = "轮候过程中报告情况变化（第十四条）")
class CircumstanceController {

    private final ReportCircumstances reporting;
    private final DecideCircumstances deciding;
    private final CircumstanceChanges changes;
    private final ApplicationAccess access;
    private final ApplicationViews views;
    private final Audit audit;
    private final Idempotency idempotency;

    CircumstanceController(ReportCircumstances reporting, DecideCircumstances deciding, CircumstanceChanges changes,
            ApplicationAccess access, ApplicationViews views, Audit audit, Idempotency idempotency) {
        this.reporting = reporting;
        this.deciding = deciding;
        this.changes = changes;
        this.access = access;
        this.views = views;
        this.audit = audit;
        this.idempotency = idempotency;
    }

    @Schema(description = "变更的内容；没有变的不填")
    record ChangeRequest(
            @Schema(description = "变更后的全部身份类别；需机构核实后生效", example = "[\"LOW_INCOME\"]") @Size(max = 9, message = "类别过多") @Nullable List<@NotNull(message = "不能为空") Category> categories,
            @Schema(description = "电话", example = "13800000003") @Pattern(regexp = "1\\d{10}|0\\d{9,11}", message = "电话号码格式不正确") @Nullable String phone,
            @Schema(description = "居住地区划代码", example = "371002") @Pattern(regexp = "\\d{6}", message = "应为 6 位区划代码") @Nullable String residenceAreaCode,
            @Schema(description = "居住地址", example = "环翠区演示路 3 号") @Size(max = 200, message = "地址不超过 200 字") @Pattern(regexp = "\\P{Cntrl}*", message = "不能含控制字符") @Nullable String address,
            @Schema(description = "愿意接受的床位类型", example = "[\"NURSING\"]") @Size(max = 3, message = "类型过多") @Nullable List<@NotNull(message = "不能为空") BedKind> bedKinds,
            @Schema(description = "监护人（全部内容）；换人须机构核实，只改电话即时生效") @Valid ApplicationForm.@Nullable Guardian guardian,
            @Schema(description = "代理人（全部内容）；换人须机构核实，只改电话即时生效") @Valid ApplicationForm.@Nullable Agent agent,
            @Schema(description = "不再有的一方（GUARDIAN、AGENT）；须机构核实", example = "[]") @Size(max = 2, message = "最多两方") @Nullable List<Circumstances.@NotNull(message = "不能为空") Party> without,
            @Schema(description = "说明", example = "已取得最低生活保障") @NotBlank(message = "请填写说明") @Size(max = 500, message = "不超过 500 字") @Pattern(regexp = "\\P{Cntrl}*", message = "不能含控制字符") @Nullable String explanation) {

        Circumstances circumstances() {
            Circumstances reported = new Circumstances(categories, phone, residenceAreaCode, address, bedKinds,
                    guardian, agent, without, Objects.requireNonNull(explanation));
            if (reported.saysNothing()) {
                new Violations().add("/categories", "missing", "请至少填写一项变更").throwIfAny();
            }
            return reported;
        }
    }

    enum Verdict {
        CONFIRMED, REFUSED
    }

    @Schema(description = "机构核实意见")
    record VerdictRequest(
            @Schema(description = "结论", example = "CONFIRMED") @NotNull(message = "请填写结论") @Nullable Verdict verdict,
            @Schema(description = "理由", example = "低保证明属实") @NotBlank(message = "请填写理由") @Size(max = 500, message = "不超过 500 字") @Pattern(regexp = "\\P{Cntrl}*", message = "不能含控制字符") @Nullable String reason) {
    }

    @PostMapping
    @Access(scope = "eldercare.apply", citizen = true)
    @Operation(operationId = "reportCircumstanceChange", summary = "报告情况变化", description = "联系方式、本市内的居住地和床位意愿即时生效并告知机构；身份类别以及更换监护人、代理人经审核机构在期限内核实后生效，其间可补交证明材料，通道重新推导，是否保留原申请时间依运营方的有日期选项。迁出本市的不符合第五条（not-resident）。")
    Mono<ResponseEntity<ApplicationView>> report(@PathVariable("applicationId") UUID id, IdempotencyKey key,
            IfMatch ifMatch, Caller caller, @RequestBody ChangeRequest request) {
        return idempotency.execute(key, request,
                () -> reporting.report(caller, id, ifMatch, request.circumstances())
                        .flatMap(stored -> answer(stored, HttpStatus.CREATED)));
    }

    @GetMapping
    @Access(scope = "eldercare.read")
    @Operation(operationId = "listCircumstanceChanges", summary = "报告过的情况变化，最近的在前", description = "身份类别、监护人、代理人等情况变化的报告及其核实结果。")
    Mono<List<CircumstanceChange>> list(@PathVariable("applicationId") UUID id, Caller caller) {
        return access.readable(caller, id).flatMap(application -> changes.of(id));
    }

    @GetMapping("/{changeId}/form")
    @Access(scope = "eldercare.read")
    @Operation(operationId = "getCircumstanceChangeForm", summary = "核实后的申请原文（含个人信息明文，每次查看均留痕）", description = "供机构核对所报告的监护人、代理人：按该变更核实后的申请内容。")
    Mono<ApplicationForm> form(@PathVariable("applicationId") UUID id, @PathVariable("changeId") UUID changeId,
            Caller caller) {
        return access.readable(caller, id).flatMap(application -> changes.find(id, changeId)
                .switchIfEmpty(Mono.error(() -> ProblemException.of(CommonProblem.NOT_FOUND)))
                .flatMap(stored -> audit
                        .record(caller, "application.read-clear", "application", id.toString(),
                                Map.of("fields", "circumstance-change"))
                        .thenReturn(stored.circumstances().confirmed(application.dossier().form()))));
    }

    @PostMapping("/{changeId}/verdict")
    @Access(scope = "eldercare.decide", roles = "home-operator")
    @Operation(operationId = "decideCircumstanceChange", summary = "核实情况变化", description = "由审核机构核实身份类别、监护人或代理人的变更；须有新类别的证明材料（第十二条），或新监护人、代理人在报告之后提交的证件（第十三条）。")
    Mono<ResponseEntity<ApplicationView>> decide(@PathVariable("applicationId") UUID id,
            @PathVariable("changeId") UUID changeId, IdempotencyKey key, IfMatch ifMatch, Caller caller,
            @RequestBody VerdictRequest request) {
        String reason = Objects.toString(request.reason());
        return idempotency.execute(key, request, () -> switch (Objects.requireNonNull(request.verdict())) {
            case CONFIRMED -> deciding.confirm(caller, id, changeId, ifMatch, reason)
                    .flatMap(stored -> answer(stored, HttpStatus.OK));
            case REFUSED -> deciding.refuse(caller, id, changeId, ifMatch, reason)
                    .flatMap(stored -> answer(stored, HttpStatus.OK));
        });
    }

    private Mono<ResponseEntity<ApplicationView>> answer(Application application, HttpStatus status) {
        return views.view(application)
                .map(view -> ResponseEntity.status(status).eTag(ETags.of(application.version())).body(view));
    }
}
