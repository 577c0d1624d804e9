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
                .containsExactly("unknown", "unknown", "unknown");
        assertThat(answer.number("/bestCombination/totalFen")).isZero();
    }

    @Test
    void answersForThePast() {
        Answer answer = app().post("/entitlements", "{\"asOf\": \"2023-08-08\", \"facts\": {}}").is(200);
        assertThat(answer.text("/outcomes/1/outcome")).isEqualTo("no");
        assertThat(answer.text("/outcomes/1/entryConditions/0/id")).isEqualTo("in-force");
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
        assertThat(second.text("/items/0/id")).isEqualTo("talent-living-allowance");
        Answer scheme = app().get("/schemes/talent-insurance-rd").is(200);
        assertThat(scheme.text("/amount/kind")).isEqualTo("capped-rate");
        assertThat(scheme.number("/figures/0/values/0/value")).isEqualTo(80);
        app().get("/schemes/nothing").is(404, "not-found");
        app().get("/schemes?limit=1000").is(400);
        app().get("/schemes?cursor=x").is(400, "invalid-cursor");
    }
}
