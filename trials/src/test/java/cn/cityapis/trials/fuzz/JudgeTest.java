package cn.cityapis.trials.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.platform.test.ApiOperation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;

class JudgeTest {

    private static final Canaries CANARIES = Canaries.of(7);
    private static final Target TARGET = new Target("eldercare", new ApiOperation("get", HttpMethod.GET,
            "/api/eldercare/v1/applications", new ApiOperation.Access("eldercare.read", List.of("chain"), false),
            List.of(), null), Set.of("application-not-found"));
    private static final Asker CHAIN = new Asker("chain", "t", Set.of("eldercare.read"), Set.of("chain"), false);
    private static final Asker APP = new Asker("app", "t", Set.of("eldercare.read"), Set.of(), false);

    private final Judge judge = new Judge(CANARIES);

    private List<String> faults(Asker asker, int status, String type, String text, int millis) {
        return judge.faults(new FuzzRequest(1, TARGET, asker, "GET", TARGET.operation().path(), Map.of(), null),
                new Reply(status, Map.of("content-type", type), text, Duration.ofMillis(millis)));
    }

    private List<String> problem(int status, String code, String detail) {
        return faults(CHAIN, status, "application/problem+json;charset=utf-8", """
                {"type":"/docs/errors#x","status":404,"code":"%s","title":"没有找到","detail":"%s",
                 "errors":[{"pointer":"/x","detail":"有误"}]}""".formatted(code, detail), 5);
    }

    @Test
    void isContentWithAGoodAnswerAndAGoodRefusal() {
        assertThat(faults(CHAIN, 200, "application/json", "{\"items\":[]}", 5)).isEmpty();
        assertThat(problem(404, "application-not-found", "没有这份申请")).isEmpty();
        assertThat(problem(404, "not-found", "没有这份申请")).isEmpty();
    }

    @Test
    void seesServerErrorsButNotThatOneIsToldToComeBack() {
        assertThat(problem(500, "not-found", "故障")).contains("server error 500", "another status inside");
        Reply shed = new Reply(503, Map.of("retry-after", "1"), "", Duration.ZERO);
        assertThat(Judge.isShed(shed)).isTrue();
        assertThat(Judge.isShed(new Reply(503, Map.of(), "", Duration.ZERO))).isFalse();
    }

    @Test
    void seesWordsOfTheInsideButNotThoseOfTheRequestItself() {
        String answer = """
                {"status":400,"code":"not-found","title":"没有列“null”"}""";
        assertThat(problem(404, "not-found", "没有列“null”")).containsExactly("tells of the inside: null");
        assertThat(judge.faults(new FuzzRequest(1, TARGET, CHAIN, "GET", TARGET.operation().path(), Map.of(),
                "null".getBytes(StandardCharsets.UTF_8)),
                new Reply(400, Map.of("content-type", "application/problem+json"), answer, Duration.ZERO))).isEmpty();
    }

    @Test
    void seesWhoIsLetInWithoutTheRole() {
        assertThat(faults(APP, 200, "application/json", "{}", 5)).containsExactly("let in app");
    }

    @Test
    void seesRefusalsThatAreNoProblemDocuments() {
        assertThat(faults(CHAIN, 404, "application/json", "{\"error\":\"Not Found\"}", 5))
                .containsExactly("refusal is no problem document: 404 application/json");
        assertThat(problem(404, "some-code", "没有")).containsExactly("unknown code some-code");
        assertThat(problem(404, "not-found", "Not found")).containsExactly("not in Chinese: Not found");
    }

    @Test
    void seesTheInside() {
        assertThat(problem(404, "not-found", "java.lang.IllegalState 出错"))
                .containsExactly("tells of the inside: java.");
        assertThat(faults(CHAIN, 200, "text/plain", "x\n\tat cn.x", 5)).containsExactly("tells of the inside: \n\tat ");
    }

    @Test
    void seesAPersonWhoIsNobodysBusiness() {
        String text = "{\"name\":\"" + CANARIES.of("name") + "\",\"idNumber\":\"" + CANARIES.of("idNumber") + "\"}";
        assertThat(faults(CHAIN, 200, "application/json", text, 5)).containsExactly("shows a person's name",
                "shows a person's idNumber");
    }

    @Test
    void seesWhoWaitsTooLong() {
        assertThat(faults(CHAIN, 200, "application/json", "{}", 15_001)).containsExactly("took too long");
    }
}
