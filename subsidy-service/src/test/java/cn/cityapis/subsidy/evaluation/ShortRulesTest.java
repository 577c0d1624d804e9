package cn.cityapis.subsidy.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.subsidy.catalogue.ShippedSchemes;
import cn.cityapis.subsidy.expression.TriState;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ShortRulesTest {

    private final RandomCases cases = new RandomCases(7);

    @Test
    void theShortAnswerIsTheLongOneWithoutItsTrace() {
        Map<TriState, Integer> seen = new EnumMap<>(TriState.class);
        for (CompiledScheme scheme : ShippedSchemes.all()) {
            for (int i = 0; i < 400; i++) {
                Facts facts = cases.facts(scheme);
                LocalDate asOf = cases.day();
                Outcome outcome = scheme.decide(facts, asOf);
                Verdict verdict = scheme.verdict(facts, asOf);
                assertThat(verdict.result()).as("%s %s %s", scheme.scheme().id(), asOf, facts)
                        .isEqualTo(outcome.result());
                assertThat(verdict.names()).as("%s %s %s", scheme.scheme().id(), asOf, facts)
                        .containsExactlyInAnyOrderElementsOf(names(outcome));
                assertThat(verdict.fen()).isEqualTo(fen(outcome));
                assertThat(verdict.isCeiling()).isEqualTo(outcome.ceiling() != null);
                seen.merge(outcome.result(), 1, Integer::sum);
            }
        }
        assertThat(seen).allSatisfy((result, times) -> assertThat(times).isGreaterThan(1_000));
    }

    private static List<String> names(Outcome outcome) {
        return outcome.result() == TriState.NO
                ? outcome.failed().stream().map(ConditionResult::id).toList()
                : outcome.missing();
    }

    private static long fen(Outcome outcome) {
        @Nullable
        Ceiling ceiling = outcome.ceiling();
        if (ceiling != null) {
            return ceiling.atMostFen() == null ? 0 : ceiling.atMostFen();
        }
        return outcome.grant() == null ? 0 : outcome.grant().totalFen();
    }
}
