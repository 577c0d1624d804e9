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

    @Test
    void whatIsClaimedBackComesBackAsARepayment() {
        enter(sent(), reply(run(), "success")).is(200);
        String claims = path(paying) + "/clawbacks";
        Answer claim = city().post(claims, "{\"whole\": false, \"amountFen\": 1, \"reason\": \"多领\"}",
                citizen.get(path(paying))).is(201);
        cashier().post(item("paid") + "/returns", returned()).is(422, "amount-beyond-range");
        assertThat(statement().at("/paidFen").asLong()).isEqualTo(500_000);
        cashier().post(claims + "/" + claim.text("/id") + "/repayments",
                "{\"amountFen\": 1, \"bankReference\": \"" + credit + "\"}").is(201);
        consistent();
        clock.advance(java.time.Duration.ofDays(31));
        payDueMonths.run().block();
        enter(sent(), reply(run(), "success")).is(200);
        String december = "/payment-items/" + database.sql("""
                SELECT id FROM payment_item WHERE application_id = :id ORDER BY month DESC LIMIT 1
                """).bind("id", UUID.fromString(paying.text("/id"))).mapValue(UUID.class).one().block();
        cashier().post(december + "/returns", returned()).is(409, "repayment-booked");
        cashier().post(december + "/returns", returned().replace(credit, credit + "x")).is(200);
        city().post(claims, "{\"whole\": false, \"amountFen\": 1, \"reason\": \"多领\"}", citizen.get(path(paying)))
                .is(201);
        consistent();
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
