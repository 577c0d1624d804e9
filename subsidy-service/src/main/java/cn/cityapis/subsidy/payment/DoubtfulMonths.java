package cn.cityapis.subsidy.payment;

import cn.cityapis.subsidy.application.Application;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.YearMonth;
import java.util.Comparator;
import java.util.List;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Months that were paid, or are with the bank, and would not be on what is known of them now. */
@Component
class DoubtfulMonths {

    private final Payments payments;
    private final Retriable retriable;

    DoubtfulMonths(Payments payments, Retriable retriable) {
        this.payments = payments;
        this.retriable = retriable;
    }

    @Schema(name = "DoubtfulMonth", description = "按现有事实不应发放的一期")
    record Month(@Schema(description = "月份", example = "2026-12") String month,
            @Schema(description = "金额（分）", example = "500000") long amountFen,
            @Schema(description = "是否已到账；否则已送银行，尚未回盘") boolean paid,
            @Schema(description = "不符合的条件") List<Payment.Reason> reasons) {
    }

    Mono<List<Month>> of(Application application) {
        return Flux.concat(
                payments.of(application.id()).flatMapIterable(all -> all)
                        .filter(payment -> payment.outcome() == Payment.Outcome.PAID)
                        .map(payment -> new Month(payment.month(), payment.amountFen(), true, List.of())),
                payments.openOf(application.id()).flatMapIterable(all -> all)
                        .filter(open -> open.state().equals("pending"))
                        .map(open -> new Month(open.month(), open.amountFen(), false, List.of())))
                .collectList()
                .flatMapMany(Flux::fromIterable)
                .concatMap(month -> retriable.against(application, YearMonth.parse(month.month()))
                        .filter(against -> !against.isEmpty())
                        .map(against -> new Month(month.month(), month.amountFen(), month.paid(), against)))
                .sort(Comparator.comparing(Month::month))
                .collectList();
    }
}
