package cn.cityapis.subsidy.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ApplicationRulesTest {

    private static final List<ApplicationStep> STEPS = List.of(new ApplicationStep.Submit(),
            new ApplicationStep.PassFirst(),
            new ApplicationStep.PassSecond(0), new ApplicationStep.PassSecond(5), new ApplicationStep.Reject(),
            new ApplicationStep.EndNotice(), new ApplicationStep.Fund());

    /** Every state with every step: what is not listed is refused. */
    @Test
    void whichStepLeadsWhere() {
        Map<ApplicationState, Map<Integer, ApplicationState>> allowed = Map.of(ApplicationState.DRAFT,
                Map.of(0, ApplicationState.FIRST_REVIEW), ApplicationState.FIRST_REVIEW,
                Map.of(1, ApplicationState.SECOND_REVIEW, 4, ApplicationState.REJECTED), ApplicationState.SECOND_REVIEW,
                Map.of(2, ApplicationState.AWAITING_FUNDS, 3, ApplicationState.PUBLIC_NOTICE, 4,
                        ApplicationState.REJECTED),
                ApplicationState.PUBLIC_NOTICE, Map.of(5, ApplicationState.AWAITING_FUNDS),
                ApplicationState.AWAITING_FUNDS, Map.of(6, ApplicationState.PAYING));
        for (ApplicationState state : ApplicationState.values()) {
            for (int i = 0; i < STEPS.size(); i++) {
                assertThat(ApplicationRules.after(state, STEPS.get(i)).orElse(null)).as("%s %s", state, STEPS.get(i))
                        .isEqualTo(allowed.getOrDefault(state, Map.of()).get(i));
            }
        }
    }
}
