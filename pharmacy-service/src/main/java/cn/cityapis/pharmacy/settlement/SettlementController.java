package cn.cityapis.pharmacy.settlement;

import cn.cityapis.pharmacy.institution.Parties;
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

    private final Settlements settlements;
    private final PaySettlement paySettlement;
    private final Parties parties;
    private final Idempotency idempotency;

    SettlementController(Settlements settlements, PaySettlement paySettlement, Parties parties,
            Idempotency idempotency) {
        this.settlements = settlements;
        this.paySettlement = paySettlement;
        this.parties = parties;
        this.idempotency = idempotency;
    }

    @GetMapping
    @Access(scope = "pharmacy.read", roles = {"chain", "supplier", "city", "admin", "auditor"})
    @Operation(operationId = "listSettlements", summary = "结算单", description = "最早到期的在前。连锁企业和供货企业只看到自己的。")
    Mono<Page<Settlement>> list(Caller caller,
            @Parameter(description = "状态", schema = @Schema(allowableValues = {"due",
                    "paid"})) @RequestParam(required = false) @Nullable String state,
            PageRequest page) {
        if (state != null && !state.equals("due") && !state.equals("paid")) {
            throw ProblemException.of(CommonProblem.VALIDATION_FAILED, "state 只能是 due、paid 之一",
                    List.of(new Violation("?state", "invalid-value", "只能是 due、paid 之一")));
        }
        Settlements.After after = after(page);
        return parties.of(caller)
                .flatMap(party -> settlements.list(party, state, after, page.rowsToRead()).collectList())
                .map(rows -> Page.of(rows, page, s -> List.of(s.dueOn().toString(), s.settlementId().toString())));
    }

    @GetMapping("/{settlementId}")
    @Access(scope = "pharmacy.read", roles = {"chain", "supplier", "city", "admin", "auditor"})
    @Operation(operationId = "getSettlement", summary = "查看结算单", description = "金额、最迟付款日与付款情况；ETag 用于标记付款。")
    Mono<ResponseEntity<Settlement>> get(Caller caller,
            @Parameter(description = "结算单编号") @PathVariable UUID settlementId) {
        return parties.of(caller)
                .flatMap(party -> settlements.find(party, settlementId))
                .switchIfEmpty(Mono.error(() -> ProblemException.of(CommonProblem.NOT_FOUND, "没有这张结算单")))
                .map(SettlementController::tagged);
    }

    @PostMapping("/{settlementId}/payment")
    @Access(scope = "pharmacy.apply", roles = "chain")
    @Operation(operationId = "markSettlementPaid", summary = "标记已付款", description = "由付款的连锁企业标记付款日与凭证号。")
    Mono<ResponseEntity<Settlement>> pay(Caller caller, IdempotencyKey key, IfMatch seen,
            @Parameter(description = "结算单编号") @PathVariable UUID settlementId, @RequestBody Payment payment) {
        return idempotency.execute(key, payment,
                () -> paySettlement.pay(caller, settlementId, seen, payment.paidOn(), payment.reference())
                        .map(SettlementController::tagged));
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
            @Schema(description = "付款凭证号", example = "DEMO-PAY-0001") @NotBlank @Size(max = 60) @Pattern(regexp = "[^\\p{Cntrl}]*", message = "不能含控制字符") String reference) {
    }
}
