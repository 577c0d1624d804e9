package cn.cityapis.subsidy.payment;

import cn.cityapis.platform.audit.Audit;
import cn.cityapis.platform.security.Access;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.web.Idempotency;
import cn.cityapis.platform.web.IdempotencyKey;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.reactive.TransactionalOperator;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** One payment that did not arrive, or came back: sent again alone, or given up. */
@RestController
@RequestMapping("/api/subsidy/v1/payment-items/{itemId}")
@Tag(name = "发放")
class PaymentItemsController {

    private final PaymentRuns runs;
    private final PaymentItems items;
    private final RetryPayment retry;
    private final ReturnPayment comeBack;
    private final MoneyAccess access;
    private final Idempotency idempotency;
    private final TransactionalOperator transaction;
    private final Audit audit;

    PaymentItemsController(PaymentRuns runs, PaymentItems items, RetryPayment retry, ReturnPayment comeBack,
            MoneyAccess access, Idempotency idempotency, TransactionalOperator transaction, Audit audit) {
        this.runs = runs;
        this.items = items;
        this.retry = retry;
        this.comeBack = comeBack;
        this.access = access;
        this.idempotency = idempotency;
        this.transaction = transaction;
        this.audit = audit;
    }

    @Schema(description = "单笔重发")
    record NewRetry(
            @Schema(description = "更正后的收款银行账号；不填则按申请目前的收款账号", example = "6222020000000000456") @Size(max = 30, message = "银行账号最多 30 位") @Pattern(regexp = "\\d{8,30}", message = "银行账号应为 8 至 30 位数字") @Nullable String bankAccount) {
    }

    @Schema(description = "不再发放")
    record NewRelease(
            @Schema(description = "原因", example = "收款人账户已注销且无法联系") @NotBlank(message = "请填写原因") @Size(max = 200, message = "原因最多 200 字") @Nullable String reason) {
    }

    @Schema(name = "PaymentReturn", description = "退汇：到账后又退回")
    record NewReturn(
            @Schema(description = "退回款项的银行入账流水号", example = "R202612030001") @NotBlank(message = "请填写银行入账流水号") @Size(max = 60, message = "流水号最多 60 位") @Pattern(regexp = "[A-Za-z0-9_-]*", message = "流水号只能是字母、数字、横线") @Nullable String bankReference,
            @Schema(description = "原因", example = "账户已销户") @NotBlank(message = "请填写原因") @Size(max = 100, message = "原因最多 100 字") @Nullable String reason) {
    }

    @GetMapping
    @Access(scope = "subsidy.read", roles = {"finance", "auditor"})
    @Operation(operationId = "getPaymentItem", summary = "读取一笔发放", description = "一个人一期的一笔：金额（分）、状态和银行流水号；收款人和账号已脱敏。")
    Mono<PaymentItem.View> get(@Parameter(description = "笔编号") @PathVariable("itemId") UUID id, Caller caller) {
        access.require(caller);
        return items.get(id).map(PaymentItem::view);
    }

    @GetMapping("/payee")
    @Access(scope = "subsidy.decide", roles = "finance")
    @Operation(operationId = "readPaymentPayee", summary = "读取一笔发放的收款人", description = "姓名和账号未脱敏，供送交前复核更正的账号；每次读取都记入审计。")
    Mono<PaymentItem.Payee> payee(@Parameter(description = "笔编号") @PathVariable("itemId") UUID id, Caller caller) {
        access.require(caller);
        return items.get(id)
                .flatMap(item -> audit.record(caller, "read-payee", "payment-item", id.toString(), Map.of())
                        .thenReturn(new PaymentItem.Payee(item.payee(), item.account(), item.otherAccount())))
                .as(transaction::transactional);
    }

    @PostMapping("/retries")
    @Access(scope = "subsidy.decide", roles = "finance")
    @Operation(operationId = "retryPayment", summary = "重发银行退回的一笔", description = "成为一个只有这一笔的新批次；须由另一人送交银行。更正的账号在送交之前只用于这一笔，以后各期仍按原账号；登记和生效都通知申请人。下单和送交时都按现在所知的当月事实重新审核；暂停发放或已全部追回的申请不能重发。", requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true, content = @Content(mediaType = "application/json", examples = @ExampleObject(name = "更正账号", value = """
                    {"bankAccount": "6222020000000000456"}"""))))
    Mono<ResponseEntity<PaymentRun>> retry(@Parameter(description = "笔编号") @PathVariable("itemId") UUID id,
            @RequestBody NewRetry body, IdempotencyKey key, Caller caller) {
        access.require(caller);
        return idempotency.execute(key, body, () -> items.get(id)
                .flatMap(item -> retry.retry(item, body.bankAccount(), caller))
                .flatMap(runs::get)
                .map(run -> ResponseEntity.created(URI.create("/api/subsidy/v1/payment-runs/" + run.id()))
                        .eTag(cn.cityapis.platform.web.ETags.of(run.version())).body(run)));
    }

    @PostMapping("/releases")
    @Access(scope = "subsidy.decide", roles = "finance")
    @Operation(operationId = "releasePayment", summary = "不再发放银行退回的一笔", description = "该月记为未发放，款项退回预算。", requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true, content = @Content(mediaType = "application/json", examples = @ExampleObject(name = "无法联系", value = """
                    {"reason": "收款人账户已注销且无法联系"}"""))))
    Mono<ResponseEntity<PaymentItem.View>> release(@Parameter(description = "笔编号") @PathVariable("itemId") UUID id,
            @RequestBody NewRelease body, IdempotencyKey key, Caller caller) {
        access.require(caller);
        return idempotency.execute(key, body, () -> items.get(id)
                .flatMap(item -> retry.release(item, String.valueOf(body.reason()), caller))
                .then(Mono.defer(() -> items.get(id)))
                .map(item -> ResponseEntity.ok(item.view())));
    }

    @PostMapping("/returns")
    @Access(scope = "subsidy.decide", roles = "finance")
    @Operation(operationId = "returnPayment", summary = "登记退汇（到账后又退回）", description = "用于回盘已登记到账、款项此后又被退回的一笔：该月不再算已发放，款项恢复为已承诺，可以重发或不再发放。一笔银行入账只登记一次；已列入追回而未归还的部分随之了结（clawbacks 的 settledFen），已归还的不能再登记为退汇。", requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true, content = @Content(mediaType = "application/json", examples = @ExampleObject(name = "销户", value = """
                    {"bankReference": "R202612030001", "reason": "账户已销户"}"""))))
    Mono<ResponseEntity<PaymentItem.View>> returned(@Parameter(description = "笔编号") @PathVariable("itemId") UUID id,
            @RequestBody NewReturn body, IdempotencyKey key, Caller caller) {
        access.require(caller);
        return idempotency.execute(key, body, () -> items.get(id)
                .flatMap(item -> comeBack.cameBack(item, String.valueOf(body.bankReference()),
                        String.valueOf(body.reason()), caller))
                .then(Mono.defer(() -> items.get(id)))
                .map(item -> ResponseEntity.ok(item.view())));
    }
}
