package cn.cityapis.pharmacy.settlement;

import cn.cityapis.pharmacy.institution.Parties;
import cn.cityapis.pharmacy.money.Fen;
import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.problem.Violation;
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
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@RestController
@RequestMapping("/api/pharmacy/v1/settlements")
@Tag(name = "结算", description = "验收后约30天内付款")
class SettlementController {

    /** Far beyond the largest delivery. */
    private static final long MOST_FEN = 100_000_000_000_000L;

    private final Settlements settlements;
    private final SettleUp settleUp;
    private final Parties parties;
    private final Idempotency idempotency;

    SettlementController(Settlements settlements, SettleUp settleUp, Parties parties,
            Idempotency idempotency) {
        this.settlements = settlements;
        this.settleUp = settleUp;
        this.parties = parties;
        this.idempotency = idempotency;
    }

    @GetMapping
    @Access(scope = "pharmacy.read", roles = {"chain", "pharmacy", "supplier", "city", "admin", "auditor"})
    @Operation(operationId = "listSettlements", summary = "结算单", description = "最早到期的在前。采购方和供货企业只看到自己的。")
    Mono<Page<Settlement>> list(Caller caller,
            @Parameter(description = "状态", schema = @Schema(allowableValues = {"due",
                    "paid"})) @RequestParam(required = false) @Nullable String state,
            @Parameter(description = "true 只列逾期未付的，false 只列其他") @RequestParam(required = false) @Nullable Boolean overdue,
            @Parameter(description = "true 只列最迟付款日暂定的，false 只列已确定的") @RequestParam(required = false) @Nullable Boolean provisional,
            @Parameter(description = "最迟付款日所在的月份", example = "2026-11", schema = @Schema(type = "string", pattern = StatementController.MONTH)) @RequestParam(required = false) @Nullable String dueMonth,
            PageRequest page) {
        if (state != null && !state.equals("due") && !state.equals("paid")) {
            throw ProblemException.of(CommonProblem.VALIDATION_FAILED, "state 只能是 due、paid 之一",
                    List.of(new Violation("?state", "invalid-value", "只能是 due、paid 之一")));
        }
        Settlements.Asked asked = new Settlements.Asked(state, overdue, provisional,
                dueMonth == null ? null : StatementController.month("dueMonth", dueMonth).atDay(1));
        Settlements.After after = after(page);
        return parties.of(caller)
                .flatMap(party -> settlements.list(party, asked, after, page.rowsToRead()).collectList())
                .map(rows -> Page.of(rows, page, s -> List.of(s.dueOn().toString(), s.settlementId().toString())));
    }

    @GetMapping("/{settlementId}")
    @Access(scope = "pharmacy.read", roles = {"chain", "pharmacy", "supplier", "city", "admin", "auditor"})
    @Operation(operationId = "getSettlement", summary = "查看结算单", description = "金额、最迟付款日与各笔付款、退款；ETag 用于登记付款、确认收款、冲正和退款。")
    Mono<ResponseEntity<Settlement>> get(Caller caller,
            @Parameter(description = "结算单编号") @PathVariable UUID settlementId) {
        return parties.of(caller)
                .flatMap(party -> settlements.find(party, settlementId))
                .switchIfEmpty(Mono.error(() -> ProblemException.of(CommonProblem.NOT_FOUND, "没有这张结算单")))
                .map(SettlementController::tagged);
    }

    @PostMapping("/{settlementId}/payment")
    @Access(scope = "pharmacy.apply", roles = {"chain", "pharmacy"})
    @Operation(operationId = "markSettlementPaid", summary = "登记付款", description = "由付款的采购方登记实付金额、付款日与凭证号；不填金额时为待付余额。与待付余额不等的须注明多付或少付，少付的其余仍待付。抵扣以前应退的款时，按抵扣前的金额登记付款，由供货企业在原结算单登记退款。")
    Mono<ResponseEntity<Settlement>> pay(Caller caller, IdempotencyKey key, IfMatch seen,
            @Parameter(description = "结算单编号") @PathVariable UUID settlementId, @RequestBody Payment payment) {
        return idempotency.execute(key, payment,
                () -> settleUp.pay(caller, settlementId, seen, payment.asRule()).map(SettlementController::tagged));
    }

    @PostMapping("/{settlementId}/receipt")
    @Access(scope = "pharmacy.apply", roles = "supplier")
    @Operation(operationId = "confirmSettlementReceipt", summary = "确认收款", description = "由收款的供货企业确认已登记各笔付款的金额与付款日；与实际不符的不确认，申请冲正。最迟付款日之后才登记的付款，确认之后才计为按时。")
    Mono<ResponseEntity<Settlement>> confirm(Caller caller, IdempotencyKey key, IfMatch seen,
            @Parameter(description = "结算单编号") @PathVariable UUID settlementId) {
        return idempotency.execute(key, null,
                () -> settleUp.confirm(caller, settlementId, seen).map(SettlementController::tagged));
    }

