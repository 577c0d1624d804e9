package cn.cityapis.platform.test.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A break must be accepted with a day and a reason, and an acceptance must be of something. */
class ReleasedTest {

    private static final JsonNode OLD = JsonMapper.shared().readTree("""
            {"paths": {"/a": {"get": {"operationId": "a", "summary": "words"}}},
             "components": {"schemas": {"S": {"properties": {"description": {"type": "string", "description": "x"}}}}}}
            """);
    private static final JsonNode NEW = JsonMapper.shared().readTree("""
            {"paths": {}, "components": {"schemas": {}}}
            """);

    @TempDir
    Path folder;

    @BeforeEach
    void release() throws IOException {
        accept("[]");
        new Released(folder, "thing").replaceBy(OLD);
    }

    private void accept(String entries) throws IOException {
        Files.writeString(folder.resolve("accepted.json"), entries);
    }

    @Test
    void whatIsReleasedIsKeptWithoutItsWords() {
        assertThat(folder.resolve("released/thing.json")).content().contains("operationId", "\"description\" : {")
                .doesNotContain("words", "\"x\"");
        assertThat(new Released(folder, "thing").flaws(OLD)).isEmpty();
    }

    @Test
    void aBreakIsNamedUntilItIsAccepted() throws IOException {
        assertThat(new Released(folder, "thing").flaws(NEW)).containsExactly("GET /a: is gone");
        accept("""
                [{"date": "2026-11-22", "service": "thing", "change": "GET /a: is gone", "reason": "nobody called it in a year"},
                 {"date": "2026-11-22", "service": "other", "change": "GET /b: is gone", "reason": "belongs to another one"}]
                """);
        assertThat(new Released(folder, "thing").flaws(NEW)).isEmpty();
    }

    @Test
    void anAcceptanceNeedsADayAndAReasonAndSomethingBroken() throws IOException {
        accept("""
                [{"date": "soon", "service": "thing", "change": "GET /a: is gone", "reason": "because"},
                 {"date": "2026-11-22", "service": "thing", "change": "GET /c: is gone", "reason": "it never was there"}]
                """);
        assertThat(new Released(folder, "thing").flaws(NEW)).containsExactly(
                "accepted without a date: GET /a: is gone", "accepted without a reason: GET /a: is gone",
                "accepted, but nothing of the kind was broken: GET /c: is gone");
    }
}
