package cn.cityapis.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.e2e.Api.Answer;
import cn.cityapis.stack.demo.DemoIdentity;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** Step 5: what a doctor who has just been hired is entitled to, and the first month's payment. */
final class SubsidyStep {

    private static final String API = "/api/subsidy/v1";
    private static final String SCHEME = "talent-living-allowance";
    private static final String NUMBER = "371002199405020017";
    private static final String ANOTHERS = "371002199405020519";
    private static final long MONTHLY_FEN = 500_000;

    private final Api app;
    private final Api citizen;
    private final Api district;
    private final Api city;
    private final String facts;
    private String application = "";

    /** @param today by the stack's clock */
    SubsidyStep(Callers callers, LocalDate today) {
        this.app = callers.as(DemoIdentity.APP);
        this.citizen = callers.demoCitizen(NUMBER);
        this.district = callers.as(DemoIdentity.DISTRICT);
        this.city = callers.as(DemoIdentity.CITY);
        this.facts = """
                {"birthDate":"1994-05-02","educationLevel":"doctor","engagement":"employed-full-time",
                 "engagementStart":"%s","employerKind":"company"}""".formatted(today.minusDays(5));
    }

    void asksWhatADoctorIsEntitledTo() {
        Answer answer = app.post(API + "/entitlements", "{\"facts\":" + facts + "}").expect(200);
        JsonNode allowance = StreamSupport.stream(answer.at("outcomes").spliterator(), false)
                .filter(outcome -> outcome.path("schemeId").asString().equals(SCHEME)).findFirst().orElseThrow();
        assertThat(allowance.path("outcome").asString()).isEqualTo("yes");
        JsonNode grant = allowance.path("grant");
        assertThat(grant.path("amountFen").asLong()).isEqualTo(MONTHLY_FEN);
        assertThat(grant.path("periods").asInt()).isEqualTo(36);
        assertThat(grant.path("totalFen").asLong()).isEqualTo(36 * MONTHLY_FEN);
        assertThat(grant.path("citation").path("kind").asString()).isNotEmpty();
        assertThat(answer.at("nextQuestions")).isNotEmpty();
        assertThat(answer.number("nextQuestions.0.settlesFen")).isPositive();
    }

    void appliesAndSeesEverythingThatIsMissingAtOnce() {
        Answer draft = citizen.post(API + "/applications", """
                {"schemeId":"%s","facts":{"educationLevel":"doctor"}}""".formatted(SCHEME)).expect(201);
        application = API + "/applications/" + draft.text("id");
        Answer refused = citizen.post(application + "/submissions", "", draft.etag())
                .expectProblem(422, "application-incomplete");
        assertThat(refused.at("errors").size()).isGreaterThanOrEqualTo(10);
        Answer anothers = citizen.put(application, form(ANOTHERS), draft.etag())
                .expectProblem(400, "validation-failed");
        assertThat(anothers.at("errors.0.code").asString()).isEqualTo("not-own");
        Answer complete = citizen.put(application, form(NUMBER), draft.etag()).expect(200);
        Answer submitted = citizen.post(application + "/submissions", "", complete.etag()).expect(200);
        assertThat(submitted.text("state")).isEqualTo("first-review");
        assertThat(submitted.number("monthlyFen")).isEqualTo(MONTHLY_FEN);
    }

    private String form(String idNumber) {
        return """
                {"areaCode":"371002","applicant":{"name":"李明","idNumber":"%s","phone":"13812345678",
                 "bankAccount":"6222020000000000123"},"facts":%s}""".formatted(idNumber, facts);
    }

    void isReviewedByTheDistrictAndApprovedByTheCity() {
        String etag = district.get(application).expect(200).etag();
        Answer passed = district.post(application + "/reviews", "{\"decision\":\"pass\",\"comment\":\"材料齐全\"}", etag)
                .expect(200);
        assertThat(passed.text("state")).isEqualTo("second-review");
        Answer approved = city.post(application + "/reviews", "{\"decision\":\"pass\"}", passed.etag()).expect(200);
        assertThat(approved.text("state")).isEqualTo("paying");
    }

    void seesTheCommitmentInALedgerThatAddsUp() {
        Answer accounts = city.get(API + "/ledger/accounts?limit=100").expect(200);
        assertThat(accounts.at("items")).anySatisfy(account -> {
            assertThat(account.path("schemeId").asString()).isEqualTo(SCHEME);
            assertThat(account.path("kind").asString()).isEqualTo("committed");
            assertThat(account.path("balanceFen").asLong()).isNotZero();
        });
        assertThat(city.get(API + "/ledger/check").expect(200).at("consistent").asBoolean()).isTrue();
    }

    void hasNoPaymentYet() {
        assertThat(citizen.get(application + "/statement").expect(200).at("payments")).isEmpty();
    }

    void seesTheFirstPaymentOnceTheClockHasMovedOn() {
        Instant patience = Instant.now().plus(Duration.ofSeconds(60));
        Answer statement = citizen.get(application + "/statement").expect(200);
        while (statement.at("payments").isEmpty() && Instant.now().isBefore(patience)) {
            pause();
            statement = citizen.get(application + "/statement").expect(200);
        }
        assertThat(statement.text("payments.0.outcome")).isEqualTo("paid");
        assertThat(statement.number("payments.0.amountFen")).isEqualTo(MONTHLY_FEN);
        assertThat(statement.number("paidFen")).isEqualTo(statement.at("payments").size() * MONTHLY_FEN);
        assertThat(city.get(API + "/ledger/check").expect(200).at("consistent").asBoolean()).isTrue();
    }

    private static void pause() {
        try {
            Thread.sleep(500);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