    @PostMapping("/{settlementId}/reversal")
    @Access(scope = "pharmacy.apply", roles = "supplier")
    @Operation(operationId = "reverseSettlementPayment", summary = "冲正付款", description = "由供货企业冲正最后登记的一笔付款并说明理由（没有收到、登记错了结算单或付款日）；结算单回到待付。")
    Mono<ResponseEntity<Settlement>> reverse(Caller caller, IdempotencyKey key, IfMatch seen,
            @Parameter(description = "结算单编号") @PathVariable UUID settlementId, @RequestBody Reversal reversal) {
        return idempotency.execute(key, reversal,
                () -> settleUp.reverse(caller, settlementId, seen, reversal.reason())
                        .map(SettlementController::tagged));
    }

    @PostMapping("/{settlementId}/office-reversal")
    @Access(scope = "pharmacy.decide", roles = "city")
    @Operation(operationId = "reverseSettlementPaymentByOffice", summary = "医保部门冲正付款", description = "同供货企业的冲正，由市医保部门办理。")
    Mono<ResponseEntity<Settlement>> reverseByOffice(Caller caller, IdempotencyKey key, IfMatch seen,
            @Parameter(description = "结算单编号") @PathVariable UUID settlementId, @RequestBody Reversal reversal) {
        return reverse(caller, key, seen, settlementId, reversal);
    }

    @PostMapping("/{settlementId}/refund")
    @Access(scope = "pharmacy.apply", roles = "supplier")
    @Operation(operationId = "refundSettlement", summary = "登记退款", description = "由供货企业登记退回的款项，不超过应退的款；以抵扣方式退的，凭证号注明抵扣的结算单。")
    Mono<ResponseEntity<Settlement>> refund(Caller caller, IdempotencyKey key, IfMatch seen,
            @Parameter(description = "结算单编号") @PathVariable UUID settlementId, @RequestBody Refund refund) {
        return idempotency.execute(key, refund,
                () -> settleUp.refund(caller, settlementId, seen, new Fen(refund.amountFen()), refund.refundedOn(),
                        refund.reference()).map(SettlementController::tagged));
    }

    private static ResponseEntity<Settlement> tagged(Settlement settlement) {
        return ResponseEntity.ok().eTag(ETags.of(settlement.version())).body(settlement);
    }

    private static Settlements.After after(PageRequest page) {
        if (page.isFirst()) {
            return Settlements.After.NOTHING;
        }
        try {
            return new Settlements.After(LocalDate.parse(page.after().get(0)), UUID.fromString(page.after().get(1)));
        } catch (IllegalArgumentException | IndexOutOfBoundsException | DateTimeException e) {
            throw ProblemException.of(CommonProblem.INVALID_CURSOR);
        }
    }

    @Schema(name = "SettlementPayment", description = "付款情况")
    record Payment(@Schema(description = "付款日", example = "2026-12-01") @NotNull LocalDate paidOn,
            @Schema(description = "付款凭证号", example = "DEMO-PAY-0001") @NotBlank @Size(max = 60) @Pattern(regexp = "[^\\p{Cntrl}]*", message = "不能含控制字符") String reference,
            @Schema(description = "实付金额（分）；不填为待付余额", example = "14700") @Nullable @Min(1) @Max(MOST_FEN) Long amountFen,
            @Schema(description = "实付与待付余额不等时注明：over 多付，under 少付", allowableValues = {
                    "over",
                    "under"}) @Nullable @Pattern(regexp = "over|under", message = "只能是 over、under 之一") String difference) {

        PaymentRules.Payment asRule() {
            return new PaymentRules.Payment(paidOn, reference, amountFen == null ? null : new Fen(amountFen),
                    PaymentRules.Difference.parse(difference));
        }
    }

    @Schema(name = "SettlementReversal", description = "冲正一笔付款")
    record Reversal(
            @Schema(description = "理由", example = "没有收到这笔款") @NotBlank @Size(max = 200) @Pattern(regexp = "[^\\p{Cntrl}]*", message = "不能含控制字符") String reason) {
    }

    @Schema(name = "SettlementRefund", description = "退款情况")
    record Refund(@Schema(description = "退款金额（分）", example = "1470") @NotNull @Min(1) @Max(MOST_FEN) Long amountFen,
            @Schema(description = "退款日", example = "2026-12-05") @NotNull LocalDate refundedOn,
            @Schema(description = "退款凭证号", example = "DEMO-REF-0001") @NotBlank @Size(max = 60) @Pattern(regexp = "[^\\p{Cntrl}]*", message = "不能含控制字符") String reference) {
    }
}
