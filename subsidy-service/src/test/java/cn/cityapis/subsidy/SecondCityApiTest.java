package cn.cityapis.subsidy;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.platform.test.ServiceTest;
import cn.cityapis.platform.test.Tokens;
import cn.cityapis.subsidy.Api.Answer;
import cn.cityapis.subsidy.catalogue.ShippedSchemes;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A city with nothing but its settings: docs/operation/second-city.md. */
@ServiceTest(properties = {"spring.config.additional-location=file:../docs/examples/second-city/",
        "test.database=of-a-second-city", "subsidy.jobs.every=PT0.2S"})
class SecondCityApiTest {

    private static final String CITY = "370600";

    @LocalServerPort
    private int port;

    private Api officer(String subject, String city) {
        return Api.as(port, Tokens.operator(subject, city, "city", "finance")
                .scopes("subsidy.read", "subsidy.admin", "subsidy.decide").token());
    }

    private static String appropriation(String party, String area) {
        return """
                {"schemeId": "talent-own", "year": 2026, "party": "%s", "areaCode": "%s", "amountFen": 500000, "memo": "年初"}
                """.formatted(party, area);
    }

    /** Weihai's schemes are not there, a scheme of its own takes their place, and money goes to its own districts. */
    @Test
    void beginsWithoutRulesAndGetsItsOwn() throws InterruptedException {
        Api reader = officer("reader", CITY);
        assertThat(reader.get("/schemes").is(200).body().at("/items")).isEmpty();
        assertThat(reader.post("/entitlements", "{\"facts\": {}}").is(200).body().at("/outcomes"))
                .isEmpty();

        String own = ShippedSchemes.text(ShippedSchemes.PERSONAL).replace("id: talent-insurance-personal",
                "id: talent-own");
        Answer made = officer("proposer", CITY).post("/scheme-proposals", Api.JSON.writeValueAsString(
                Api.JSON.createObjectNode().put("document", own).put("reason", "本市办法")
                        .put("effectiveFrom", LocalDate.now(ZoneId.of("Asia/Shanghai")).toString())))
                .is(201);
        Instant end = Instant.now().plus(Duration.ofMinutes(2));
        Answer approved = null;
        while (approved == null || approved.code().equals("impact-pending")) {
            assertThat(Instant.now()).isBefore(end);
            Thread.sleep(50);
            Answer now = officer("approver", CITY).get("/scheme-proposals/" + made.text("/id")).is(200);
            approved = officer("approver", CITY).post("/scheme-proposals/" + made.text("/id") + "/approvals", null,
                    now);
        }
        approved.is(200);
        assertThat(reader.get("/schemes").is(200).body().at("/items/0/id").asString()).isEqualTo("talent-own");

        officer("city", CITY).post("/ledger/appropriations", appropriation("city", CITY)).is(201);
        officer("city", CITY).post("/ledger/appropriations", appropriation("district", "370602")).is(201);
        officer("city", CITY).post("/ledger/appropriations", appropriation("district", "371002"))
                .is(400, "validation-failed");
        officer("weihai", "371000").post("/ledger/appropriations", appropriation("city", CITY)).is(403);
    }
}
