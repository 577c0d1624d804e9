package cn.cityapis.platform.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a service answered. */
record ApiAnswer(int status, HttpHeaders headers, String text) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    static ApiAnswer of(WebTestClient.ResponseSpec response) {
        var result = response.expectBody().returnResult();
        byte[] body = result.getResponseBody();
        return new ApiAnswer(result.getStatus().value(), result.getResponseHeaders(),
                body == null ? "" : new String(body, StandardCharsets.UTF_8));
    }

    /** A problem document a citizen can be shown, with a code that the service's document lists. */
    ApiAnswer refused(Set<String> codes, int... statuses) {
        assertThat(status).as("status of %s", this).isIn(java.util.Arrays.stream(statuses).boxed().toList());
        assertThat(headers.getContentType()).as("media type of %s", this)
                .isEqualTo(MediaType.APPLICATION_PROBLEM_JSON);
        JsonNode problem = JSON.readTree(text);
        assertThat(problem.path("status").asInt()).as(text).isEqualTo(status);
        assertThat(problem.path("type").asString("")).as(text).isEqualTo("/docs/errors#" + code());
        assertThat(problem.path("title").asString("")).as(text).containsPattern("\\p{IsHan}");
        assertThat(problem.path("detail").asString("")).as(text).containsPattern("\\p{IsHan}");
        assertThat(codes).as("codes of the document").contains(code());
        assertThat(problem.path("errors")).allSatisfy(error -> assertThat(error.path("detail").asString("")).as(text)
                .containsPattern("\\p{IsHan}"));
        assertThat(Inside.wordsIn(text)).as(text).isEmpty();
        return this;
    }

    String code() {
        return JSON.readTree(text).path("code").asString("");
    }

    Set<String> pointers() {
        return JSON.readTree(text).path("errors").valueStream().map(error -> error.path("pointer").asString())
                .collect(Collectors.toSet());
    }

    @Override
    public String toString() {
        return status + " " + (text.length() > 600 ? text.substring(0, 600) + "…" : text);
    }
}
