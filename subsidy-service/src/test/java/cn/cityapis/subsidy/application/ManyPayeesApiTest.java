package cn.cityapis.subsidy.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
        assertThatThrownBy(() -> payDueMonths.run().block()).hasMessageContaining("could not be done");
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

    /** A row for each of ten thousand, one statement after the other, held the locks of the run for half a minute. */
    @Test
    void whomAReplyIsAboutIsToldInOneStatementWithAllOthers() {
        paying = approved(4).getFirst();
        payDueMonths.run().block();
        Answer run = sent();
        enter(run, reply(run, "success").replaceFirst("success,,\\S+", "failed,账号不符,")).is(200);
        long arrived = run.number("/items") - 1;
        assertThat(arrived).isGreaterThan(1);
        assertThat(of(run, """
                SELECT kind || ' ' || count(*) || ' in ' || count(DISTINCT cmin::text) FROM notice
                 WHERE xmin = (SELECT xmin FROM payment_item WHERE run_id = :run LIMIT 1)
                 GROUP BY kind ORDER BY kind
                """)).containsExactly("payment-failed 1 in 1", "payment-made " + arrived + " in 1");
        assertThat(of(run, """
                SELECT i.state || ' ' || count(*) FROM payment_item i
                  JOIN application a ON a.id = i.application_id
                  LEFT JOIN payment p ON p.item_id = i.id
                  JOIN outbox e ON e.subject = 'applications/' || a.id
                       AND (e.type, e.data ->> 'paymentId') = ('subsidy.payment.made', p.id::text)
                        OR (e.type, e.data ->> 'itemId') = ('subsidy.payment.failed', i.id::text)
                  JOIN notice n ON (n.recipient, n.about) = (a.owner_subject, e.subject)
                       AND n.kind = CASE i.state WHEN 'paid' THEN 'payment-made' ELSE 'payment-failed' END
                 WHERE i.run_id = :run GROUP BY i.state ORDER BY i.state
                """)).containsExactly("failed 1", "paid " + arrived);
    }

    private List<String> of(Answer run, String sql) {
        return database.sql(sql).bind("run", UUID.fromString(run.text("/id"))).mapValue(String.class).all()
                .collectList().block();
    }
}
