package cn.cityapis.subsidy.clawback;

import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.problem.Violations;
import cn.cityapis.platform.security.Access;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.web.Idempotency;
import cn.cityapis.platform.web.IdempotencyKey;
import cn.cityapis.platform.web.IfMatch;
import cn.cityapis.subsidy.application.ApplicationAccess;
import cn.cityapis.subsidy.application.ApplicationReader;
import cn.cityapis.subsidy.money.Fen;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
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

/** Paid money that has to come back. */
@RestController
@RequestMapping("/api/subsidy/v1/applications/{id}/clawbacks")
@Tag(name = "追回", description = "追回已发放的补贴，登记归还")
class ClawbacksController {

    private static final long MOST = 10_000_000_000_000L;
    private final ApplicationReader reader;
    private final ApplicationAccess access;
    private final Clawbacks clawbacks;
    private final ClaimBack claims;
    private final Idempotency idempotency;

    ClawbacksController(ApplicationReader reader, ApplicationAccess access, Clawbacks clawbacks, ClaimBack claims,
            Idempotency idempotency) {
        this.reader = reader;
        this.access = access;
        this.clawbacks = clawbacks;
        this.claims = claims;
        this.idempotency = idempotency;
    }

    @Schema(description = "追回决定")
    record NewClawback(
            @Schema(description = "是否全部追回：已发放的全部归还，不再发放", example = "false") @NotNull(message = "请说明是否全部追回") @Nullable Boolean whole,
            @Schema(description = "部分追回时的金额（分）", example = "500000") @Min(value = 1, message = "金额应为正数") @Max(value = MOST, message = "金额超出范围") @Nullable Long amountFen,
            @Schema(description = "理由", example = "当月已离职仍领取") @NotBlank(message = "请填写理由") @Size(max = 500, message = "理由最多 500 字") @Nullable String reason) {
    }

    @Schema(description = "登记归还")
    record NewRepayment(
            @Schema(description = "金额（分）", example = "500000") @NotNull(message = "请填写金额") @Min(value = 1, message = "金额应为正数") @Max(value = MOST, message = "金额超出范围") @Nullable Long amountFen,
            @Schema(description = "银行入账流水号", example = "R202612010001") @NotBlank(message = "请填写银行入账流水号") @Size(max = 60, message = "流水号最多 60 位") @Pattern(regexp = "[A-Za-z0-9_-]*", message = "流水号只能是字母、数字、横线") @Nullable String bankReference) {
    }

    @GetMapping
    @Access(scope = "subsidy.read")
    @Operation(operationId = "listClawbacks", summary = "列出一份申请的追回决定", description = "每项决定的金额（分）、理由和归还记录；申请人本人、办理部门，以及市级和所在区市的财务人员可以查看，其他人得到 404。")
    Mono<List<Clawback>> list(@Parameter(description = "申请编号") @PathVariable UUID id, Caller caller) {
        return reader.get(id).map(found -> access.readableMoney(found, caller)).flatMap(found -> clawbacks.of(id));
    }

    @PostMapping
    @Access(scope = "subsidy.decide", roles = "city")
    @Operation(operationId = "claimBack", summary = "追回已发放的补贴", description = "由市级决定：部分追回不影响以后各期；全部追回后不再发放，未发放的承诺退回预算；其时已送银行的款项此后到账的，可以再次追回。", requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true, content = @Content(mediaType = "application/json", examples = @ExampleObject(name = "部分追回", value = """
                    {"whole": false, "amountFen": 500000, "reason": "当月已离职仍领取"}"""))))
    Mono<ResponseEntity<Clawback>> claim(@Parameter(description = "申请编号") @PathVariable UUID id,
            @RequestBody NewClawback body, IfMatch ifMatch, IdempotencyKey key, Caller caller) {
        boolean whole = Boolean.TRUE.equals(body.whole());
        Violations violations = new Violations();
        if (whole == (body.amountFen() != null)) {
            violations.add("/amountFen", whole ? "contradiction" : "missing", whole ? "全部追回时不填金额" : "部分追回须填金额");
        }
        violations.throwIfAny();
        String reason = String.valueOf(body.reason());
        return idempotency.execute(key, body, () -> reader.lock(id)
                .map(found -> access.decidable(found, caller)).flatMap(found -> {
                    ifMatch.require(found.version());
                    return whole
                            ? claims.whole(found, reason, caller)
                            : claims.part(found, new Fen(Objects.requireNonNull(body.amountFen())), reason, caller);
                }).flatMap(clawbacks::get).map(made -> ResponseEntity.status(HttpStatus.CREATED).body(made)));
    }

    @PostMapping("/{clawbackId}/repayments")
    @Access(scope = "subsidy.decide", roles = "finance")
    @Operation(operationId = "bookRepayment", summary = "登记归还", description = "由市级或所在区市的财务人员登记，作出追回决定的人除外（four-eyes）；同一笔银行入账（流水号）只登记一次；归还的款项按原支付比例退回各级预算。", requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true, content = @Content(mediaType = "application/json", examples = @ExampleObject(name = "归还", value = """
                    {"amountFen": 500000, "bankReference": "R202612010001"}"""))))
    Mono<ResponseEntity<Clawback>> repay(@Parameter(description = "申请编号") @PathVariable UUID id,
            @Parameter(description = "追回编号") @PathVariable UUID clawbackId, @RequestBody NewRepayment body,
            IdempotencyKey key, Caller caller) {
        return idempotency.execute(key, body, () -> reader.lock(id)
                .map(found -> access.bookable(found, caller))
                .flatMap(found -> clawbacks.get(clawbackId)
                        .filter(claim -> claim.applicationId().equals(id))
                        .switchIfEmpty(
                                Mono.error(() -> ProblemException.of(CommonProblem.NOT_FOUND, "没有这项追回")))
                        .flatMap(claim -> claims.repaid(found, claim,
                                new Fen(Objects.requireNonNull(body.amountFen())),
                                String.valueOf(body.bankReference()), caller)))
                .then(Mono.defer(() -> clawbacks.get(clawbackId)))
                .map(claim -> ResponseEntity.status(HttpStatus.CREATED).body(claim)));
    }
}
