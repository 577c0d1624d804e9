package cn.cityapis.subsidy.application;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.platform.test.ServiceTest;
import cn.cityapis.platform.test.Tokens;
import cn.cityapis.subsidy.Api;
import cn.cityapis.subsidy.Api.Answer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What was paid in a calendar year, whichever year's budget it was. */
@ServiceTest(properties = {"subsidy.jobs.every=PT10M", "subsidy.bank=file", "test.database=of-paid-years"})
class PaidYearApiTest extends BankScene {

    private static final String REPORT = "/reports/payment-years?year=";

    private void at(LocalDateTime time) {
        clock.moveTo(time.atZone(ZoneId.of("Asia/Shanghai")).toInstant());
    }

    private Answer paid() {
        return enter(sent(), reply(run(), "success")).is(200);
    }

    private static List<String> lines(Answer report) {
        return report.body().at("/items").valueStream().map(PaidYearApiTest::line).toList();
    }

    private static String line(JsonNode it) {
        return String.join(" ", it.path("areaCode").asString(), it.path("party").asString(),
                it.path("budgetYear").asString(), it.path("paidFen").asString(), it.path("returnedFen").asString(),
                it.path("claimedFen").asString(), it.path("repaidFen").asString(), it.path("netFen").asString(),
                it.path("paidCases").asString());
    }

    @Test
    void aBudgetIsPaidOverSeveralYears() {
        at(LocalDate.of(2026, 12, 31).atTime(23, 59));
        paid();
        Answer claim = city().post(path(paying) + "/clawbacks",
                "{\"whole\": false, \"amountFen\": 1000, \"reason\": \"多领\"}", citizen.get(path(paying))).is(201);
        String november = item("paid");
        at(LocalDate.of(2027, 1, 1).atTime(0, 1));
        payDueMonths.run().block();
        paid();
        cashier().post(path(paying) + "/clawbacks/" + claim.text("/id") + "/repayments",
                "{\"amountFen\": 600, \"bankReference\": \"a\"}").is(201);
        cashier().post(november + "/returns", "{\"bankReference\": \"b\", \"reason\": \"销户\"}").is(200);
        consistent();

        assertThat(lines(city().get(REPORT + 2026).is(200))).containsExactly(
                "371000 city 2026 250000 0 500 0 250000 1", "371002 district 2026 250000 0 500 0 250000 1");
        assertThat(lines(city().get(REPORT + 2027).is(200))).containsExactly(
                "371000 city 2026 250000 250000 0 300 -300 1", "371002 district 2026 250000 250000 0 300 -300 1");
        assertThat(lines(city().get(REPORT + 2025).is(200))).isEmpty();
        whoMaySeeItAndAsWhat(2026);
    }

    private void whoMaySeeItAndAsWhat(int year) {
        assertThat(district().get(REPORT + year).is(200).body().at("/items").valueStream()
                .map(item -> item.path("areaCode").asString())).isNotEmpty().containsOnly("371002");
        Api auditor = Api.as(port, Tokens.operator("auditor", "371003", "auditor").scopes("subsidy.decide").token());
        assertThat(auditor.get(REPORT + year).is(200).body().at("/items").size()).isEqualTo(2);
        String csv = new String(city().download("/reports/payment-years/csv?year=" + year), StandardCharsets.UTF_8);
        assertThat(csv).startsWith("\uFEFF方案,").contains("talent-living-allowance,371002,区市,2026,");
        assertThat(city().download("/reports/payment-years/xlsx?year=" + year)).startsWith('P', 'K');
        city().get(REPORT + "1999").is(400, "validation-failed");
        citizen.get(REPORT + year).is(403, "forbidden");
    }
}
