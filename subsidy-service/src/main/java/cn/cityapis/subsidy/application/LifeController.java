package cn.cityapis.subsidy.application;

import cn.cityapis.platform.security.Access;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.web.Idempotency;
import cn.cityapis.platform.web.IdempotencyKey;
import cn.cityapis.platform.web.IfMatch;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** What else can happen to an application: a supplement, withdrawal, suspension, the end, its periods. */
@RestController
@RequestMapping("/api/subsidy/v1/applications/{id}")
@Tag(name = "补贴申请")
class LifeController {

    private final ApplicationReader reader;
    private final ApplicationAccess access;
    private final ChangeState change;
    private final EndApplication ending;
    private final Supplements supplements;
    private final Deadlines deadlines;
    private final Idempotency idempotency;

    LifeController(ApplicationReader reader, ApplicationAccess access, ChangeState change, EndApplication ending,
            Supplements supplements, Deadlines deadlines, Idempotency idempotency) {
        this.reader = reader;
        this.access = access;
        this.change = change;
        this.ending = ending;
        this.supplements = supplements;
        this.deadlines = deadlines;
        this.idempotency = idempotency;
    }

    @Schema(description = "需要补正的一项")
    record NewItem(
            @Schema(description = "所指内容（JSON 指针）", example = "/facts/engagementStart") @NotBlank(message = "请指明是哪一项") @Size(max = 100, message = "最多 100 字") @Nullable String pointer,
            @Schema(description = "说明", example = "入职日期与劳动合同不一致") @NotBlank(message = "请说明需要补正什么") @Size(max = 500, message = "最多 500 字") @Nullable String detail) {
    }

    @Schema(description = "补正通知")
    record NewSupplementRequest(
            @Schema(description = "全部需要补正的内容") @NotEmpty(message = "请列出需要补正的内容") @Size(max = 50, message = "最多 50 项") @Nullable List<@Valid NewItem> items) {
    }

    @Schema(description = "理由")
    record Because(
            @Schema(description = "理由", example = "正在核实是否仍在职") @NotBlank(message = "请填写理由") @Size(max = 500, message = "理由最多 500 字") @Nullable String reason) {
    }

