package cn.cityapis.subsidy.application;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.subsidy.Api.Answer;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The bank's replies in parts, and money that comes back after it had arrived (退汇). */
class ReturnedApiTest extends BankScene {

    private final String credit = "V" + UUID.randomUUID();

    private String returned() {
        return "{\"bankReference\": \"" + credit + "\", \"reason\": \"账户已销户\"}";
    }

    private Answer twoInOneRun() {
        Answer first = paying;
        subjectOfHisOwn();
        Answer second = approved();
        assertThat(second.text("/id")).isNotEqualTo(first.text("/id"));
        clock.advance(java.time.Duration.ofDays(31));
        payDueMonths.run().block();
        paying = second;
        return sent();
    }

    private void subjectOfHisOwn() {
        idNumber = cn.cityapis.subsidy.People.idNumber("19940502", 900 + (int) (Math.random() * 90));
    }

    @Test
    void theBankAnswersInParts() {
        Answer sent = twoInOneRun();
        assertThat(sent.number("/items")).isGreaterThan(1);
        String whole = reply(sent, "success");
        String[] lines = whole.split("\n");
        String part = lines[0] + "\n" + lines[1] + "\n" + lines[2] + "\n";
        Answer open = enter(sent, part).is(200);
        assertThat(open.text("/state")).isEqualTo("sent");
        consistent();
        assertThat(enter(open, part).is(200).etag()).isEqualTo(open.etag());
        enter(open, whole.replace(lines[2], lines[2].replace("success,,", "failed,销户,")))
                .is(422, "bank-reply-mismatch");
        Answer closed = enter(open, whole).is(200);
        assertThat(closed.text("/state")).isEqualTo("closed");
        assertThat(enter(closed, part).is(200).etag()).isEqualTo(closed.etag());
        consistent();
    }

    @Test
    void whatArrivedAndCameBackIsPaidAgainOnce() {
        Answer closed = enter(sent(), reply(run(), "success")).is(200);
        String item = item("paid");
        cashier().post(item + "/returns", "{\"bankReference\": \"\"}").is(400, "validation-failed");
        Answer failed = twice(cashier(), item + "/returns", returned(), null, 200);
        assertThat(failed.text("/state")).isEqualTo("failed");
        assertThat(failed.text("/failure")).isEqualTo("账户已销户");
        assertThat(cashier().get(at(closed)).text("/state")).isEqualTo("replied");
        assertThat(statement().at("/paidFen").asLong()).isZero();
        assertThat(statement().at("/payments").size()).isZero();
        assertThat(statement().at("/atBank/0/state").asString()).isEqualTo("failed");
        consistent();
        cashier().post(item + "/returns", returned()).is(409, "payment-run-wrong-state");
        Answer retry = cashier().post(item + "/retries", "{\"bankAccount\": \"6222020000000000999\"}").is(201);
        assertThat(cashier().get(at(closed)).text("/state")).isEqualTo("closed");
        Answer sent = city().post(at(retry) + "/sendings", null, retry).is(200);
        enter(sent, reply(sent, "success")).is(200);
        assertThat(statement().at("/paidFen").asLong()).isEqualTo(500_000);
        assertThat(statement().at("/payments").size()).isEqualTo(1);
        cashier().post(item("paid") + "/returns", returned()).is(409, "repayment-booked");
        consistent();
    }

    @Test
    void whatCameBackCanBeGivenUp() {
        enter(sent(), reply(run(), "success")).is(200);
        String item = item("paid");
        cashier().post(item + "/returns", returned()).is(200);
        cashier().post(item + "/releases", "{\"reason\": \"无法联系\"}").is(200);
        assertThat(statement().at("/withheldFen").asLong()).isEqualTo(500_000);
        assertThat(statement().at("/paidFen").asLong()).isZero();
        consistent();
    }

    private Answer claim(String what) {
        return city().post(path(paying) + "/clawbacks", "{" + what + ", \"reason\": \"多领\"}",
                citizen.get(path(paying))).is(201);
    }

