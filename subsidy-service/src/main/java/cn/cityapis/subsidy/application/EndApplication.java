package cn.cityapis.subsidy.application;

import cn.cityapis.platform.events.Outbox;
import cn.cityapis.platform.security.Caller;
import cn.cityapis.subsidy.ledger.Booking;
import cn.cityapis.subsidy.ledger.Ledger;
import cn.cityapis.subsidy.money.Fen;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Ends a case before its last month: what is still set aside for it goes back to the budgets. In the caller's transaction. */
@Component
public class EndApplication {

    private final Applications applications;
    private final Ledger ledger;
    private final FundApplications funding;
    private final Outbox outbox;

    EndApplication(Applications applications, Ledger ledger, FundApplications funding, Outbox outbox) {
        this.applications = applications;
        this.ledger = ledger;
        this.funding = funding;
        this.outbox = outbox;
    }

    /** @throws cn.cityapis.platform.problem.ProblemException 409 in a state in which nothing can have been paid */
    public void requireClaimable(Application application) {
        if (!isClawedBack(application)
                && ApplicationRules.after(application.state(), new ApplicationStep.ClawBack()).isEmpty()) {
            throw SubmitApplication.wrongState(application);
        }
    }

    /** What was with the bank when all was claimed back may have been paid since, and is claimed too. */
    private static boolean isClawedBack(Application application) {
        return application.state() == ApplicationState.CLAWED_BACK;
    }

    /** All that was paid is claimed back; orders that are with the bank are answered by its reply. */
    public Mono<Void> clawedBack(Application application, Caller by) {
        return isClawedBack(application) ? touch(application) : end(application, new ApplicationStep.ClawBack(), by);
    }

    /** The person has no claim to further months. */
    Mono<Void> ended(Application application, Caller by) {
        return end(application, new ApplicationStep.End(), by);
    }

    /** The version of a case moves with each decision on it. */
    public Mono<Void> touch(Application application) {
        return applications.touch(application);
    }

    private Mono<Void> end(Application application, ApplicationStep step, Caller by) {
        ApplicationState next = ApplicationRules.after(application.state(), step)
                .orElseThrow(() -> SubmitApplication.wrongState(application));
        return ledger.lock(application.scheme())
                .then(Mono.defer(() -> applications.unordered(application)))
                .flatMap(months -> release(application, months, by))
                .then(Mono.defer(() -> applications.end(application, next)))
                .then(Mono.defer(() -> outbox.publish("subsidy.application.ended", "applications/" + application.id(),
                        Map.of("applicationId", application.id(), "state", next.code()))))
                .then(Mono.defer(() -> funding.fund(application.scheme(), by.subject())));
    }

    /** Of each budget the part of the months that no run has taken in hand; what failed at the bank or is held stays set aside. */
    private Mono<Void> release(Application application, Applications.Unordered left, Caller by) {
        if (left.months() == 0) {
            return Mono.empty();
        }
        return ledger.committedTo(application.id())
                .flatMap(held -> ledger.book(Booking.release(held.entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey,
                                entry -> new Fen(Math.subtractExact(entry.getValue().value(),
                                        left.failed().getOrDefault(entry.getKey(), Fen.ZERO).value()))))),
                        application.id(), "提前结束，释放未发放的各期", by.subject()))
                .then();
    }
}
