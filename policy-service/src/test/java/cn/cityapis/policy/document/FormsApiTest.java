package cn.cityapis.policy.document;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.policy.DigestScene;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;

class FormsApiTest extends DigestScene {

    private static final String RULE = "/api/policy/v1/documents/by-number/威民发〔2023〕17号";

    @ParameterizedTest
    @CsvSource({"text/plain,,text/plain;charset=UTF-8,（摘要", "text/markdown,,text/markdown;charset=UTF-8,>",
            "application/akn+xml,,application/akn+xml,<?xml", "application/json,,application/json,{",
            "*/*,,application/json,{", "'text/markdown;q=0.5,application/akn+xml',,application/akn+xml,<?xml",
            "'application/akn+xml;q=0.5,text/*',,text/plain;charset=UTF-8,（摘要",
            "application/json,text,text/plain;charset=UTF-8,（摘要",
            "image/png,markdown,text/markdown;charset=UTF-8,>", "image/png,akn,application/akn+xml,<?xml"})
    void answersInTheFormThatIsAskedFor(String accept, String format, String type, String begin) {
        for (String path : new String[]{RULE, RULE + "/articles/19"}) {
            String asked = path + (format == null ? "" : "?format=" + format);
            policy.reader.get().uri(asked).header("Accept", accept).exchange().expectStatus().isOk().expectHeader()
                    .valueEquals("Content-Type", type).expectHeader().valueEquals("Vary", "Accept")
                    .expectBody(String.class)
                    .value(body -> assertThat(body).startsWith(begin).contains("九"));
        }
    }

    @Test
    void refusesFormsThatItDoesNotHave() {
        policy.reader.get().uri(RULE).header("Accept", "image/png").exchange().expectStatus().isEqualTo(406)
                .expectBody().jsonPath("$.code").isEqualTo("not-acceptable");
        policy.reader.get().uri(RULE).header("Accept", "application/json;q=0").exchange().expectStatus().isEqualTo(406);
        policy.reader.get().uri(RULE + "?format=pdf").exchange().expectStatus().isBadRequest().expectBody()
                .jsonPath("$.code").isEqualTo("validation-failed").jsonPath("$.errors[0].pointer")
                .isEqualTo("?format");
    }

    @ParameterizedTest
    @ValueSource(strings = {RULE, RULE + "?format=akn", RULE + "?format=markdown", RULE + "?format=text",
            RULE + "/articles/19", RULE + "/articles/19?format=akn"})
    void sendsNothingTwice(String path) {
        String tag = tag(get(path, "\"other\"").expectStatus().isOk());
        assertThat(tag).matches("\"[0-9a-f]{32}\"");
        assertThat(tag(get(path, tag).expectStatus().isNotModified())).isEqualTo(tag);
        assertThat(tag(get(path, "W/\"x\", " + tag).expectStatus().isNotModified())).isEqualTo(tag);
    }

    @ParameterizedTest
    @CsvSource({RULE + ",2", RULE + "/articles/19?format=akn,2", RULE + "?on=2024-06-30,60",
            RULE + "/articles/19?on=2024-06-30,60", RULE + "?on=2999-06-30,2"})
    void saysForHowManySecondsItIsGoodForAll(String path, int seconds) {
        String tag = tag(get(path, "\"other\""));
        for (WebTestClient.ResponseSpec answer : List.of(get(path, "\"other\"").expectStatus().isOk(),
                get(path, tag).expectStatus().isNotModified())) {
            answer.expectHeader().valueEquals("Cache-Control", "max-age=" + seconds + ", public")
                    .expectHeader().valueEquals("Vary", "Accept");
        }
        get(RULE + "/articles/9999", "\"x\"").expectStatus().isNotFound().expectHeader()
                .valueMatches("Cache-Control", ".*no-store.*");
    }

    @Test
    void givesEveryFormATagOfItsOwnAndEveryDayWhereTheAnswerNamesIt() {
        assertThat(tag(get(RULE, "\"x\""))).isNotEqualTo(tag(get(RULE + "?format=text", "\"x\"")))
                .isNotEqualTo(tag(get(RULE + "?on=2024-01-01", "\"x\"")));
        assertThat(tag(get(RULE + "?format=text", "\"x\"")))
                .isEqualTo(tag(get(RULE + "?format=text&on=2024-01-01", "\"x\"")));
    }

    @Test
    void changesTheTagWithTheVersionAndKeepsTheOldOneReadable() {
        String number = "海民发〔2031〕97号";
        String path = "/api/policy/v1/documents/by-number/" + number;
        policy.load(single(number, "门开到八点。"));
        String before = tag(get(path + "?format=markdown", "\"x\""));
        policy.load(single(number, "门开到九点。"));
        policy.reader.get().uri(path + "?format=markdown").header("If-None-Match", before).exchange().expectStatus()
                .isOk().expectBody(String.class).value(body -> assertThat(body).contains("九点"));
        get(path + "?format=markdown&version=1", before).expectStatus().isNotModified();
    }

    @Test
    void answersOnADayBeforeTheDocumentWasHeldWithTheCurrentVersion() {
        JsonNode then = policy.get(RULE + "?on=2024-06-30");
        assertThat(then.get("version")).isEqualTo(policy.get(RULE).get("version"));
        assertThat(then.get("status").asString()).isEqualTo("in-force");
    }

    private static String single(String number, String rule) {
        return "海岚市民政局\n关于试验的通知\n" + number + "\n各区民政局：\n第一条 " + rule + "\n海岚市民政局\n2031年5月1日\n";
    }

    private WebTestClient.ResponseSpec get(String path, String tag) {
        return policy.reader.get().uri(path).header("If-None-Match", tag).exchange();
    }

    private static String tag(WebTestClient.ResponseSpec answer) {
        return String.valueOf(answer.returnResult(byte[].class).getResponseHeaders().getETag());
    }
}
