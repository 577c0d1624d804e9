package cn.cityapis.subsidy.insurance;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.platform.problem.Violation;
import cn.cityapis.subsidy.insurance.FilingRules.State;
import cn.cityapis.subsidy.insurance.FilingRules.Step;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** 威金监发〔2023〕25号 第九条、第十条、第十一条, 第十五条. */
class FilingRulesTest {

    private static final FilingRules.Figures FIGURES = new FilingRules.Figures(LocalDate.of(2027, 8, 9), 7, 5, 10, 50);

    private static List<String> wrong(int year, String opens, String closes, int percent) {
        return FilingRules.round(FIGURES, year, LocalDate.parse(opens), LocalDate.parse(closes), percent).list()
                .stream().map(Violation::pointer).toList();
    }

    @Test
    void article9TheLeadInsurerBearsAtLeastHalf() {
        assertThat(wrong(2026, "2026-09-01", "2026-10-30", 50)).isEmpty();
        assertThat(wrong(2026, "2026-09-01", "2026-10-30", 49)).containsExactly("/leadPercent");
    }

    @Test
    void article10OnceInTheSecondHalfOfTheYear() {
        assertThat(wrong(2026, "2026-07-01", "2026-12-31", 60)).isEmpty();
        assertThat(wrong(2026, "2026-06-30", "2026-10-30", 60)).containsExactly("/opens");
        assertThat(wrong(2026, "2026-09-01", "2027-01-01", 60)).containsExactly("/closes");
        assertThat(wrong(2026, "2026-09-01", "2026-08-31", 60)).containsExactly("/closes");
    }

    @Test
    void article15NotBeyondTheEndOfTheMeasures() {
        assertThat(wrong(2027, "2027-07-01", "2027-08-09", 60)).isEmpty();
        assertThat(wrong(2027, "2027-07-01", "2027-08-10", 40)).containsExactly("/closes", "/leadPercent");
    }

    @Test
    void article11EveryStepInEveryState() {
        Map<Step, Map<State, State>> allowed = Map.of(Step.FILE,
                Map.of(State.DRAFT, State.FILED, State.RETURNED, State.FILED, State.REJECTED, State.FILED),
                Step.RETURN_PAPERS,
                Map.of(State.FILED, State.RETURNED, State.DISTRICT_REVIEW, State.RETURNED, State.CITY_REVIEW,
                        State.RETURNED),
                Step.PAPERS_IN_ORDER, Map.of(State.FILED, State.DISTRICT_REVIEW),
                Step.DISTRICT_PASS, Map.of(State.DISTRICT_REVIEW, State.CITY_REVIEW), Step.CITY_PASS,
                Map.of(State.CITY_REVIEW, State.APPROVED), Step.REJECT,
                Map.of(State.DISTRICT_REVIEW, State.REJECTED, State.CITY_REVIEW, State.REJECTED), Step.TRANSFER,
                Map.of(State.APPROVED, State.TRANSFERRED));
        Map<Step, Map<State, State>> paying = Map.of(Step.PAY, Map.of(State.TRANSFERRED, State.PAYING),
                Step.CONFIRM_PAYMENT, Map.of(State.PAYING, State.PAID), Step.REFUSE_PAYMENT,
                Map.of(State.PAYING, State.TRANSFERRED), Step.COME_BACK, Map.of(State.PAID, State.TRANSFERRED));
        for (Step step : Step.values()) {
            for (State state : State.values()) {
                assertThat(FilingRules.after(state, step)).as("%s in %s", step, state)
                        .isEqualTo(Optional.ofNullable(allowed.getOrDefault(step, paying.getOrDefault(step, Map.of()))
                                .get(state)));
            }
        }
    }

    @Test
    void article11TheOfficesOfALevelDecideTogether() {
        assertThat(FilingRules.together(State.DISTRICT_REVIEW, false, null)).isEmpty();
        assertThat(FilingRules.together(State.DISTRICT_REVIEW, true, null)).isEmpty();
        assertThat(FilingRules.together(State.DISTRICT_REVIEW, true, true)).contains(Step.DISTRICT_PASS);
        assertThat(FilingRules.together(State.CITY_REVIEW, true, true)).contains(Step.CITY_PASS);
        assertThat(FilingRules.together(State.CITY_REVIEW, false, false)).contains(Step.REJECT);
        assertThat(FilingRules.together(State.CITY_REVIEW, false, true)).contains(Step.RETURN_PAPERS);
        assertThat(FilingRules.together(State.CITY_REVIEW, true, false)).contains(Step.RETURN_PAPERS);
    }
}
