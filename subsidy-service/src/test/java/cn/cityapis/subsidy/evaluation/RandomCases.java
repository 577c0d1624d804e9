package cn.cityapis.subsidy.evaluation;

import cn.cityapis.subsidy.scheme.Fact;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/** Cases near a scheme's examples; the same seed gives the same. */
public final class RandomCases {

    private final Random random;

    public RandomCases(long seed) {
        random = new Random(seed);
    }

    /** The middle of a month of eleven years. */
    public LocalDate day() {
        return LocalDate.of(2018 + random.nextInt(11), 1 + random.nextInt(12), 15);
    }

    /** Half of an example's facts as they are, the others missing or changed. */
    public Facts facts(CompiledScheme scheme) {
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
}
