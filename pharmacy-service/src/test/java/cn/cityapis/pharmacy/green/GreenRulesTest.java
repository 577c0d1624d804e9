package cn.cityapis.pharmacy.green;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.pharmacy.green.GreenRules.Decision;
import cn.cityapis.pharmacy.green.GreenRules.State;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GreenRulesTest {

    private static final Map<State, Map<Decision, State>> STEPS = Map.of(State.FILED,
            Map.of(Decision.ACCEPT, State.ACCEPTED, Decision.RETURN, State.RETURNED, Decision.REFUSE, State.REFUSED),
            State.ACCEPTED, Map.of(Decision.APPROVE, State.REVIEWED, Decision.REFUSE, State.REFUSED), State.REVIEWED,
            Map.of(Decision.LIST, State.LISTED, Decision.REFUSE, State.REFUSED));

    @Test
    void everyDecisionInEveryStateLeadsWhereItShouldOrNowhere() {
        for (State state : State.values()) {
            for (Decision decision : Decision.values()) {
                assertThat(GreenRules.next(state, decision).orElse(null)).as("%s %s", state, decision)
                        .isEqualTo(STEPS.getOrDefault(state, Map.of()).get(decision));
            }
        }
    }

    @Test
    void theTermOfTheDayOnWhichAStepBeginsHolds() {
        var terms = List.of(new GreenRules.Term(State.FILED, LocalDate.of(2020, 1, 1), 5),
                new GreenRules.Term(State.FILED, LocalDate.of(2027, 1, 1), 3),
                new GreenRules.Term(State.ACCEPTED, LocalDate.of(2020, 1, 1), 15));
        assertThat(GreenRules.workingDays(terms, State.FILED, LocalDate.of(2026, 12, 31))).isEqualTo(5);
        assertThat(GreenRules.workingDays(terms, State.FILED, LocalDate.of(2027, 1, 1))).isEqualTo(3);
    }
}
