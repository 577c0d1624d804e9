package cn.cityapis.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.platform.sample.SampleApplication;
import cn.cityapis.platform.test.Apis;
import cn.cityapis.platform.test.ServiceTest;
import cn.cityapis.platform.test.Tokens;
import java.util.Collections;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whatever fits into a body, the answer stays small, and the tree is not read over and over. */
@ServiceTest(classes = SampleApplication.class)
class LargeBodyApiTest {

    private static final int ROOM = 1_000_000;

    @LocalServerPort
    int port;

    private JsonNode refusal(String fields) {
        String body = "{\"name\":\"一\",\"colour\":\"RED\",\"since\":\"2026-01-31\",\"size\":1," + fields + "}";
        byte[] answer = Objects.requireNonNull(Apis.client(port, Tokens.citizen("c1").scopes("sample.apply").token())
                .post().uri("/api/sample/v1/things").header("Idempotency-Key", "k")
                .contentType(MediaType.APPLICATION_JSON).bodyValue(body).exchange()
                .expectStatus().isBadRequest().expectBody(byte[].class).returnResult().getResponseBody());
        assertThat(answer.length).isLessThan(64 * 1024);
        return JsonMapper.shared().readTree(answer);
    }

    private static String times(String element) {
        return String.join(",", Collections.nCopies(ROOM / (element.length() + 1), element));
    }

    @Test
    void brokenConstraints() {
        JsonNode refusal = refusal("\"parts\":[" + times("{\"count\":1}") + "]");
        assertThat(refusal.at("/errors").size()).isEqualTo(100);
        assertThat(refusal.at("/detail").asString()).isEqualTo("至少有 100 处需要更正，这里只列出了这些");
    }

    @Test
    void elementsThatDoNotBind() {
        JsonNode refusal = refusal("\"parts\":[" + times("7") + "]");
        assertThat(refusal.at("/errors").size()).isBetween(1, 10);
        assertThat(refusal.at("/detail").asString()).startsWith("至少有 ");
    }

    @Test
    void textThatNoDatabaseHolds() {
        JsonNode refusal = refusal("\"parts\":[" + times("{\"label\":\"\\u0000\",\"count\":1}") + "]");
        assertThat(refusal.at("/errors").size()).isEqualTo(100);
        assertThat(refusal.at("/detail").asString()).startsWith("至少有 100 处");
    }

    @Test
    void namesWithoutEnd() {
        String name = "x".repeat(40_000);
        JsonNode refusal = refusal("\"parts\":[],\"" + name + "1\":1,\"" + name + "2\":{\"a\":1}");
        assertThat(refusal.at("/errors").size()).isEqualTo(2);
        assertThat(refusal.at("/errors/0/code").asString()).isEqualTo("unknown-field");
    }
}
