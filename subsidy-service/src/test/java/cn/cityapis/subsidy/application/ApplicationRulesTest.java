package cn.cityapis.subsidy.application;

import static cn.cityapis.subsidy.application.ApplicationState.APPEALED;
import static cn.cityapis.subsidy.application.ApplicationState.AWAITING_FUNDS;
import static cn.cityapis.subsidy.application.ApplicationState.CLAWED_BACK;
import static cn.cityapis.subsidy.application.ApplicationState.DRAFT;
import static cn.cityapis.subsidy.application.ApplicationState.ENDED;
import static cn.cityapis.subsidy.application.ApplicationState.FIRST_REVIEW;
import static cn.cityapis.subsidy.application.ApplicationState.PAYING;
import static cn.cityapis.subsidy.application.ApplicationState.PUBLIC_NOTICE;
import static cn.cityapis.subsidy.application.ApplicationState.REJECTED;
import static cn.cityapis.subsidy.application.ApplicationState.SECOND_REVIEW;
import static cn.cityapis.subsidy.application.ApplicationState.SUPPLEMENT;
import static cn.cityapis.subsidy.application.ApplicationState.SUSPENDED;
import static cn.cityapis.subsidy.application.ApplicationState.WITHDRAWN;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Every step in every state: what leads where, and that all else is refused. */
class ApplicationRulesTest {

    private static final Map<ApplicationStep, Map<ApplicationState, ApplicationState>> ALLOWED = new LinkedHashMap<>();

    static {
        ALLOWED.put(new ApplicationStep.Submit(), Map.of(DRAFT, FIRST_REVIEW));
        ALLOWED.put(new ApplicationStep.PassFirst(), Map.of(FIRST_REVIEW, SECOND_REVIEW));
        ALLOWED.put(new ApplicationStep.PassSecond(0), Map.of(SECOND_REVIEW, AWAITING_FUNDS));
        ALLOWED.put(new ApplicationStep.PassSecond(5), Map.of(SECOND_REVIEW, PUBLIC_NOTICE));
        ALLOWED.put(new ApplicationStep.Reject(), Map.of(FIRST_REVIEW, REJECTED, SECOND_REVIEW, REJECTED));
        ALLOWED.put(new ApplicationStep.AskSupplement(), Map.of(FIRST_REVIEW, SUPPLEMENT, SECOND_REVIEW, SUPPLEMENT));
        ALLOWED.put(new ApplicationStep.Supplement(Review.Level.FIRST), Map.of(SUPPLEMENT, FIRST_REVIEW));
        ALLOWED.put(new ApplicationStep.Supplement(Review.Level.SECOND), Map.of(SUPPLEMENT, SECOND_REVIEW));
        ALLOWED.put(new ApplicationStep.LapseSupplement(), Map.of(SUPPLEMENT, WITHDRAWN));
        ALLOWED.put(new ApplicationStep.Withdraw(), Map.of(FIRST_REVIEW, WITHDRAWN, SUPPLEMENT, WITHDRAWN,
                SECOND_REVIEW, WITHDRAWN, PUBLIC_NOTICE, WITHDRAWN, AWAITING_FUNDS, WITHDRAWN));
        ALLOWED.put(new ApplicationStep.UpholdObjection(), Map.of(PUBLIC_NOTICE, REJECTED));
        ALLOWED.put(new ApplicationStep.EndNotice(), Map.of(PUBLIC_NOTICE, AWAITING_FUNDS));
        ALLOWED.put(new ApplicationStep.Appeal(), Map.of(REJECTED, APPEALED));
        ALLOWED.put(new ApplicationStep.DismissAppeal(), Map.of(APPEALED, REJECTED));
        ALLOWED.put(new ApplicationStep.AllowAppeal(Review.Level.FIRST, 5), Map.of(APPEALED, SECOND_REVIEW));
        ALLOWED.put(new ApplicationStep.AllowAppeal(Review.Level.SECOND, 5), Map.of(APPEALED, PUBLIC_NOTICE));
        ALLOWED.put(new ApplicationStep.AllowAppeal(Review.Level.SECOND, 0), Map.of(APPEALED, AWAITING_FUNDS));
        ALLOWED.put(new ApplicationStep.AllowAppeal(null, 0), Map.of(APPEALED, PUBLIC_NOTICE));
        ALLOWED.put(new ApplicationStep.Fund(), Map.of(AWAITING_FUNDS, PAYING));
        ALLOWED.put(new ApplicationStep.Suspend(), Map.of(PAYING, SUSPENDED));
        ALLOWED.put(new ApplicationStep.Resume(), Map.of(SUSPENDED, PAYING));
        ALLOWED.put(new ApplicationStep.End(), Map.of(PAYING, ENDED, SUSPENDED, ENDED));
        ALLOWED.put(new ApplicationStep.ClawBack(),
                Map.of(PAYING, CLAWED_BACK, SUSPENDED, CLAWED_BACK, ENDED, CLAWED_BACK));
    }

    @Test
    void everyStepInEveryState() {
        ALLOWED.forEach((step, allowed) -> {
            for (ApplicationState state : ApplicationState.values()) {
                assertThat(ApplicationRules.after(state, step)).as("%s in %s", step, state)
                        .isEqualTo(Optional.ofNullable(allowed.get(state)));
            }
        });
    }

    @Test
    void everyKindOfStepIsInTheTable() {
        assertThat(ALLOWED.keySet().stream().map(Object::getClass).distinct().toList())
                .hasSize(ApplicationStep.class.getPermittedSubclasses().length);
    }
}
