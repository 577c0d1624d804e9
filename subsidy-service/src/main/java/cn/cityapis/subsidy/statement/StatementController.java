package cn.cityapis.subsidy.statement;

import cn.cityapis.platform.security.Access;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.subsidy.application.ApplicationAccess;
import cn.cityapis.subsidy.application.ApplicationReader;
import cn.cityapis.subsidy.clawback.Clawback;
import cn.cityapis.subsidy.clawback.Clawbacks;
import cn.cityapis.subsidy.payment.Payment;
import cn.cityapis.subsidy.payment.Payments;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** What was paid to a case and what is still to come. */
@RestController
@RequestMapping("/api/subsidy/v1/applications/{id}/statement")
@Tag(name = "发放")
class StatementController {

    private final ApplicationReader applications;
    private final ApplicationAccess access;
    private final Payments payments;
    private final Clawbacks clawbacks;

    StatementController(ApplicationReader applications, ApplicationAccess access, Payments payments,
            Clawbacks clawbacks) {
        this.applications = applications;
        this.access = access;
        this.payments = payments;
        this.clawbacks = clawbacks;
    }

    /** @param nextPaymentOn null if nothing is to come */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(description = "对账单")
    record Statement(@Schema(description = "申请编号") UUID applicationId,
            @Schema(description = "申请状态", example = "paying") String state,
            @Schema(description = "批准总额（分）", example = "18000000") long grantedFen,
            @Schema(description = "已发放（分）", example = "500000") long paidFen,
            @Schema(description = "已停发（分）", example = "0") long withheldFen,
            @Schema(description = "尚待发放（分）", example = "17500000") long toComeFen,
            @Schema(description = "下一次发放日", example = "2026-12-01") @Nullable LocalDate nextPaymentOn,
            @Schema(description = "各期") List<Payment> payments,
            @Schema(description = "已送银行或银行退回待处理的各期") List<Payments.Open> atBank,
            @Schema(description = "应归还（分）", example = "0") long claimedFen,
            @Schema(description = "已归还（分）", example = "0") long repaidFen,
            @Schema(description = "追回决定") List<Clawback> clawbacks) {
    }

    @GetMapping
    @Access(scope = "subsidy.read")
    @Operation(operationId = "getStatement", summary = "读取对账单", description = "已发放、停发和尚待发放的各期。一个月的补贴在次月 1 日发放。申请人本人、办理部门，以及市级和所在区市的财务人员可以查看。")
    Mono<Statement> statement(@Parameter(description = "申请编号") @PathVariable UUID id, Caller caller) {
        return applications.get(id).map(found -> access.readableMoney(found, caller))
                .flatMap(found -> Mono.zip(payments.of(id), payments.openOf(id), clawbacks.of(id))
                        .map(all -> StatementRules.statement(found, all.getT1(), all.getT2(), all.getT3())));
    }

}
