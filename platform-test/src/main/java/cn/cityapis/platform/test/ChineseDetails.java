package cn.cityapis.platform.test;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Holds to it that what a person is told of a refusal is Chinese: no code of a state, no name of a column, no English
 * word. What the caller himself sent may be repeated to him. Codes have members of their own.
 */
public final class ChineseDetails {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern HAN = Pattern.compile("\\p{IsHan}");
    /** Of a thing: its letters are hexadecimal digits. */
    private static final Pattern NUMBER = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    /** Refusals that tell a person of a thing; the others tell a program of its token, its headers or its parameters. */
    private static final Set<Integer> OF_THINGS = Set.of(404, 409, 410, 413, 422);
    /** Words that have no Chinese form: of files. */
    private static final Set<String> ALLOWED = Set.of("JPEG", "XLSX", "NDJSON", "JSON", "MiB", "Idempotency");

    private ChineseDetails() {
    }

    /** The words of a text that no citizen should have to read. */
    public static List<String> foreignWords(String text, String sent) {
        return Arrays.stream(NUMBER.matcher(text).replaceAll("").split("[^A-Za-z_]+"))
                .filter(word -> word.length() >= 4)
                .filter(word -> !ALLOWED.contains(word) && !sent.contains(word)).toList();
    }

    /** Fails on a text that is not Chinese. */
    public static void assertChinese(String text) {
        Assertions.assertThat(HAN.matcher(text).find()).as("Chinese: %s", text).isTrue();
        Assertions.assertThat(foreignWords(text, "")).as("words in: %s", text).isEmpty();
    }

    /** Looks at an answer, and passes it on; what is no problem document is not looked at. */
    public static EntityExchangeResult<byte[]> checked(EntityExchangeResult<byte[]> answer) {
        byte[] body = answer.getResponseBody();
        String type = String.valueOf(answer.getResponseHeaders().getContentType());
        if (body != null && type.startsWith("application/problem+json")
                && OF_THINGS.contains(answer.getStatus().value())) {
            check(JSON.readTree(body), sent(answer));
        }
        return answer;
    }

    private static String sent(EntityExchangeResult<byte[]> answer) {
        byte[] body = Objects.requireNonNullElse(answer.getRequestBodyContent(), new byte[0]);
        return answer.getUrl() + " " + new String(body, StandardCharsets.UTF_8);
    }

    private static void check(JsonNode problem, String sent) {
        for (String member : List.of("title", "detail")) {
            String text = problem.path(member).asString("");
            Assertions.assertThat(HAN.matcher(text).find()).as("%s is Chinese in %s", member, problem).isTrue();
            Assertions.assertThat(foreignWords(text, sent)).as("words of %s in %s", member, problem).isEmpty();
        }
        problem.path("errors").forEach(error -> Assertions
                .assertThat(HAN.matcher(error.path("detail").asString("")).find())
                .as("detail is Chinese in %s", error).isTrue());
    }
}