    @PostMapping("/supplement-requests")
    @Access(scope = "subsidy.decide", roles = {"district", "city"})
    @Operation(operationId = "askSupplement", summary = "要求补正", description = "一次列出全部需要补正的内容；每一级审核只能要求一次。申请人在期限内以 PUT 修改后重新提交，回到原审核环节；更改了已审核的事实或收款账户的，回到初审，重新审核一轮；逾期视为撤回。", requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true, content = @Content(mediaType = "application/json", examples = @ExampleObject(name = "入职日期", value = """
                    {"items": [{"pointer": "/facts/engagementStart", "detail": "入职日期与劳动合同不一致"}]}"""))))
    Mono<ResponseEntity<ApplicationView>> ask(@Parameter(description = "申请编号") @PathVariable UUID id,
            @RequestBody NewSupplementRequest body, IfMatch ifMatch, IdempotencyKey key, Caller caller) {
        return decide(id, key, body, ifMatch, caller, found -> {
            Review.Level level = access.level(found, caller);
            ApplicationState from = level == Review.Level.FIRST
                    ? ApplicationState.FIRST_REVIEW
                    : ApplicationState.SECOND_REVIEW;
            if (found.state() != from) {
                throw SubmitApplication.wrongState(found);
            }
            List<Supplements.Item> items = Objects.requireNonNull(body.items()).stream()
                    .map(item -> new Supplements.Item(String.valueOf(item.pointer()), String.valueOf(item.detail())))
                    .toList();
            return supplements.insert(id, level, items, caller)
                    .then(Mono.defer(() -> change.step(found, new ApplicationStep.AskSupplement(), "supplement-asked",
                            "您的申请有 " + items.size() + " 处需要补正，请在期限内修改后重新提交", null, caller,
                            Map.of("items", items.size()))))
                    .then();
        });
    }

    @GetMapping("/supplement-requests")
    @Access(scope = "subsidy.read")
    @Operation(operationId = "listSupplementRequests", summary = "列出补正通知", description = "每次要求补正的各项内容、提出的层级、单位和时间。")
    Mono<List<Supplements.Request>> requests(@Parameter(description = "申请编号") @PathVariable UUID id, Caller caller) {
        return reader.get(id).map(found -> access.readable(found, caller)).flatMap(found -> supplements.of(id));
    }

    @GetMapping("/deadlines")
    @Access(scope = "subsidy.read")
    @Operation(operationId = "listApplicationDeadlines", summary = "列出各项期限", description = "工作日按国务院办公厅放假安排计算；provisional 表示跨入尚未公布安排的年份，待公布后确定。")
    Mono<List<Deadlines.Running>> deadlines(@Parameter(description = "申请编号") @PathVariable UUID id, Caller caller) {
        return reader.get(id).map(found -> access.readable(found, caller)).flatMap(found -> deadlines.of(id));
    }

    @PostMapping("/withdrawals")
    @Access(scope = "subsidy.apply", citizen = true)
    @Operation(operationId = "withdrawApplication", summary = "撤回申请", description = "资金承诺之前可以撤回。")
    Mono<ResponseEntity<ApplicationView>> withdraw(@Parameter(description = "申请编号") @PathVariable UUID id,
            IfMatch ifMatch, IdempotencyKey key, Caller caller) {
        return change(id, key, null, ifMatch, found -> access.owned(found, caller), found -> change
                .step(found, new ApplicationStep.Withdraw(), "withdrawn", null, null, caller, Map.of()).then());
    }

    @PostMapping("/suspensions")
    @Access(scope = "subsidy.decide", roles = {"district", "city"})
    @Operation(operationId = "suspendPayments", summary = "暂停发放", description = "暂停期间各期不发放，已收集而尚未送交银行的各期在送交时剔除；恢复后逐期按当时的事实重新审核，符合条件的补发。已送交银行的不受影响。", requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true, content = @Content(mediaType = "application/json", examples = @ExampleObject(name = "核实", value = """
                    {"reason": "正在核实是否仍在职"}"""))))
    Mono<ResponseEntity<ApplicationView>> suspend(@Parameter(description = "申请编号") @PathVariable UUID id,
            @RequestBody Because body, IfMatch ifMatch, IdempotencyKey key, Caller caller) {
        return decide(id, key, body, ifMatch, caller, found -> change.step(found, new ApplicationStep.Suspend(),
                "suspended", "补贴暂停发放：" + body.reason(), null, caller, reason(body)).then());
    }

    @PostMapping("/resumptions")
    @Access(scope = "subsidy.decide", roles = {"district", "city"})
    @Operation(operationId = "resumePayments", summary = "恢复发放", description = "用于已暂停发放的补贴；须写明理由，申请人收到通知。", requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true, content = @Content(mediaType = "application/json", examples = @ExampleObject(name = "已核实", value = """
                    {"reason": "已核实仍在职"}"""))))
    Mono<ResponseEntity<ApplicationView>> resume(@Parameter(description = "申请编号") @PathVariable UUID id,
            @RequestBody Because body, IfMatch ifMatch, IdempotencyKey key, Caller caller) {
        return decide(id, key, body, ifMatch, caller, found -> change.step(found, new ApplicationStep.Resume(),
                "resumed", "补贴恢复发放：" + body.reason(), null, caller, reason(body)).then());
    }

    @PostMapping("/endings")
    @Access(scope = "subsidy.decide", roles = {"district", "city"})
    @Operation(operationId = "endPayments", summary = "提前结束", description = "不再发放以后各期；未发放的承诺退回预算，由等待资金的申请依次使用。", requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true, content = @Content(mediaType = "application/json", examples = @ExampleObject(name = "离开本市", value = """
                    {"reason": "已调往外地工作"}"""))))
    Mono<ResponseEntity<ApplicationView>> end(@Parameter(description = "申请编号") @PathVariable UUID id,
            @RequestBody Because body, IfMatch ifMatch, IdempotencyKey key, Caller caller) {
        return decide(id, key, body, ifMatch, caller, found -> ending.ended(found, caller)
                .then(Mono.defer(() -> change.tell(found, ApplicationState.ENDED, "ended-early",
                        "补贴提前结束：" + body.reason(), caller, reason(body)))));
    }

    private static Map<String, ?> reason(Because body) {
        return Map.of("reason", String.valueOf(body.reason()));
    }

    private Mono<ResponseEntity<ApplicationView>> decide(UUID id, IdempotencyKey key, @Nullable Object body,
            IfMatch ifMatch, Caller caller, Function<Application, Mono<Void>> effect) {
        return change(id, key, body, ifMatch, found -> access.decidable(found, caller), effect);
    }

    private Mono<ResponseEntity<ApplicationView>> change(UUID id, IdempotencyKey key, @Nullable Object body,
            IfMatch ifMatch, Function<Application, Application> allowed, Function<Application, Mono<Void>> effect) {
        return idempotency.execute(key, body, () -> reader.lock(id).map(allowed).flatMap(found -> {
            ifMatch.require(found.version());
            return effect.apply(found);
        }).then(Mono.defer(() -> reader.get(id))).map(ApplicationsController::answer));
    }
}
