package cn.cityapis.subsidy.application;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.platform.test.ServiceTest;
import cn.cityapis.platform.test.Tokens;
import cn.cityapis.subsidy.Api;
import cn.cityapis.subsidy.Api.Answer;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;

/** Where only a ceiling is laid down (不超过), nothing is paid before an office has set the amount. */
@ServiceTest(properties = {"subsidy.jobs.every=PT10M", "test.database=of-appeals"})
class AppealAmountApiTest extends ApplicationScene {

    private static final String PASS = "{\"decision\": \"pass\"}";
    private static final String REJECT = "{\"decision\": \"reject\", \"failedConditions\": [\"degree\"]}";
    private static final String ALLOWED = "{\"allowed\": true, \"reason\": \"成立\"}";

    @Autowired
    private DatabaseClient database;

    private void set(Answer application, String assignments) {
        database.sql("UPDATE application SET " + assignments + " WHERE id = :id")
                .bind("id", UUID.fromString(application.text("/id"))).then().block();
    }

    private Answer now(Answer application) {
        return citizen.get(path(application)).is(200);
    }

    private Answer withCeiling() {
        Answer submitted = submitted();
        set(submitted, "ceiling_fen = 500000");
        return submitted;
    }

    private Answer appealed(Answer rejected) {
        return citizen.post(path(rejected) + "/appeals", "{\"grounds\": \"x\"}", rejected).is(200);
    }

    private Answer decide(Answer appealed, String decision) {
        return Api.as(port, Tokens.operator("appeal-officer", "371000", "city")
                .scopes("subsidy.read", "subsidy.decide").token())
                .post(path(appealed) + "/appeal-decisions", decision, appealed);
    }

    private void appropriate() {
        for (String budget : List.of("\"city\", \"areaCode\": \"371000\"", "\"district\", \"areaCode\": \"371002\"")) {
            city().post("/ledger/appropriations", "{\"schemeId\": \"talent-living-allowance\", \"year\": 2026, "
                    + "\"party\": " + budget + ", \"amountFen\": 100000000, \"memo\": \"x\"}").is(201);
        }
    }

    @Test
    void whoeverAllowsAnAppealAgainstTheSecondReviewSetsTheAmount() {
        Answer submitted = withCeiling();
        Answer first = district().post(path(submitted) + "/reviews", PASS, submitted).is(200);
        Answer appealed = appealed(city().post(path(first) + "/reviews", REJECT, first).is(200));
        assertThat(decide(appealed, ALLOWED).is(400, "validation-failed").pointers()).containsExactly("/amountFen");
        assertThat(decide(appealed, ALLOWED.replace("}", ", \"amountFen\": 500001}")).is(400).pointers())
                .containsExactly("/amountFen", "/amountReason");
        Answer allowed = decide(appealed,
                ALLOWED.replace("}", ", \"amountFen\": 300001, \"amountReason\": \"按评审得分\"}")).is(200);
        assertThat(allowed.number("/monthlyFen")).isEqualTo(300_001);
        assertThat(allowed.text("/reviews/2/amountReason")).isEqualTo("按评审得分");
        appropriate();
        assertThat(now(submitted).text("/state")).isEqualTo("paying");
        assertThat(city().get("/ledger/check").body().at("/consistent").asBoolean()).isTrue();
    }

    @Test
    void afterTheFirstReviewTheSecondSetsItAndWhereTheRulesSayTheAmountNobodyDoes() {
        Answer submitted = withCeiling();
        Answer appealed = appealed(district().post(path(submitted) + "/reviews", REJECT, submitted).is(200));
        assertThat(decide(appealed, ALLOWED).is(200).text("/state")).isEqualTo("second-review");

        aPersonOfHisOwn();
        Answer fixed = submitted();
        Answer first = district().post(path(fixed) + "/reviews", PASS, fixed).is(200);
        Answer other = appealed(city().post(path(first) + "/reviews", REJECT, first).is(200));
        assertThat(
                decide(other, ALLOWED.replace("}", ", \"amountFen\": 1, \"amountReason\": \"x\"}")).is(400).pointers())
                .containsExactly("/amountFen", "/amountReason");
        decide(other, ALLOWED).is(200);
    }

    /** As a replica of before leaves it. */
    @Test
    void aCeilingWithoutAnAmountIsNotFunded() {
        Answer submitted = withCeiling();
        set(submitted, "state = 'awaiting-funds', approved_at = now()");
        appropriate();
        assertThat(now(submitted).text("/state")).isEqualTo("awaiting-funds");
    }
}
