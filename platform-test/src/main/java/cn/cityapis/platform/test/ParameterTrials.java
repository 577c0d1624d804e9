package cn.cityapis.platform.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.DynamicTest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Nonsense in the path, the query and the headers. */
final class ParameterTrials {

    private static final String CURSOR = "cursor";

    private final Trial trial;
    private final ApiOperation operation;

    ParameterTrials(Trial trial) {
        this.trial = trial;
        this.operation = trial.operation();
    }

    Stream<DynamicTest> tests() {
        return Stream.of(DynamicTest.dynamicTest("parameters: nonsense", this::nonsense),
                DynamicTest.dynamicTest("parameters: missing", this::missing),
                DynamicTest.dynamicTest("parameters: every text has a bound", this::bounded));
    }

    private Stream<ApiOperation.Parameter> pathAndQuery() {
        return Stream.concat(operation.in("path").stream(), operation.in("query").stream());
    }

    private void nonsense() {
        SoftAssertions.assertSoftly(all -> pathAndQuery().forEach(parameter -> wrong(parameter.schema())
                .forEach(value -> all.check(() -> refused(parameter.name(), value)))));
        if (operation.takesKey()) {
            for (String key : List.of("x".repeat(129), "a b", "é")) {
                trial.invalid(trial.call().header("Idempotency-Key", key), Set.of("Idempotency-Key"));
            }
        }
    }

    private void refused(String name, String value) {
        ApiCall call = trial.call().parameter(name, value);
        if (name.equals(CURSOR)) {
            trial.refused(call, 400, "invalid-cursor");
        } else {
            trial.invalid(call, Set.of("?" + name));
        }
    }

    private static List<String> wrong(JsonNode schema) {
        List<String> values = new ArrayList<>();
        switch (schema.path("type").asString("")) {
            case "integer" -> values.addAll(List.of("x", "1.5", "99999999999999999999"));
            case "number" -> values.addAll(List.of("x", "NaN", "1e999"));
            case "boolean" -> values.add("maybe");
            default -> values.addAll(wrongText(schema));
        }
        if (schema.has("maximum")) {
            values.add(schema.get("maximum").decimalValue().add(BigDecimal.ONE).toPlainString());
        }
        if (schema.has("minimum")) {
            values.add(schema.get("minimum").decimalValue().subtract(BigDecimal.ONE).toPlainString());
        }
        return values;
    }

    private static List<String> wrongText(JsonNode schema) {
        if (schema.has("maxLength")) {
            return List.of("长".repeat(schema.get("maxLength").asInt() + 1));
        }
        if (schema.path("format").asString("").equals("date")) {
            return List.of("x", "2026-02-30", "长".repeat(500), "+999999999-12-31", "-999999999-01-01", "11/2/26");
        }
        return schema.has("enum") || schema.has("format") ? List.of("x", "2026-02-30", "长".repeat(500)) : List.of();
    }

    private void missing() {
        operation.in("query").stream().filter(ApiOperation.Parameter::required)
                .map(ApiOperation.Parameter::name)
                .forEach(name -> trial.invalid(trial.call().without(name), Set.of("?" + name)));
        if (operation.takesKey()) {
            trial.refused(trial.call().without("Idempotency-Key"), 400, "idempotency-key-missing");
        }
    }

    /** Texts in the path are bounded by the length of the request line. */
    private void bounded() {
        assertThat(operation.in("query").stream()
                .filter(parameter -> new BodyField("", parameter.schema(), MissingNode.getInstance()).isUnbounded())
                .map(ApiOperation.Parameter::name)).as("texts without a bound in the document").isEmpty();
    }
}
