package cn.cityapis.subsidy.budget;

import cn.cityapis.platform.audit.Audit;
import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.security.Access;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.platform.web.Idempotency;
import cn.cityapis.platform.web.IdempotencyKey;
import cn.cityapis.subsidy.SubsidyProblem;
import cn.cityapis.subsidy.SubsidySettings;
import cn.cityapis.subsidy.ledger.Ledger;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** A wrong appropriation is not changed but reversed, as long as its money is still there. */
@RestController
@RequestMapping("/api/subsidy/v1/ledger/transactions/{transactionId}/reversals")
@Tag(name = "台账")
class ReversalsController {

    private final Ledger ledger;
    private final SubsidySettings settings;
    private final Idempotency idempotency;
    private final Audit audit;

    ReversalsController(Ledger ledger, SubsidySettings settings, Idempotency idempotency, Audit audit) {
        this.ledger = ledger;
        this.settings = settings;
        this.idempotency = idempotency;
        this.audit = audit;
    }

    @Schema(description = "冲正")
    record NewReversal(
            @Schema(description = "理由", example = "金额多录一位") @NotBlank(message = "请填写理由") @Size(max = 200, message = "理由最多 200 字") @Nullable String memo) {
    }

    @Schema(description = "冲正凭证")
    record Reversed(@Schema(description = "冲正凭证编号") UUID transactionId,
            @Schema(description = "被冲正的凭证编号") UUID reversedTransactionId) {
    }

    @PostMapping
    @Access(scope = "subsidy.decide", roles = "finance")
    @Operation(operationId = "reverseAppropriation", summary = "冲正一笔预算下达", description = "分录不改不删，以相反的分录冲正；款项已被使用时拒绝。", requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true, content = @Content(mediaType = "application/json", examples = @ExampleObject(name = "录错", value = """
                    {"memo": "金额多录一位"}"""))))
    Mono<ResponseEntity<Reversed>> reverse(@Parameter(description = "凭证编号") @PathVariable UUID transactionId,
            @RequestBody NewReversal body, IdempotencyKey key, Caller caller) {
        if (!caller.isOf(settings.cityCode())) {
            throw notFound();
        }
        return idempotency.execute(key, body, () -> ledger
                .reverse(transactionId, String.valueOf(body.memo()), caller.subject())
                .onErrorMap(DataIntegrityViolationException.class, ReversalsController::refused)
                .switchIfEmpty(Mono.error(ReversalsController::notFound))
                .flatMap(id -> audit
                        .record(caller, "reverse", "ledger-transaction", id.toString(),
                                Map.of("reverses", transactionId))
                        .thenReturn(ResponseEntity.status(HttpStatus.CREATED)
                                .body(new Reversed(id, transactionId)))));
    }

    private static ProblemException notFound() {
        return ProblemException.of(CommonProblem.NOT_FOUND, "没有这笔预算下达");
    }

    private static Throwable refused(DataIntegrityViolationException e) {
        String message = String.valueOf(e.getMessage());
        if (message.contains("ledger_reversed_once")) {
            return ProblemException.of(SubsidyProblem.ALREADY_REVERSED);
        }
        return message.contains("ledger_never_over_budget") ? ProblemException.of(SubsidyProblem.FUNDS_SPENT) : e;
    }
}
