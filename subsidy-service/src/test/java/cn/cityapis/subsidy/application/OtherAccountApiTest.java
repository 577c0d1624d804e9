package cn.cityapis.subsidy.application;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.subsidy.Api.Answer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Another account takes two persons: one who names it for a retry, and one who sends that. */
class OtherAccountApiTest extends BankScene {

    private static final String OLD = "6222020000000000123";
    private static final String NEW = "6222020000000000999";

    private Answer ordered() {
        failedItem();
        return cashier().post(item("failed") + "/retries", "{\"bankAccount\": \"" + NEW + "\"}").is(201);
    }

    private String account() {
        return district().get(path(paying) + "/applicant").text("/bankAccount");
    }

    private String payee() {
        return cashier().get(item("pending") + "/payee").is(200).text("/bankAccount");
    }

    private void aMonthLater() {
        clock.advance(Duration.ofDays(31));
        payDueMonths.run().block();
    }

    private List<String> notices() {
        return database.sql("SELECT kind FROM notice WHERE recipient = :owner ORDER BY sent_at, id")
                .bind("owner", subject)
                .mapValue(String.class).all().collectList().block();
    }

    @Test
    void laterMonthsGoToTheOldOneUntilAnotherPersonHasSentTheRetry() {
        Answer retry = ordered();
        assertThat(account()).isEqualTo(OLD);
        assertThat(notices()).contains("account-change-ordered").doesNotContain("account-changed");
        assertThat(city().get(item("pending")).text("/otherAccount")).isEqualTo("true");
        assertThat(payee()).isEqualTo(NEW);
        city().post(at(retry) + "/sendings", null, retry).is(200);
        assertThat(account()).isEqualTo(NEW);
        assertThat(notices()).contains("account-changed");
        enter(run(), reply(run(), "success")).is(200);
        aMonthLater();
        assertThat(payee()).isEqualTo(NEW);
    }

    @Test
    void aMonthThatIsOrderedMeanwhileGoesToTheOldOne() {
        ordered();
        aMonthLater();
        Answer monthly = sent();
        assertThat(monthly.text("/kind")).isEqualTo("monthly");
        assertThat(new String(cashier().download(at(monthly) + "/bank-file"), StandardCharsets.UTF_8)).contains(OLD)
                .doesNotContain(NEW);
        assertThat(account()).isEqualTo(OLD);
    }

    @Test
    void aRetryThatIsRefusedLeavesNothingOfTheNewOne() {
        Answer retry = ordered();
        cashier().post(at(retry) + "/refusals", "{}", retry).is(400, "validation-failed");
        Answer refused = twice(city(), at(retry) + "/refusals", "{\"reason\": \"账号不符\"}", retry, 200);
        assertThat(refused.text("/state")).isEqualTo("cancelled");
        assertThat(refused.text("/takenOut/0/reason")).isEqualTo("账号不符");
        city().post(at(retry) + "/sendings", null, refused).is(409, "payment-run-wrong-state");
        consistent();
        cashier().post(item("failed") + "/retries", "{}").is(201);
        assertThat(payee()).isEqualTo(OLD);
        assertThat(account()).isEqualTo(OLD);
        consistent();
    }

    @Test
    void aMonthlyRunIsNotRefused() {
        cashier().post(at(run()) + "/refusals", "{\"reason\": \"x\"}", run()).is(409, "payment-run-wrong-state");
    }

    @Test
    void aLookAtThePayeeIsAuditedAndTheCitysOnly() {
        String item = item("pending");
        citizen.get(item + "/payee").is(403, "forbidden");
        cashier().get(item + "/payee").is(200);
        assertThat(database.sql("SELECT count(*) FROM audit_entry WHERE action = 'read-payee' AND resource_id = :id")
                .bind("id", item.substring("/payment-items/".length())).mapValue(Long.class).one().block())
                .isEqualTo(1);
    }
}
