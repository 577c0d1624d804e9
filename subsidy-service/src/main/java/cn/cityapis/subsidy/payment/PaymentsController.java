package cn.cityapis.subsidy.payment;

import cn.cityapis.platform.security.Access;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.subsidy.application.Application;
import cn.cityapis.subsidy.application.ApplicationAccess;
import cn.cityapis.subsidy.application.ApplicationReader;
import cn.cityapis.subsidy.money.Fen;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.LocalDate;
import java.time.YearMonth;
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
@Tag(name = "发放", description = "按月发放与对账单")
class PaymentsController {

    private final ApplicationReader applications;
    private final ApplicationAccess access;
    private final Payments payments;

    PaymentsController(ApplicationReader applications, ApplicationAccess access, Payments payments) {
        this.applications = applications;
        this.access = access;
        this.payments = payments;
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
            @Schema(description = "各期") List<Payment> payments) {
    }

    @GetMapping
    @Access(scope = "subsidy.read")
    @Operation(operationId = "getStatement", summary = "读取对账单", description = "已发放、停发和尚待发放的各期。一个月的补贴在次月 1 日发放。")
    Mono<Statement> statement(@Parameter(description = "申请编号") @PathVariable UUID id, Caller caller) {
        return applications.get(id).map(found -> access.readable(found, caller))
                .flatMap(found -> payments.of(id).map(settled -> statement(found, settled)));
    }

    private static Statement statement(Application application, List<Payment> settled) {
        Application.Terms terms = application.terms();
        boolean granted = terms != null && switch (application.state()) {
            case PAYING, ENDED, AWAITING_FUNDS, PUBLIC_NOTICE -> true;
            case DRAFT, FIRST_REVIEW, SECOND_REVIEW, REJECTED -> false;
        };
        if (terms == null || !granted) {
            return new Statement(application.id(), application.state().code(), 0, 0, 0, 0, null, settled);
        }
        Fen all = new Fen(terms.monthlyFen()).times(terms.months());
        Fen paid = sum(settled, Payment.Outcome.PAID);
        Fen withheld = sum(settled, Payment.Outcome.WITHHELD);
        YearMonth next = terms.first().plusMonths(settled.size());
        LocalDate nextOn = next.isAfter(terms.last()) ? null : next.plusMonths(1).atDay(1);
        return new Statement(application.id(), application.state().code(), all.value(), paid.value(), withheld.value(),
                all.minus(paid).minus(withheld).value(), nextOn, settled);
    }

    private static Fen sum(List<Payment> settled, Payment.Outcome outcome) {
        return settled.stream().filter(payment -> payment.outcome() == outcome)
                .map(payment -> new Fen(payment.amountFen())).reduce(Fen.ZERO, Fen::plus);
    }
}
