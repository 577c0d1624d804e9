package cn.cityapis.subsidy.application;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.platform.test.Tokens;
import cn.cityapis.subsidy.Api;
import cn.cityapis.subsidy.Api.Answer;
import cn.cityapis.subsidy.People;
import cn.cityapis.subsidy.payment.PayDueMonths;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import reactor.core.publisher.Flux;

/** Money: waiting for a budget, months paid and withheld, the ledger behind them. */
class PayingApiTest extends ApplicationScene {

    @Autowired
    private PayDueMonths payDueMonths;

    private void appropriate(String party, String area, long fen) {
        city().post("/ledger/appropriations", """
                {"schemeId": "talent-living-allowance", "year": 2026, "party": "%s", "areaCode": "%s", "amountFen": %d,
                 "memo": "年初预算"}""".formatted(party, area, fen)).is(201);
    }

    @Test
    void waitsForMoneyAndGetsItWhenItComes() {
        appropriate("city", "371000", 100_000_000);
        Answer draft = citizen.post("/applications", Api.newApplication(idNumber).replace("371002", "371082")
                .replace("\"idNumber\": \"371082", "\"idNumber\": \"371002")).is(201);
        Answer submitted = citizen.post(path(draft) + "/submissions", null, draft).is(200);
        Answer first = Api.as(port, People.district("371082"))
                .post(path(draft) + "/reviews", "{\"decision\": \"pass\"}",
                        submitted)
                .is(200);
        Answer waiting = city().post(path(draft) + "/reviews", "{\"decision\": \"pass\"}", first).is(200);
        assertThat(waiting.text("/state")).isEqualTo("awaiting-funds");
        appropriate("district", "371082", 8_999_999);
        assertThat(citizen.get(path(waiting)).text("/state")).isEqualTo("awaiting-funds");
        appropriate("district", "371082", 1);
        assertThat(citizen.get(path(waiting)).text("/state")).isEqualTo("paying");
        assertThat(city().get("/ledger/check").body().at("/consistent").asBoolean()).isTrue();
    }

    @Test
    void aMonthThatFailsTheCheckIsWithheldAndTheNextOneIsNotLost() {
        appropriate("district", "371002", 100_000_000);
        appropriate("city", "371000", 100_000_000);
        Answer paying = approved();
        String change = path(paying) + "/fact-changes";
        district().post(change, "{\"from\": \"2026-11-01\", \"facts\": {\"engagement\": \"none\"}}", paying)
                .is(400, "validation-failed");
        district().post(change, "{\"from\": \"2026-12-01\", \"facts\": {\"engagement\": \"away\"}}", paying)
                .is(400, "validation-failed");
        district().post(change, "{\"facts\": {}}", paying).is(400, "validation-failed");
        Answer left = district()
                .post(change, "{\"from\": \"2026-12-15\", \"facts\": {\"engagement\": \"none\"}}", paying)
                .is(200);
        district().post(change, "{\"from\": \"2027-01-10\", \"facts\": {\"engagement\": \"employed-full-time\"}}", left)
                .is(200);
        clock.advance(Duration.ofDays(75));
        payDueMonths.run().block();
        Answer statement = citizen.get(path(paying) + "/statement").is(200);
        assertThat(statement.body().at("/payments").valueStream().map(p -> p.at("/month").asString() + " "
                + p.at("/outcome").asString())).containsExactly("2026-11 paid", "2026-12 withheld", "2027-01 paid");
        assertThat(statement.text("/payments/1/reasons/0/condition")).isEqualTo("still-engaged");
        assertThat(statement.number("/withheldFen")).isEqualTo(500_000);
        assertThat(city().get("/ledger/check").body().at("/consistent").asBoolean()).isTrue();
    }

    @Test
    void paysAllMonthsAndEnds() {
        appropriate("district", "371002", 100_000_000);
        appropriate("city", "371000", 100_000_000);
        Answer paying = approved();
        clock.advance(Duration.ofDays(1200));
        Flux.range(0, 4).flatMap(n -> payDueMonths.run()).then().block();
        payDueMonths.run().block();
        Answer statement = citizen.get(path(paying) + "/statement").is(200);
        assertThat(statement.body().at("/payments").size()).isEqualTo(36);
        assertThat(statement.number("/paidFen")).isEqualTo(18_000_000);
        assertThat(statement.number("/toComeFen")).isZero();
        assertThat(statement.text("/state")).isEqualTo("ended");
    }

    @Test
    void badAppropriationsAreRefused() {
        String good = """
                {"schemeId": "talent-living-allowance", "year": 2026, "party": "city", "areaCode": "371000",
                 "amountFen": 1, "memo": "x"}""";
        assertThat(city().post("/ledger/appropriations", "{}").is(400, "validation-failed").pointers())
                .containsExactlyInAnyOrder("/schemeId", "/year", "/party", "/areaCode", "/amountFen", "/memo");
        for (String bad : List.of(good.replace("2026", "1999"), good.replace("\"city\"", "\"moon\""),
                good.replace("371000", "371002"), good.replace("\"amountFen\": 1", "\"amountFen\": 0"),
                good.replace("\"amountFen\": 1", "\"amountFen\": 1.5"),
                good.replace("\"amountFen\": 1", "\"amountFen\": 10000000000001"),
                good.replace("talent-living-allowance", "nothing"))) {
            city().post("/ledger/appropriations", bad).is(400, "validation-failed");
        }
        city().send(HttpMethod.POST, "/ledger/appropriations", good, null, null).is(400, "idempotency-key-missing");
        String key = UUID.randomUUID().toString();
        Answer once = city().send(HttpMethod.POST, "/ledger/appropriations", good, null, key).is(201);
        assertThat(city().send(HttpMethod.POST, "/ledger/appropriations", good, null, key).text("/transactionId"))
                .isEqualTo(once.text("/transactionId"));
    }

    @Test
    void theLedgerIsReadByAccount() {
        appropriate("city", "371000", 7);
        Answer accounts = city().get("/ledger/accounts?limit=100").is(200);
        String account = accounts.text("/items/0/id");
        assertThat(city().get("/ledger/accounts/" + account + "/entries").is(200).body().at("/items").size())
                .isPositive();
        city().get("/ledger/accounts/" + UUID.randomUUID() + "/entries").is(404, "not-found");
        city().get("/ledger/accounts/abc/entries").is(400, "validation-failed");
        city().get("/ledger/accounts?cursor=c1.bm90IGFuIGlk").is(400, "invalid-cursor");
        district().get("/ledger/accounts").is(403, "forbidden");
        appropriate("district", "371003", 7);
        Api finance = Api.as(port, Tokens.operator("elsewhere", "371002", "finance").scopes("subsidy.read").token());
        assertThat(finance.get("/ledger/accounts?limit=100").is(200).body().at("/items").valueStream()
                .map(each -> each.at("/areaCode").asString()).filter(area -> !area.equals("371002"))).isEmpty();
        String elsewhere = Api.as(port, Tokens.operator("other", "371003", "finance").scopes("subsidy.read").token())
                .get("/ledger/accounts").is(200).text("/items/0/id");
        finance.get("/ledger/accounts/" + elsewhere + "/entries").is(404, "not-found");
        finance.get("/ledger/check").is(200);
    }
}
