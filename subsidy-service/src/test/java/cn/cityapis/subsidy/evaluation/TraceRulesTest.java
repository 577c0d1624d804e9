package cn.cityapis.subsidy.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.subsidy.catalogue.ShippedSchemes;
import cn.cityapis.subsidy.scheme.Example;
import cn.cityapis.subsidy.scheme.Scheme;
import cn.cityapis.subsidy.scheme.SchemeReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A figure or option that decides anything shows in the trace: whoever changes it changes only what names it. */
class TraceRulesTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static List<SchemeReader.Document> documents() {
        return ShippedSchemes.FILES.stream().flatMap(file -> new SchemeReader().readAll(ShippedSchemes.text(file))
                .stream()).toList();
    }

    /** The scheme with one figure changed in all its values. */
    private static CompiledScheme changed(String document, String figure, boolean upwards) {
        JsonNode tree = JSON.readTree(document);
        for (String list : List.of("figures", "options")) {
            for (JsonNode one : tree.path(list)) {
                if (one.path("id").asString().equals(figure)) {
                    one.path("values").forEach(value -> change((ObjectNode) value,
                            one.path("unit").asString().equals("yes-no"), upwards));
                }
            }
        }
        return new CompiledScheme(new SchemeReader().read(JSON.writeValueAsString(tree)), ShippedSchemes.CALENDAR);
    }

    private static void change(ObjectNode value, boolean flag, boolean upwards) {
        long now = value.path("value").asLong();
        value.put("value", flag ? 1 - now : upwards ? now * 3 + 1 : now / 3);
    }

    private static Outcome decide(CompiledScheme scheme, Example example) {
        return scheme.decide(new FactReader(scheme.scheme().facts()).read(example.facts()).facts(), example.asOf());
    }

    /** What a person sees of an outcome, the trace left out. */
    private static List<Object> decided(Outcome outcome) {
        List<Object> decided = new ArrayList<>();
        outcome.conditions().forEach(one -> decided.add(one.id() + one.result()));
        decided.add(outcome.result());
        decided.add(outcome.grant() == null
                ? ""
                : outcome.grant().amountFen() + "x" + outcome.grant().periods()
                        + outcome.grant().uses());
        decided.add(outcome.ceiling() == null ? "" : Objects.toString(outcome.ceiling().atMostFen()));
        return decided;
    }

    private static Set<String> traced(Outcome outcome) {
        Set<String> traced = new HashSet<>();
        Stream.concat(outcome.conditions().flatMap(one -> one.figures().stream()),
                Stream.concat(outcome.grant() == null ? Stream.of() : outcome.grant().figures().stream(),
                        outcome.ceiling() == null ? Stream.of() : outcome.ceiling().figures().stream()))
                .forEach(figure -> traced.add(figure.id()));
        return traced;
    }

    @Test
    void everyFigureThatDecidesIsInTheTrace() {
        int mattered = 0;
        for (SchemeReader.Document one : documents()) {
            CompiledScheme scheme = new CompiledScheme(one.scheme(), ShippedSchemes.CALENDAR);
            for (String figure : one.scheme().figuresAndOptions().map(it -> it.id()).toList()) {
                for (boolean upwards : List.of(true, false)) {
                    CompiledScheme changed = changed(one.document(), figure, upwards);
                    for (Example example : one.scheme().examples()) {
                        Outcome before = decide(scheme, example);
                        if (!decided(before).equals(decided(decide(changed, example)))) {
                            mattered++;
                            assertThat(traced(before)).as("%s, %s", one.scheme().id(), example.name()).contains(figure);
                        }
                    }
                }
            }
        }
        assertThat(mattered).isGreaterThan(150);
    }

    /** Each condition that is shown names its article, and the trace says what was told. */
    @Test
    void everyConditionNamesItsSource() {
        for (SchemeReader.Document one : documents()) {
            Scheme scheme = one.scheme();
            CompiledScheme compiled = new CompiledScheme(scheme, ShippedSchemes.CALENDAR);
            scheme.examples().forEach(example -> decide(compiled, example).conditions().forEach(condition -> {
                assertThat(condition.citation()).as("%s %s", scheme.id(), condition.id()).isNotNull();
                assertThat(condition.whyNot() != null).isEqualTo(condition
                        .result() == cn.cityapis.subsidy.expression.TriState.NO);
            }));
        }
    }
}
