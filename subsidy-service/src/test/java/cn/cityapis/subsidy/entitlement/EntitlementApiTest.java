package cn.cityapis.subsidy.entitlement;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.platform.test.ServiceTest;
import cn.cityapis.subsidy.Api;
import cn.cityapis.subsidy.Api.Answer;
import cn.cityapis.subsidy.People;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.r2dbc.core.DatabaseClient;
import tools.jackson.databind.JsonNode;

@ServiceTest(properties = "subsidy.jobs.every=PT10M")
class EntitlementApiTest {

    @LocalServerPort
    private int port;
    @Autowired
    private DatabaseClient database;

    private Api app() {
        return Api.as(port, People.app());
    }

    @Test
    void namesAllThatIsWrongAtOnce() {
        Answer refused = app().post("/entitlements", """
                {"asOf": "1999-12-31", "facts": {"birthDate": "02.05.1994", "educationLevel": 3, "selectionYear": "2023",
                 "rdPremiumFen": 99999999999999999999999, "rdYearsSubsidised": 1.5, "onConfirmedList": "yes",
                 "nothing": 1, "engagementStart": "0001-01-01", "personalPremiumFen": -1}}""").is(400,
                "validation-failed");
        assertThat(refused.pointers()).containsExactlyInAnyOrder("/asOf", "/facts/birthDate", "/facts/educationLevel",
                "/facts/selectionYear", "/facts/rdPremiumFen", "/facts/rdYearsSubsidised", "/facts/onConfirmedList",
                "/facts/nothing", "/facts/engagementStart", "/facts/personalPremiumFen");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"{} | 400 | validation-failed", "{\"facts\": 1} | 400 | validation-failed",
            "{\"facts\": null} | 400 | validation-failed", "{\"facts\": {}, \"asOf\": \"x\"} | 400 | validation-failed",
            "{\"facts\": {}, \"more\": 1} | 400 | validation-failed", "no | 400 | malformed-json"})
    void badRequestsAreRefused(String body, int status, String code) {
        app().post("/entitlements", body).is(status, code);
    }

    @Test
    void nothingKnownMeansEverythingUnknown() {
        Answer answer = app().post("/entitlements", "{\"facts\": {\"birthDate\": null}}").is(200);
        assertThat(answer.body().at("/outcomes").valueStream().map(one -> one.at("/outcome").asString()))
                .hasSize(6).containsOnly("unknown");
        assertThat(answer.number("/bestCombination/totalFen")).isZero();
    }

    @Test
    void answersForThePast() {
        Answer answer = app().post("/entitlements", "{\"asOf\": \"2023-08-08\", \"facts\": {}}").is(200);
        JsonNode insurance = answer.body().at("/outcomes").valueStream()
                .filter(one -> one.at("/schemeId").asString().equals("talent-insurance-rd")).findFirst().orElseThrow();
        assertThat(insurance.at("/outcome").asString()).isEqualTo("no");
        assertThat(insurance.at("/entryConditions/0/id").asString()).isEqualTo("in-force");
    }

    /** 威政发〔2023〕5号 二、（二）9: up to 5 % of the increase; the answer is a ceiling, never an amount. */
    @Test
    void aCompanyIsToldACeilingWhereTheLawSaysUpTo() {
        Answer answer = app().post("/entitlements", """
                {"asOf": "2025-03-01", "applicantKind": "company", "facts": {"rdYearEnd": "2024-12-31",
                 "companyKind": "national-tech-sme", "aboveDesignatedSize": true, "hasRdActivity": true,
                 "rdSpendFen": 2200000000, "rdSpendBeforeFen": 2000000000}}""").is(200);
        JsonNode growth = answer.body().at("/outcomes").valueStream()
                .filter(one -> one.at("/schemeId").asString().equals("innovation-rd-growth")).findFirst().orElseThrow();
        assertThat(growth.at("/outcome").asString()).isEqualTo("yes");
        assertThat(growth.has("grant")).isFalse();
        assertThat(growth.at("/ceiling/atMostFen").asLong()).isEqualTo(10_000_000);
        assertThat(growth.at("/ceiling/citation/link").asString()).endsWith("/articles/2.2.9");
        assertThat(growth.at("/explanation").asString()).contains("每年不超过 100000 元", "评审确定", "第9项");
        assertThat(answer.number("/bestCombination/totalFen")).isZero();
        assertThat(answer.number("/bestCombination/atMostFen")).isEqualTo(10_000_000);
        app().post("/entitlements", "{\"facts\": {}, \"applicantKind\": \"dog\"}").is(400, "validation-failed");
    }

    @Test
    void storesNothing() {
        String count = "SELECT (SELECT count(*) FROM application) + (SELECT count(*) FROM audit_entry)"
                + " + (SELECT count(*) FROM outbox) + (SELECT count(*) FROM idempotency_key)";
        Long before = database.sql(count).mapValue(Long.class).one().block();
        app().post("/entitlements", "{\"facts\": " + Api.DOCTOR_FACTS + "}").is(200);
        assertThat(database.sql(count).mapValue(Long.class).one().block()).isEqualTo(before);
    }

    @Test
    void readsSchemes() {
        Answer first = app().get("/schemes?limit=2").is(200);
        assertThat(first.body().at("/items").size()).isEqualTo(2);
        Answer second = app().get("/schemes?limit=2&cursor=" + first.text("/nextCursor")).is(200);
        assertThat(second.text("/items/0/id")).isGreaterThan(first.text("/items/1/id"));
        assertThat(app().get("/schemes?limit=100").is(200).body().at("/items").size()).isEqualTo(46);
        Answer scheme = app().get("/schemes/talent-insurance-rd").is(200);
        assertThat(scheme.text("/amount/kind")).isEqualTo("capped-rate");
        assertThat(scheme.number("/figures/0/values/0/value")).isEqualTo(80);
        app().get("/schemes/nothing").is(404, "not-found");
        app().get("/schemes?limit=1000").is(400);
        app().get("/schemes?cursor=x").is(400, "invalid-cursor");
    }
}
