package cn.cityapis.subsidy.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.subsidy.catalogue.ShippedSchemes;
import cn.cityapis.subsidy.expression.TriState;
import cn.cityapis.subsidy.scheme.Fact;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ShortRulesTest {

    private final Random random = new Random(7);

    /** Half of an example's facts as they are, the others missing or changed. */
    private Facts facts(CompiledScheme scheme) {
        Map<String, Object> facts = new HashMap<>();
        var examples = scheme.scheme().examples();
        Map<String, Object> example = examples.get(random.nextInt(examples.size())).facts();
        for (Fact fact : scheme.scheme().facts()) {
            Object value = random.nextInt(6) > 0 ? example.get(fact.id()) : random(fact);
            if (value != null && random.nextInt(12) > 0) {
                facts.put(fact.id(), value);
            }
        }
        return new FactReader(scheme.scheme().facts()).read(facts).facts();
    }

    private Object random(Fact fact) {
        return switch (fact.type()) {
            case BOOLEAN -> random.nextBoolean();
            case CHOICE -> new ArrayList<>(fact.codes().keySet()).get(random.nextInt(fact.codes().size()));
            case DATE -> LocalDate.of(2015 + random.nextInt(14), 1 + random.nextInt(12), 1 + random.nextInt(28));
            case INTEGER -> (long) random.nextInt(2040);
            case MONEY -> (long) random.nextInt(1_000_000_000);
        };
    }

    @Test
    void theShortAnswerIsTheLongOneWithoutItsTrace() {
        Map<TriState, Integer> seen = new EnumMap<>(TriState.class);
        for (CompiledScheme scheme : ShippedSchemes.all()) {
            for (int i = 0; i < 400; i++) {
                Facts facts = facts(scheme);
                LocalDate asOf = LocalDate.of(2018 + random.nextInt(11), 1 + random.nextInt(12), 15);
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
