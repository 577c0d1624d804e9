package cn.cityapis.subsidy.application;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.subsidy.Api.Answer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Money that is with the bank, or came back from it, when its case is suspended, ended or claimed back. */
class OpenMoneyApiTest extends BankScene {

    private static final String WHOLE = "{\"whole\": true, \"reason\": \"弄虚作假\"}";

    private Answer now() {
        return citizen.get(path(paying)).is(200);
    }

    /** The first month is paid, the second is with the bank. */
    private Answer secondMonthSent() {
        enter(sent(), reply(run(), "success")).is(200);
        clock.advance(Duration.ofDays(31));
        payDueMonths.run().block();
        return sent();
    }

    @Test
    void whatArrivesAfterAWholeClawbackIsClaimedBackToo() {
        Answer second = secondMonthSent();
        String claims = path(paying) + "/clawbacks";
        assertThat(city().post(claims, WHOLE, now()).is(201).number("/amountFen")).isEqualTo(500_000);
        enter(second, reply(second, "success")).is(200);
        assertThat(statement().at("/paidFen").asLong()).isEqualTo(1_000_000);
        city().post(claims, "{\"whole\": false, \"amountFen\": 500001, \"reason\": \"x\"}", now())
                .is(422, "amount-beyond-range");
        city().post(claims, "{\"whole\": false, \"amountFen\": 1, \"reason\": \"x\"}", now()).is(201);
        assertThat(city().post(claims, WHOLE, now()).is(201).number("/amountFen")).isEqualTo(499_999);
        assertThat(statement().at("/claimedFen").asLong()).isEqualTo(1_000_000);
        assertThat(now().text("/state")).isEqualTo("clawed-back");
        city().post(claims, WHOLE, now()).is(422, "amount-beyond-range");
        consistent();
    }

    @Test
    void whatCameBackIsNotSentAgainAfterAWholeClawback() {
        Answer second = secondMonthSent();
        enter(second, reply(second, "failed")).is(200);
        city().post(path(paying) + "/clawbacks", WHOLE, now()).is(201);
        String item = item("failed");
        Answer refused = cashier().post(item + "/retries", "{}").is(409, "application-wrong-state");
        assertThat(refused.text("/detail")).contains("已追回");
        cashier().post(item + "/releases", "{\"reason\": \"已追回\"}").is(200);
        consistent();
    }

    @Test
    void whatCameBackIsNotSentAgainWhilePaymentsAreSuspended() {
        failedItem();
        Answer suspended = district().post(path(paying) + "/suspensions", "{\"reason\": \"核实\"}", now()).is(200);
        cashier().post(item("failed") + "/retries", "{}").is(409, "application-wrong-state");
        district().post(path(paying) + "/resumptions", "{\"reason\": \"在职\"}", suspended).is(200);
        cashier().post(item("failed") + "/retries", "{}").is(201);
        consistent();
    }

    @Test
    void beforeAMonthIsSentAgainItsConditionsAreCheckedAgain() {
        failedItem();
        district().post(path(paying) + "/fact-changes",
                "{\"from\": \"2026-11-25\", \"facts\": {\"engagement\": \"none\"}}", now()).is(200);
        Answer refused = cashier().post(item("failed") + "/retries", "{}").is(422, "not-entitled");
        assertThat(refused.pointers()).contains("/conditions/still-engaged");
        assertThat(refused.text("/detail")).contains("2026-11");
        cashier().post(item("failed") + "/releases", "{\"reason\": \"已离职\"}").is(200);
        consistent();
    }

    /** Ended early: what was ordered before is still due, and until it is given up the grant counts as had. */
    @Test
    void whatWasOrderedBeforeAnEndIsSentAgainAndOnceGivenUpNothingWasHad() {
        failedItem();
        district().post(path(paying) + "/endings", "{\"reason\": \"调离\"}", now()).is(200);
        Answer draft = draft();
        citizen.post(path(draft) + "/submissions", null, draft).is(409, "duplicate-application");
        cashier().post(item("failed") + "/releases", "{\"reason\": \"无法联系\"}").is(200);
        citizen.post(path(draft) + "/submissions", null, draft).is(200);
        consistent();
    }
}
