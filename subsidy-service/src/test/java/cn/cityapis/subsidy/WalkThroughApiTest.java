package cn.cityapis.subsidy;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.platform.test.Apis;
import cn.cityapis.platform.test.ServiceTest;
import cn.cityapis.platform.time.DevelopmentClock;
import cn.cityapis.subsidy.payment.PayDueMonths;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Step 5 of the walk-through, with the demo data. */
@ServiceTest(properties = {"demo.data=true", "subsidy.jobs.every=PT10M"})
@DirtiesContext
class WalkThroughApiTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String ROOT = "/api/subsidy/v1";

    @LocalServerPort
    private int port;
    @Autowired
    private DevelopmentClock clock;
    @Autowired
    private PayDueMonths payDueMonths;

    @Test
    void aDoctorJustHiredGetsHisFirstMonth() {
        clock.moveTo(LocalDate.of(2026, 11, 21).atTime(10, 0).atZone(ZoneId.of("Asia/Shanghai")).toInstant());
        String facts = """
                {"birthDate": "1994-05-02", "educationLevel": "doctor", "engagement": "employed-full-time",
                 "engagementStart": "2026-11-16", "employerKind": "company"}""";
        JsonNode entitlements = json(client(People.app()).post().uri(ROOT + "/entitlements")
                .header("Content-Type", "application/json").bodyValue("{\"facts\": " + facts + "}").exchange(), 200);
        JsonNode allowance = entitlements.at("/outcomes/2");
        assertThat(allowance.at("/schemeId").asString()).isEqualTo("talent-living-allowance");
        assertThat(allowance.at("/outcome").asString()).isEqualTo("yes");
        assertThat(allowance.at("/grant/amountFen").asLong()).isEqualTo(500_000);
        assertThat(allowance.at("/grant/periods").asInt()).isEqualTo(36);
        assertThat(allowance.at("/grant/instalments/35/period").asString()).isEqualTo("2029-10");
        assertThat(allowance.at("/grant/citation/kind").asString()).isEqualTo("report");
        assertThat(allowance.at("/grant/citation/year").asInt()).isEqualTo(2019);
        assertThat(allowance.at("/demo").asBoolean()).isTrue();
        assertThat(entitlements.at("/nextQuestions/0/settlesFen").asLong()).isEqualTo(16_000_000);

        WebTestClient citizen = client(People.citizen("doctor-1"));
        JsonNode draft = json(post(citizen, "/applications", """
                {"schemeId": "talent-living-allowance", "facts": {"educationLevel": "doctor"}}"""), 201);
        String path = "/applications/" + draft.at("/id").asString();
        JsonNode refused = json(post(citizen, path + "/submissions", null, "\"1\""), 422);
        assertThat(refused.at("/code").asString()).isEqualTo("application-incomplete");
        assertThat(refused.at("/errors").values().stream().map(error -> error.at("/pointer").asString()).toList())
                .containsExactly("/areaCode", "/applicant/name", "/applicant/idNumber", "/applicant/phone",
                        "/applicant/bankAccount", "/facts/engagement", "/facts/engagementStart", "/facts/employerKind",
                        "/facts/birthDate", "/facts/professionalPost");

        json(citizen.put().uri(ROOT + path).header("If-Match", "\"1\"").header("Content-Type", "application/json")
                .bodyValue("{\"areaCode\": \"371002\", \"applicant\": {\"name\": \"李明\", \"idNumber\": \""
                        + People.idNumber("19940502", 1)
                        + "\", \"phone\": \"13812345678\", \"bankAccount\": \"6222020000000000123\"}, \"facts\": "
                        + facts + "}")
                .exchange(), 200);
        JsonNode submitted = json(post(citizen, path + "/submissions", null, "\"2\""), 200);
        assertThat(submitted.at("/state").asString()).isEqualTo("first-review");
        assertThat(submitted.at("/applicant/idNumber").asString()).isEqualTo("37****************");
        assertThat(submitted.at("/firstReviewDue/lastDay").asString()).isEqualTo("2026-12-04");

        WebTestClient district = client(People.district("371002"));
        WebTestClient city = client(People.city());
        JsonNode reviewed = json(post(district, path + "/reviews", "{\"decision\": \"pass\"}", "\"3\""), 200);
        assertThat(reviewed.at("/state").asString()).isEqualTo("second-review");
        JsonNode approved = json(post(city, path + "/reviews", "{\"decision\": \"pass\"}", "\"4\""), 200);
        assertThat(approved.at("/state").asString()).isEqualTo("paying");

        payDueMonths.run().block();
        JsonNode before = json(citizen.get().uri(ROOT + path + "/statement").exchange(), 200);
        assertThat(before.at("/payments").size()).isZero();
        assertThat(before.at("/nextPaymentOn").asString()).isEqualTo("2026-12-01");

        clock.advance(Duration.parse("P31D"));
        payDueMonths.run().block();
        payDueMonths.run().block();
        JsonNode after = json(citizen.get().uri(ROOT + path + "/statement").exchange(), 200);
        assertThat(after.at("/payments").size()).isEqualTo(1);
        assertThat(after.at("/payments/0/month").asString()).isEqualTo("2026-11");
        assertThat(after.at("/payments/0/outcome").asString()).isEqualTo("paid");
        assertThat(after.at("/paidFen").asLong()).isEqualTo(500_000);
        assertThat(after.at("/toComeFen").asLong()).isEqualTo(17_500_000);
        JsonNode check = json(city.get().uri(ROOT + "/ledger/check").exchange(), 200);
        assertThat(check.at("/consistent").asBoolean()).as(check.toString()).isTrue();
        assertThat(check.at("/transactions").asInt()).isGreaterThan(30);
    }

    private WebTestClient client(String token) {
        return Apis.client(port, token);
    }

    private static WebTestClient.ResponseSpec post(WebTestClient client, String path, String body, String... etag) {
        var request = client.post().uri(ROOT + path).header("Idempotency-Key", UUID.randomUUID().toString())
                .header("If-Match", etag);
        return body == null
                ? request.exchange()
                : request.header("Content-Type", "application/json").bodyValue(body).exchange();
    }

    private static JsonNode json(WebTestClient.ResponseSpec response, int status) {
        var result = response.expectBody().returnResult();
        byte[] body = result.getResponseBody();
        JsonNode tree = JSON.readTree(body == null ? "{}".getBytes(java.nio.charset.StandardCharsets.UTF_8) : body);
        assertThat(result.getStatus().value()).as(tree.toPrettyString()).isEqualTo(status);
        return tree;
    }
}
