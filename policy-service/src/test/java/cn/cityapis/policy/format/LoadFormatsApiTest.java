package cn.cityapis.policy.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import cn.cityapis.platform.test.ServiceTest;
import cn.cityapis.policy.Policy;
import cn.cityapis.policy.PolicyScene;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;

@ServiceTest(properties = "policy.digest=false")
class LoadFormatsApiTest extends PolicyScene {

    private static final String LOADS = "/api/policy/v1/loads";
    private static final String DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    @Test
    void storesOneDocumentOnceWhateverTheFormat() {
        JsonNode first = load("text/plain", MadeUp.text());
        assertThat(first.at("/progress/documentsStored").asInt()).isEqualTo(1);
        for (JsonNode again : List.of(load("text/markdown", MadeUp.markdown()),
                load("text/html", MadeUp.html().getBytes(StandardCharsets.UTF_8)), load(DOCX, MadeUp.docx()),
                load("application/pdf", MadeUp.pdf()))) {
            assertThat(again.get("state").asString()).isEqualTo("done");
            assertThat(again.at("/progress/documentsUnchanged").asInt()).as(again.toString()).isEqualTo(1);
        }
        assertThat(policy.get("/api/policy/v1/documents/by-number/海民发〔2031〕8号/articles/3").get("text").asString())
                .contains("有效期至2032年3月31日");
    }

    static Stream<Arguments> refused() {
        byte[] bomb = new byte[80 << 20];
        Arrays.fill(bomb, (byte) ' ');
        return Stream.of(Arguments.of("text/markdown", new byte[0], "text-empty"),
                Arguments.of(DOCX, Docx.of(""), "text-empty"),
                Arguments.of("text/plain", new byte[]{(byte) 0x89, 'P', 'N', 'G', 0, 1}, "text-not-readable"),
                Arguments.of("application/pdf", Pdf.locked(List.of(new Pdf.Piece(0, 0, "甲"))), "file-encrypted"),
                Arguments.of("application/pdf", Pdf.of(List.of(), 20), "file-without-text"),
                Arguments.of(DOCX, Docx.ofMainPart(bomb), "file-expands-too-far"),
                Arguments.of(DOCX, Arrays.copyOf(MadeUp.docx(), 900), "file-broken"),
                Arguments.of("application/pdf", "%PDF-1.4".getBytes(StandardCharsets.UTF_8), "file-broken"));
    }

    @ParameterizedTest(name = "{0} {2}")
    @MethodSource("refused")
    void refusesAtOnceWhatCannotBeRead(String type, byte[] content, String code) {
        post(type, content).expectStatus().isBadRequest().expectHeader().contentType("application/problem+json")
                .expectBody().jsonPath("$.code").isEqualTo(code).jsonPath("$.detail").isNotEmpty();
    }

    @Test
    void refusesMoreThanFiftyMegabytesOfAnyFormat() {
        byte[] large = Arrays.copyOf(MadeUp.pdf(), 50 * 1024 * 1024 + 1);
        post("application/pdf", large).expectStatus().isEqualTo(413).expectBody().jsonPath("$.code")
                .isEqualTo("body-too-large");
    }

    private JsonNode load(String type, byte[] content) {
        JsonNode queued = Policy
                .json(post(type, content).expectStatus().isAccepted().expectBody().returnResult().getResponseBody());
        return policy.loaded(queued.get("id").asString());
    }

    private WebTestClient.ResponseSpec post(String type, byte[] content) {
        return policy.admin.post().uri(LOADS).header("Idempotency-Key", UUID.randomUUID().toString())
                .contentType(MediaType.parseMediaType(type)).bodyValue(content).exchange();
    }
}