    private Answer repay(Answer claim, long fen, String reference) {
        return cashier().post(path(paying) + "/clawbacks/" + claim.text("/id") + "/repayments",
                "{\"amountFen\": " + fen + ", \"bankReference\": \"" + reference + "\"}");
    }

    @Test
    void whatWasRepaidInPartIsNoReturn() {
        enter(sent(), reply(run(), "success")).is(200);
        Answer first = claim("\"whole\": false, \"amountFen\": 3");
        Answer second = claim("\"whole\": false, \"amountFen\": 100002");
        repay(first, 1, credit + "r").is(201);
        cashier().post(item("paid") + "/returns", returned()).is(422, "amount-beyond-range");
        consistent();
        nextMonth();
        cashier().post(latest() + "/returns", returned()).is(200);
        assertThat(statement().at("/claimedFen").asLong()).isEqualTo(100_005);

        cashier().post(item("paid") + "/returns", returned().replace(credit, credit + "x"))
                .is(422, "amount-beyond-range");
        repay(second, 1, credit).is(409, "repayment-booked");
        consistent();
    }

    /** Nobody owes what he has not got. */
    @Test
    void aClaimToWhatCameBackIsSettledAndTheMonthPaidInFull() {
        enter(sent(), reply(run(), "success")).is(200);
        Answer first = claim("\"whole\": false, \"amountFen\": 3");
        claim("\"whole\": false, \"amountFen\": 100002");
        String item = item("paid");
        city().post(item + "/returns", returned()).is(409, "four-eyes");
        consistent();
        cashier().post(item + "/returns", returned()).is(200);
        assertThat(statement().at("/claimedFen").asLong()).isZero();
        assertThat(statement().at("/paidFen").asLong()).isZero();
        assertThat(statement().at("/clawbacks/0/settledFen").asLong()).isEqualTo(3);
        assertThat(statement().at("/clawbacks/1/settledFen").asLong()).isEqualTo(100_002);
        repay(first, 1, credit + "r").is(422, "amount-beyond-range");
        consistent();
        Answer retry = cashier().post(item + "/retries", "{}").is(201);
        Answer sent = city().post(at(retry) + "/sendings", null, retry).is(200);
        enter(sent, reply(sent, "success")).is(200);
        assertThat(statement().at("/paidFen").asLong()).isEqualTo(500_000);
        consistent();
    }

    @Test
    void ofWhatWasClaimedAsAWholeNothingIsOwedAndNothingSentAgain() {
        enter(sent(), reply(run(), "success")).is(200);
        claim("\"whole\": true");
        String item = item("paid");
        cashier().post(item + "/returns", returned()).is(200);
        assertThat(statement().at("/claimedFen").asLong()).isZero();
        consistent();
        cashier().post(item + "/retries", "{}").is(409, "application-wrong-state");
        cashier().post(item + "/releases", "{\"reason\": \"已追回\"}").is(200);
        consistent();
    }

    private String latest() {
        return "/payment-items/" + database.sql("""
                SELECT id FROM payment_item WHERE application_id = :id ORDER BY month DESC LIMIT 1
                """).bind("id", UUID.fromString(paying.text("/id"))).mapValue(UUID.class).one().block();
    }

    private void nextMonth() {
        clock.advance(java.time.Duration.ofDays(31));
        payDueMonths.run().block();
        enter(sent(), reply(run(), "success")).is(200);
    }

    @Test
    void onlyTheCitysFinanceOfficeEntersAReturn() {
        enter(sent(), reply(run(), "success")).is(200);
        String item = item("paid");
        district().post(item + "/returns", returned()).is(403, "forbidden");
        citizen.post(item + "/returns", returned()).is(403, "forbidden");
        cashier().post("/payment-items/" + UUID.randomUUID() + "/returns", returned()).is(404, "not-found");
    }
}
