package cn.cityapis.subsidy.payment;

import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.problem.Violation;
import cn.cityapis.subsidy.SubsidyProblem;
import cn.cityapis.subsidy.application.Application;
import cn.cityapis.subsidy.application.ApplicationReader;
import cn.cityapis.subsidy.application.ApplicationState;
import cn.cityapis.subsidy.catalogue.SchemeCatalogue;
import java.time.YearMonth;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Whether a month that came back from the bank is still to be paid. In the caller's transaction. */
@Component
class Retriable {

    /** What was ordered before an end is still due. */
    private static final Set<ApplicationState> DUE = EnumSet.of(ApplicationState.PAYING, ApplicationState.ENDED);

    private final ApplicationReader applications;
    private final SchemeCatalogue catalogue;
    private final Payments payments;

    Retriable(ApplicationReader applications, SchemeCatalogue catalogue, Payments payments) {
        this.applications = applications;
        this.catalogue = catalogue;
        this.payments = payments;
    }

    /** The case before its payment: whoever changes its state waits, or is waited for. */
    Mono<Application> lock(PaymentItem failed) {
        return applications.lock(failed.application());
    }

    /** @throws ProblemException 409 while it is suspended or after all was claimed back; 422 if the month's conditions do not hold */
    Mono<Application> require(PaymentItem failed) {
        return lock(failed).flatMap(application -> require(application, failed.month()).thenReturn(application));
    }

    /** The same of a month of a case that the caller holds. */
    Mono<Void> require(Application application, YearMonth month) {
        if (!DUE.contains(application.state())) {
            throw ProblemException.of(SubsidyProblem.WRONG_STATE,
                    "申请目前为“" + application.state().label() + "”，" + month + " 不能再送银行").with("state",
                            application.state().code());
        }
        return against(application, month)
                .flatMap(against -> against.isEmpty() ? Mono.<Void>empty() : Mono.error(notDue(month, against)));
    }

    /** Why a month is not due on what is known of it now; empty if it is. */
    Mono<List<Payment.Reason>> against(Application application, YearMonth month) {
        return payments.factsOn(application.id(), month.atEndOfMonth())
                .map(facts -> PaymentRules.recheck(
                        catalogue.find(application.scheme(), application.schemeVersion()).orElseThrow(), facts, month,
                        Objects.requireNonNull(application.terms()).caseDate()));
    }

    private static ProblemException notDue(YearMonth month, List<Payment.Reason> against) {
        return ProblemException.of(SubsidyProblem.NOT_ENTITLED, month + " 已不满足发放条件，不能再送银行",
                against.stream().map(reason -> new Violation("/conditions/" + reason.condition(), "not-met",
                        reason.text() + (reason.citation().isEmpty() ? "" : "（" + reason.citation() + "）"))).toList());
    }
}
