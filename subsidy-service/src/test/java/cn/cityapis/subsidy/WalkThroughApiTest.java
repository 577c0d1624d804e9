package cn.cityapis.subsidy;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.platform.test.ServiceTest;
import cn.cityapis.platform.time.DevelopmentClock;
import cn.cityapis.subsidy.Api.Answer;
import cn.cityapis.subsidy.payment.PayDueMonths;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Step 5 of the walk-through, with the demo data. */
@ServiceTest(properties = {"demo.data=true", "subsidy.jobs.every=PT10M"})
class WalkThroughApiTest {

    @LocalServerPort
    private int port;
    @Autowired
    private DevelopmentClock clock;
    @Autowired
    private PayDueMonths payDueMonths;

    @Test
    void aDoctorJustHiredGetsHisFirstMonth() {
        clock.moveTo(LocalDate.of(2026, 11, 21).atTime(10, 0).atZone(ZoneId.of("Asia/Shanghai")).toInstant());
        asksWhatHeIsEntitledTo();
        Api citizen = Api.as(port, People.citizen("doctor-1"));
        Answer submitted = appliesAndSubmits(citizen);
        String path = "/applications/" + submitted.text("/id");

        Answer reviewed = Api.as(port, People.district("371002")).post(path + "/reviews", "{\"decision\": \"pass\"}",
                submitted).is(200);
        assertThat(reviewed.text("/state")).isEqualTo("second-review");
        Answer approved = Api.as(port, People.city()).post(path + "/reviews", "{\"decision\": \"pass\"}", reviewed)
                .is(200);
        assertThat(approved.text("/state")).isEqualTo("paying");

        payDueMonths.run().block();
        Answer before = citizen.get(path + "/statement").is(200);
        assertThat(before.body().at("/payments").size()).isZero();
        assertThat(before.text("/nextPaymentOn")).isEqualTo("2026-12-01");

        clock.advance(Duration.parse("P31D"));
        payDueMonths.run().block();
        payDueMonths.run().block();
        paidOnce(citizen.get(path + "/statement").is(200));
        Answer check = Api.as(port, People.city()).get("/ledger/check").is(200);
        assertThat(check.body().at("/consistent").asBoolean()).as(check.toString()).isTrue();
        assertThat(check.number("/transactions")).isGreaterThan(30);
    }

    private void asksWhatHeIsEntitledTo() {
        Answer answer = Api.as(port, People.app()).post("/entitlements", "{\"facts\": " + Api.DOCTOR_FACTS + "}")
                .is(200);
        int allowance = indexOf(answer, "talent-living-allowance");
        assertThat(answer.text("/outcomes/" + allowance + "/outcome")).isEqualTo("yes");
        assertThat(answer.number("/outcomes/" + allowance + "/grant/amountFen")).isEqualTo(500_000);
        assertThat(answer.number("/outcomes/" + allowance + "/grant/periods")).isEqualTo(36);
        assertThat(answer.text("/outcomes/" + allowance + "/grant/instalments/0/period")).isEqualTo("2026-11");
        assertThat(answer.text("/outcomes/" + allowance + "/grant/instalments/35/period")).isEqualTo("2029-10");
        assertThat(answer.text("/outcomes/" + allowance + "/grant/citation/kind")).isEqualTo("report");
        assertThat(answer.number("/outcomes/" + allowance + "/grant/citation/year")).isEqualTo(2019);
        assertThat(answer.body().at("/outcomes/" + allowance + "/demo").asBoolean()).isTrue();
        assertThat(
                answer.text("/outcomes/" + indexOf(answer, "talent-insurance-rd") + "/entryConditions/0/citation/link"))
                .isEqualTo(
                        "/api/policy/v1/documents/by-number/%E5%A8%81%E9%87%91%E7%9B%91%E5%8F%91%E3%80%942023%E3%80%9525%E5%8F%B7/articles/1");
        assertThat(answer.body().at("/nextQuestions").valueStream().map(one -> one.at("/settlesFen").asLong()))
                .contains(16_000_000L);
        assertThat(answer.text("/explanation")).contains("每月 5000 元，共 36 个月");
    }

    private static int indexOf(Answer answer, String scheme) {
        return answer.body().at("/outcomes").valueStream().map(one -> one.at("/schemeId").asString()).toList()
                .indexOf(scheme);
    }

    private static Answer appliesAndSubmits(Api citizen) {
        Answer draft = citizen.post("/applications", """
                {"schemeId": "talent-living-allowance", "facts": {"educationLevel": "doctor"}}""").is(201);
        String path = "/applications/" + draft.text("/id");
        Answer refused = citizen.post(path + "/submissions", null, draft).is(422, "application-incomplete");
        assertThat(refused.pointers()).containsExactly("/areaCode", "/applicant/name", "/applicant/idNumber",
                "/applicant/phone", "/applicant/bankAccount", "/facts/engagement", "/facts/engagementStart",
                "/facts/employerKind", "/facts/birthDate", "/facts/professionalPost");
        Answer complete = citizen.put(path, Api.completeDraft(People.idNumber("19940502", 1)), draft.etag()).is(200);
        Answer submitted = citizen.post(path + "/submissions", null, complete).is(200);
        assertThat(submitted.text("/state")).isEqualTo("first-review");
        assertThat(submitted.text("/applicant/idNumber")).isEqualTo("37****************");
        assertThat(submitted.text("/firstReviewDue/lastDay")).isEqualTo("2026-12-04");
        return submitted;
    }

    private static void paidOnce(Answer statement) {
        assertThat(statement.body().at("/payments").size()).isEqualTo(1);
        assertThat(statement.text("/payments/0/month")).isEqualTo("2026-11");
        assertThat(statement.text("/payments/0/outcome")).isEqualTo("paid");
        assertThat(statement.number("/paidFen")).isEqualTo(500_000);
        assertThat(statement.number("/toComeFen")).isEqualTo(17_500_000);
    }
}
