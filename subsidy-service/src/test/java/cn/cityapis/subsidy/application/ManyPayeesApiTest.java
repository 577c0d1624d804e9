package cn.cityapis.subsidy.application;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.platform.test.ServiceTest;
import cn.cityapis.subsidy.Api.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A month of many: read in pages of two, and at most five lines in a file. */
@ServiceTest(properties = {"subsidy.jobs.every=PT10M", "subsidy.bank=file", "subsidy.payment.page-rows=2",
        "subsidy.payment.file-rows=5"})
class ManyPayeesApiTest extends BankScene {

    private List<Integer> filesOf(List<Answer> cases) {
        return database.sql("""
                SELECT r.items FROM payment_run r
                 WHERE r.state = 'file-made' AND r.id IN (SELECT run_id FROM payment_item WHERE application_id = ANY(:ids))
                 ORDER BY r.id
                """).bind("ids", cases.stream().map(one -> UUID.fromString(one.text("/id"))).toArray(UUID[]::new))
                .mapValue(Integer.class).all().collectList().block();
    }

    private List<Answer> approved(int persons) {
        List<Answer> cases = new ArrayList<>();
        for (int i = 0; i < persons; i++) {
            aPersonOfHisOwn();
            cases.add(approved());
        }
        clock.advance(Duration.ofDays(15));
        return cases;
    }

    @Test
    void whatIsDueGoesIntoAsFewFilesAsTheMostAllows() {
        List<Answer> cases = approved(7);
        payDueMonths.run().block();
        assertThat(filesOf(cases)).containsExactly(4, 3);
        consistent();
        Answer december = cashier().get("/payment-runs?state=file-made&month=2026-11&limit=100").is(200);
        assertThat(december.body().at("/items").size()).isGreaterThanOrEqualTo(2);
        assertThat(cashier().get("/payment-runs?month=2027-01").is(200).body().at("/items").size()).isZero();
        assertThat(cashier().get("/payment-runs?state=closed").is(200).body().at("/items").size()).isZero();
        assertThat(cashier().get("/payment-runs?state=lost").is(400, "validation-failed").pointers())
                .containsExactly("?state");
        assertThat(cashier().get("/payment-runs?month=2026-13").is(400, "validation-failed").pointers())
                .containsExactly("?month");
    }

    @Test
    void casesThatFailKeepNoneBehindThemWaiting() {
        List<Answer> cases = approved(6);
        // nothing is committed to them in that year: the ledger refuses their months
        budgetYearOf(cases.subList(0, 4), 2031);
        payDueMonths.run().block();
        assertThat(filesOf(cases)).containsExactly(2);
        budgetYearOf(cases.subList(0, 4), 2026);
        payDueMonths.run().block();
        assertThat(filesOf(cases)).containsExactly(2, 4);
        consistent();
    }

    private void budgetYearOf(List<Answer> cases, int year) {
        database.sql("UPDATE application SET budget_year = :year WHERE id = ANY(:ids)").bind("year", year)
                .bind("ids", cases.stream().map(one -> UUID.fromString(one.text("/id"))).toArray(UUID[]::new))
                .then().block();
    }
}
