package cn.cityapis.subsidy.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.subsidy.catalogue.ShippedSchemes;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConditionRulesTest {

    private static final int CASES = 40;

    /** Its own scheme for each case holds nothing of the cases before. */
    @Test
    void whatIsHeldFromEarlierCasesIsWhatEachCaseWouldGetByItself() {
        RandomCases random = new RandomCases(11);
        int shared = 0;
        for (CompiledScheme used : ShippedSchemes.all()) {
            // two days in turn: terms are held for a day
            List<LocalDate> days = List.of(random.day(), random.day());
            for (int i = 0; i < CASES; i++) {
                Facts facts = random.facts(used);
                LocalDate day = days.get(i % 8 / 4);
                Outcome outcome = used.decide(facts, day);
                assertThat(outcome).as("%s %s %s", used.scheme().id(), day, facts)
                        .isEqualTo(new CompiledScheme(used.scheme(), ShippedSchemes.CALENDAR).decide(facts, day));
                shared += (int) outcome.conditions().filter(ConditionResult::isLasting).count();
            }
        }
        assertThat(shared).as("results of decision tables").isGreaterThan(1_000);
    }
}
