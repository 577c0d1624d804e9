package cn.cityapis.platform.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.ReflectionSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The same key twice: on the operation's own example, or in a test of the service that is named and exists. */
final class RepeatTrials {

    private final Trial trial;
    private final @Nullable String elsewhere;

    /** @param elsewhere full name of a test, {@code package.Class.method}; null: the example is sent */
    RepeatTrials(Trial trial, @Nullable String elsewhere) {
        this.trial = trial;
        this.elsewhere = elsewhere;
    }

    Stream<DynamicTest> tests() {
        if (!trial.operation().takesKey()) {
            return Stream.of();
        }
        return Stream.of(elsewhere == null
                ? DynamicTest.dynamicTest("the same key again", this::replays)
                : DynamicTest.dynamicTest("the same key again: " + elsewhere, () -> isTested(elsewhere)));
    }

    private void replays() {
        Optional<JsonNode> example = trial.operation().jsonBody().map(ApiOperation.Body::example);
        assertThat(example).as("give an example of the operation, or name the test of a repeated key").isPresent();
        String key = java.util.UUID.randomUUID().toString();
        ApiAnswer first = trial.send(trial.call().header("Idempotency-Key", key));
        assertThat(first.status()).as("the example is taken: %s", first).isBetween(200, 299);
        ApiAnswer again = trial.send(trial.call().header("Idempotency-Key", key));
        assertThat(again.headers().getFirst("Idempotency-Replayed")).as("replay: %s", again).isEqualTo("true");
        assertThat(again.status()).isEqualTo(first.status());
        assertThat(again.text()).isEqualTo(first.text());
        trial.refused(trial.call().header("Idempotency-Key", key).json(other(example.get())), 422,
                "idempotency-key-reused");
    }

    /** The example without a field that need not be there; else with another number or text. */
    private JsonNode other(JsonNode example) {
        JsonNode schema = trial.operation().jsonBody().orElseThrow().schema();
        List<String> required = schema.path("required").valueStream().map(JsonNode::asString).toList();
        Optional<String> needless = example.propertyNames().stream().filter(name -> !required.contains(name))
                .findFirst();
        if (needless.isPresent()) {
            ObjectNode copy = (ObjectNode) example.deepCopy();
            copy.remove(needless.get());
            return copy;
        }
        return BodyField.of(schema, example).stream()
                .filter(field -> field.sample().isInt() || field.sample().isString() && field.isPlainText())
                .min(Comparator.comparing(field -> field.sample().isString()))
                .map(field -> field.in(example, field.another()))
                .orElseThrow(() -> new AssertionError("no field of the example can be altered: " + example));
    }

    private static void isTested(String name) {
        String type = name.substring(0, name.lastIndexOf('.'));
        String method = name.substring(name.lastIndexOf('.') + 1);
        Class<?> test = ReflectionSupport.tryToLoadClass(type).toOptional()
                .orElseThrow(() -> new AssertionError("no test class " + type));
        assertThat(Arrays.stream(test.getDeclaredMethods())
                .filter(each -> AnnotationSupport.isAnnotated(each, Testable.class))
                .map(java.lang.reflect.Method::getName)).as("tests of " + type).contains(method);
    }
}
