package cn.cityapis.platform.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/**
 * Real objects, called for by their owner and by a stranger of the same kind. That the owner gets past the door is
 * asked too: else a stranger's refusal would show nothing.
 */
final class OwnerTrials {

    private final Trial owner;
    private final Trial stranger;
    private final Map<String, String> objects;

    /** @param objects an id for each parameter of a path */
    OwnerTrials(Trial owner, Trial stranger, Map<String, String> objects) {
        this.owner = owner;
        this.stranger = stranger;
        this.objects = objects;
    }

    Stream<DynamicTest> tests() {
        return Stream.of(DynamicTest.dynamicTest("a stranger on another's object", this::refusesTheStranger),
                DynamicTest.dynamicTest("the owner on his own", this::takesTheOwner));
    }

    private ApiCall call() {
        ApiCall call = owner.call();
        owner.operation().in("path").forEach(parameter -> {
            assertThat(objects).as("give a real object, or say why all may see it").containsKey(parameter.name());
            call.parameter(parameter.name(), objects.getOrDefault(parameter.name(), ""));
        });
        owner.operation().jsonBody().ifPresent(body -> call.json(withObjects(body)));
        return call;
    }

    /** A good body, in which fields named like the objects name them. */
    private JsonNode withObjects(ApiOperation.Body described) {
        JsonNode body = described.example() == null ? Samples.of(described.schema()) : described.example().deepCopy();
        BodyField.of(described.schema(), body).stream().filter(field -> objects.containsKey(field.name()))
                .forEach(field -> field.put(body, StringNode.valueOf(objects.get(field.name()))));
        return body;
    }

    private void refusesTheStranger() {
        ApiAnswer answer = stranger.send(call()).refused(stranger.codes(), 403, 404);
        assertThat(answer.code()).matches("forbidden|(.*-)?not-found");
        if (owner.operation().takesVersion()) {
            stranger.send(call().without("If-Match")).refused(stranger.codes(), 403, 404);
        }
    }

    /** Nothing is done to the object: a reading call reads it, a changing one lacks the version it saw. */
    private void takesTheOwner() {
        if (owner.operation().takesVersion()) {
            owner.refused(call().without("If-Match"), 428, "if-match-missing");
        } else if (owner.operation().method() == HttpMethod.GET) {
            assertThat(owner.send(call()).status()).isEqualTo(200);
        } else {
            assertThat(owner.send(call()).status()).isNotIn(401, 403, 404, 405, 500, 503);
        }
    }
}
