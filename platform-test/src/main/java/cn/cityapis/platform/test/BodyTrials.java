package cn.cityapis.platform.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.DynamicTest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Request bodies with something wrong in them: each place alone, and all at once. */
final class BodyTrials {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Trial trial;
    private final JsonNode schema;
    private final JsonNode good;
    private final List<BodyField> fields;

    BodyTrials(Trial trial, ApiOperation.Body body) {
        this.trial = trial;
        this.schema = body.schema();
        this.good = Samples.of(schema);
        this.fields = BodyField.of(schema, good);
    }

    Stream<DynamicTest> tests() {
        return Stream.of(DynamicTest.dynamicTest("body: each field of a wrong type", this::wrongTypes),
                DynamicTest.dynamicTest("body: all fields of a wrong type", this::allWrong),
                DynamicTest.dynamicTest("body: missing", this::missing),
                DynamicTest.dynamicTest("body: too large", this::tooLarge),
                DynamicTest.dynamicTest("body: every text and array has a bound", this::bounded),
                DynamicTest.dynamicTest("body: not what it says", this::notJson));
    }

    private void wrongTypes() {
        eachIsNamed(BodyField::wrongTypes);
    }

    private void eachIsNamed(Function<BodyField, List<JsonNode>> wrong) {
        SoftAssertions.assertSoftly(all -> fields.forEach(field -> wrong.apply(field)
                .forEach(value -> all.check(() -> trial.invalid(trial.call().json(field.in(good, value)),
                        Set.of(field.pointer()))))));
    }

    private void allWrong() {
        JsonNode body = good.deepCopy();
        Set<String> pointers = new TreeSet<>();
        fields.stream().filter(BodyField::isLeaf).filter(field -> !field.isFree()).forEach(field -> {
            field.put(body, JSON.createArrayNode());
            pointers.add(field.pointer());
        });
        if (!pointers.isEmpty()) {
            trial.invalid(trial.call().json(body), pointers);
        }
    }

    private void missing() {
        trial.refused(trial.call().withoutBody(), 400, "body-missing");
        trial.refused(trial.call().json("null"), 400, "body-missing");
        SoftAssertions.assertSoftly(all -> {
            requiredAreNamed(all, "", schema, JSON.createObjectNode());
            fields.forEach(field -> requiredAreNamed(all, field.pointer(), field.schema(),
                    field.in(good, JSON.createObjectNode())));
        });
    }

    private void requiredAreNamed(SoftAssertions all, String pointer, JsonNode described, JsonNode body) {
        Set<String> required = new TreeSet<>();
        described.path("required").forEach(name -> required.add(pointer + "/" + name.asString()));
        if (!required.isEmpty()) {
            all.check(() -> trial.invalid(trial.call().json(body), required));
        }
    }

    private void tooLarge() {
        eachIsNamed(BodyField::pastBounds);
        trial.refused(trial.call().json("{\"x\":\"" + "x".repeat(1_200_000) + "\"}"), 413, "body-too-large");
        trial.refused(trial.call().json("[".repeat(100_000)), 400, "malformed-json");
    }

    private void bounded() {
        assertThat(fields.stream().filter(BodyField::isUnbounded).map(BodyField::pointer))
                .as("texts and arrays without a bound in the document").isEmpty();
    }

    private void notJson() {
        trial.refused(trial.call().json("{\"x\": "), 400, "malformed-json");
        trial.refused(trial.call().json(good + "x"), 400, "malformed-json");
        trial.refused(trial.call().header("Content-Type", "application/x-nothing"), 415, "unsupported-media-type");
        for (String other : List.of("[]", "7", "\"x\"")) {
            trial.refused(trial.call().json(other), 400, "validation-failed");
        }
        if (good instanceof ObjectNode object && schema.has("properties")) {
            trial.invalid(trial.call().json(object.deepCopy().put("noSuchField", 1)), Set.of("/noSuchField"));
        }
    }
}
