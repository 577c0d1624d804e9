package cn.cityapis.subsidy.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.cityapis.subsidy.catalogue.ShippedSchemes;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FactsTest {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 21);

    /** Where a fact lies depends on all the others that its reader knows. */
    @Test
    void aSchemeFindsTheFactsOfWhicheverReaderReadThem() {
        List<CompiledScheme> all = ShippedSchemes.all();
        FactReader ofAll = new FactReader(all.stream().flatMap(one -> one.scheme().facts().stream()).toList());
        RandomCases random = new RandomCases(17);
        for (CompiledScheme scheme : all) {
            for (int i = 0; i < 10; i++) {
                Facts ofOne = random.facts(scheme);
                Outcome expected = new CompiledScheme(scheme.scheme(), ShippedSchemes.CALENDAR).decide(ofOne, DAY);
                assertThat(scheme.decide(ofAll.read(ofOne.values()).facts(), DAY)).isEqualTo(expected);
                assertThat(scheme.decide(ofOne, DAY)).isEqualTo(expected);
                assertThat(scheme.decide(new Facts(ofOne.values()), DAY)).isEqualTo(expected);
            }
        }
    }

    /** Left out silently, it would change what is decided. */
    @Test
    void whatWasStoredAndCannotBeReadIsAnError() {
        FactReader reader = new FactReader(ShippedSchemes.scheme(ShippedSchemes.ALLOWANCE).facts());
        assertThat(reader.read(Map.of("educationLevel", "doctor")).stored().get("educationLevel")).isEqualTo("doctor");
        assertThatThrownBy(() -> reader.read(Map.of("educationLevel", "sage", "forgotten", 1)).stored())
                .isInstanceOf(IllegalStateException.class).hasMessageContainingAll("educationLevel", "forgotten");
    }

    @Test
    void valuesComeInTheOrderOfTheirNamesAndLaterFactsReplaceEarlierOnes() {
        Facts facts = new Facts(Map.of("beta", 2L, "alpha", 1L)).with(new Facts(Map.of("gamma", 3L, "beta", 20L)));
        assertThat(facts.values()).hasToString("{alpha=1, beta=20, gamma=3}");
        assertThat(facts.get("beta")).isEqualTo(20L);
        assertThat(facts.get("delta")).isNull();
        assertThat(facts).isEqualTo(new Facts(Map.of("gamma", 3L, "beta", 20L, "alpha", 1L)))
                .isNotEqualTo(new Facts(Map.of("alpha", 1L)));
    }
}
