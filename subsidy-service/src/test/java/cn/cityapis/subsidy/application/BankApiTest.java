package cn.cityapis.subsidy.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.cityapis.platform.test.Tokens;
import cn.cityapis.subsidy.Api;
import cn.cityapis.subsidy.Api.Answer;
import cn.cityapis.subsidy.csv.Csv;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A month's run from the order to the bank's reply, and what happens to a payment that did not arrive. */
class BankApiTest extends BankScene {

    private Api finance(String area) {
        return Api.as(port, Tokens.operator("finance-" + area, area, "finance").scopes("subsidy.read", "subsidy.decide")
                .token());
    }

    @Test
    void isPaidWhenTheBankSaysSoAndNotBefore() {
        Answer run = run();
        assertThat(run.text("/state")).isEqualTo("file-made");
        assertThat(statement().at("/paidFen").asLong()).isZero();
        assertThat(statement().at("/atBank/0/state").asString()).isEqualTo("pending");
        assertThat(statement().at("/toComeFen").asLong()).isEqualTo(18_000_000);
        consistent();
        assertThat(cashier().get(at(run) + "/items").body().toString()).doesNotContain("李明")
                .doesNotContain("6222020000000000123");
        assertThat(database.sql("SELECT encode(account_sealed, 'escape') FROM payment_item LIMIT 1")
                .mapValue(String.class).one().block()).doesNotContain("6222020");
        enter(run, "batch").is(409, "payment-run-wrong-state");
        Answer sent = sent();
        byte[] file = cashier().download(at(run) + "/bank-file");
        assertThat(HexFormat.of().formatHex(Csv.sha256(file))).isEqualTo(run.text("/digest"));
        assertThat(new String(file, StandardCharsets.UTF_8)).contains("李明,6222020000000000123,5000.00");
        Answer closed = enter(sent, reply(run, "success")).is(200);
        assertThat(closed.text("/state")).isEqualTo("closed");
        assertThat(statement().at("/paidFen").asLong()).isEqualTo(500_000);
        assertThat(statement().at("/payments/0/month").asString()).isEqualTo("2026-11");
        consistent();
    }

    /** As after a version with another title was published: what the file says was fixed when it was made. */
    @Test
    void theFileStaysTheSameWhateverTheSchemeIsCalledByNow() {
        Answer sent = sent();
        assertThat(sent.text("/purpose")).isEqualTo("人才生活津贴");
        database.sql("UPDATE payment_run SET purpose = '旧名称' WHERE id = :id")
                .bind("id", UUID.fromString(sent.text("/id"))).then().block();
        assertThat(new String(cashier().download(at(sent) + "/bank-file"), StandardCharsets.UTF_8))
                .contains(",旧名称 2026-11\r\n").doesNotContain("人才生活津贴");
    }

    @Test
    void theSameRunAndTheSameFileTwicePayOnce() {
        Answer sent = sent();
        payDueMonths.run().block();
        payDueMonths.run().block();
        assertThat(run().text("/id")).isEqualTo(sent.text("/id"));
        String reply = reply(sent, "success");
        Answer closed = enter(sent, reply).is(200);
        Answer again = enter(closed, reply).is(200);
        assertThat(again.etag()).isEqualTo(closed.etag());
        enter(closed, reply.replace("success", "failed")).is(409, "payment-run-wrong-state");
        assertThat(statement().at("/paidFen").asLong()).isEqualTo(500_000);
        consistent();
    }

    @Test
    void aReplyThatDoesNotMatchIsRefusedAsAWholeWithAllReasons() {
        Answer sent = sent();
        String good = reply(sent, "success");
        Answer wrong = enter(sent, good.replace("5000.00", "5000.01").replace("success", "maybe")
                .replace(sent.text("/digest"), "00") + "9,x,1,success,,R\n").is(422, "bank-reply-mismatch");
        assertThat(wrong.pointers()).containsExactlyInAnyOrder("/batch/digest", "/lines/3/amount", "/lines/3/result",
                "/lines/4/line");
        enter(sent, "\u0000").is(422, "bank-reply-mismatch");
        cashier().upload(at(sent) + "/replies", new byte[]{(byte) 0xFF, (byte) 0xFE}, "text/csv", sent, "k1")
                .is(422, "bank-reply-mismatch");
        cashier().upload(at(sent) + "/replies", new byte[8_400_000], "text/csv", sent, "k2").is(413, "file-too-large");
        cashier().upload(at(sent) + "/replies", good.getBytes(StandardCharsets.UTF_8), "application/pdf", sent, "k3")
                .is(415, "unsupported-media-type");
        assertThat(statement().at("/atBank/0/state").asString()).isEqualTo("pending");
        assertThat(run().text("/state")).isEqualTo("sent");
        enter(sent, good).is(200);
    }

    @Test
    void aFailedPaymentIsSentAgainAloneByTwoPersons() {
        Answer items = failedItem();
        assertThat(statement().at("/atBank/0/state").asString()).isEqualTo("failed");
        consistent();
        String item = "/payment-items/" + items.text("/items/0/id");
        cashier().post(item + "/retries", "{\"bankAccount\": \"12\"}").is(400, "validation-failed");
        Answer retry = cashier().post(item + "/retries", "{\"bankAccount\": \"6222020000000000999\"}").is(201);
        assertThat(retry.text("/kind")).isEqualTo("retry");
        cashier().post(item + "/retries", "{}").is(409, "payment-run-wrong-state");
        assertThat(cashier().get("/payment-runs/" + items.text("/items/0/runId")).text("/state")).isEqualTo("closed");
        cashier().post(at(retry) + "/sendings", null, retry).is(409, "four-eyes");
        assertThat(district().get(path(paying) + "/applicant").text("/bankAccount"))
                .isEqualTo("6222020000000000123");
        Answer sent = city().post(at(retry) + "/sendings", null, retry).is(200);
        assertThat(new String(cashier().download(at(retry) + "/bank-file"), StandardCharsets.UTF_8))
                .contains("6222020000000000999");
        enter(sent, reply(sent, "success")).is(200);
        assertThat(statement().at("/paidFen").asLong()).isEqualTo(500_000);
        assertThat(district().get(path(paying) + "/applicant").text("/bankAccount"))
                .isEqualTo("6222020000000000999");
        consistent();
    }

    @Test
    void aPaymentThatCannotBeMadeGoesBackToTheBudget() {
        String item = "/payment-items/" + failedItem().text("/items/0/id");
        Answer released = cashier().post(item + "/releases", "{\"reason\": \"账户注销\"}").is(200);
        assertThat(released.text("/state")).isEqualTo("released");
        assertThat(statement().at("/withheldFen").asLong()).isEqualTo(500_000);
        assertThat(statement().at("/payments/0/reasons/0/text").asString()).isEqualTo("账户注销");
        cashier().post(item + "/releases", "{\"reason\": \"x\"}").is(409, "payment-run-wrong-state");
        consistent();
    }

    @Test
    void paidMoneyIsClaimedBackInPartAndAsAWhole() {
        enter(sent(), reply(run(), "success")).is(200);
        String claims = path(paying) + "/clawbacks";
        Answer now = citizen.get(path(paying));
        city().post(claims, "{\"whole\": false, \"reason\": \"x\"}", now).is(400, "validation-failed");
        city().post(claims, "{\"whole\": true, \"amountFen\": 1, \"reason\": \"x\"}", now).is(400,
                "validation-failed");
        city().post(claims, "{\"whole\": false, \"amountFen\": 500001, \"reason\": \"x\"}", now)
                .is(422, "amount-beyond-range");
        Answer part = city().post(claims, "{\"whole\": false, \"amountFen\": 100001, \"reason\": \"多领\"}", now).is(201);
        city().post(claims, "{\"whole\": true, \"reason\": \"x\"}", now).is(412, "stale");
        String repayments = claims + "/" + part.text("/id") + "/repayments";
        city().post(repayments, "{\"amountFen\": 1, \"bankReference\": \"A1\"}").is(409, "four-eyes");
        assertThatThrownBy(() -> database.sql("""
                INSERT INTO repayment
                SELECT gen_random_uuid(), id, 1, 'A0', decided_by, now(), transaction_id FROM clawback WHERE id = :id
                """).bind("id", UUID.fromString(part.text("/id"))).then().block())
                .hasMessageContaining("repayment_four_eyes");
        finance("371003").post(repayments, "{\"amountFen\": 1, \"bankReference\": \"A1\"}").is(404, "not-found");
        district().post(repayments, "{\"amountFen\": 1, \"bankReference\": \"A1\"}").is(403, "forbidden");
        for (Api who : List.of(cashier(), finance("371002"))) {
            assertThat(who.get(claims).is(200).text("/0/id")).isEqualTo(part.text("/id"));
            assertThat(who.get(path(paying) + "/statement").is(200).number("/paidFen")).isEqualTo(500_000);
        }
        finance("371003").get(claims).is(404, "not-found");
        finance("371003").get(path(paying) + "/statement").is(404, "not-found");
        cashier().get(path(paying)).is(404, "not-found");
        cashier().post(repayments, "{\"amountFen\": 100002, \"bankReference\": \"A1\"}").is(422, "amount-beyond-range");
        Answer repaid = cashier().post(repayments, "{\"amountFen\": 100000, \"bankReference\": \"A1\"}").is(201);
        assertThat(repaid.number("/repaidFen")).isEqualTo(100_000);
        finance("371002").post(repayments, "{\"amountFen\": 1, \"bankReference\": \"A1\"}").is(409, "repayment-booked");
        consistent();
        Answer whole = city().post(claims, "{\"whole\": true, \"reason\": \"弄虚作假\"}", citizen.get(path(paying)))
                .is(201);
        assertThat(whole.number("/amountFen")).isEqualTo(399_999);
        assertThat(statement().at("/state").asString()).isEqualTo("clawed-back");
        assertThat(statement().at("/toComeFen").asLong()).isZero();
        assertThat(statement().at("/claimedFen").asLong()).isEqualTo(500_000);
        city().post(claims, "{\"whole\": true, \"reason\": \"x\"}", citizen.get(path(paying)))
                .is(422, "amount-beyond-range");
        clock.advance(Duration.ofDays(60));
        payDueMonths.run().block();
        assertThat(statement().at("/payments").size()).isEqualTo(1);
        consistent();
    }

    @Test
    void thePersonAndTheOfficesSeeTheSameSums() {
        enter(sent(), reply(run(), "success")).is(200);
        Answer mine = citizen.get("/statements").is(200);
        assertThat(mine.number("/paidFen")).isEqualTo(500_000);
        assertThat(mine.body().at("/items").size()).isEqualTo(1);
        Answer report = city().get("/reports/years?year=2026").is(200);
        report.body().at("/items").forEach(line -> assertThat(line.path("appropriatedFen").asLong())
                .isEqualTo(line.path("availableFen").asLong() + line.path("committedFen").asLong()
                        + line.path("inTransitFen").asLong() + line.path("paidFen").asLong()
                        + line.path("receivableFen").asLong()));
        assertThat(district().get("/reports/years?year=2026").is(200).body().at("/items").valueStream()
                .map(line -> line.path("areaCode").asString()).distinct()).containsExactly("371002");
        assertThat(Api.as(port, Tokens.operator("elsewhere", "371003", "finance").scopes("subsidy.decide").token())
                .get("/reports/years?year=2026").is(200).body().at("/items").valueStream()
                .map(line -> line.path("areaCode").asString()).filter(area -> !area.equals("371003"))).isEmpty();
        assertThat(new String(city().download("/reports/years/csv?year=2026"), StandardCharsets.UTF_8))
                .contains("talent-living-allowance,371002,区市");
        assertThat(city().download("/reports/years/xlsx?year=2026")).startsWith('P', 'K');
        city().get("/reports/years?year=1999").is(400, "validation-failed");
        citizen.get("/reports/years?year=2026").is(403, "forbidden");
    }

    @Test
    void onlyTheCitysFinanceOffice() {
        Answer run = run();
        Api other = Api.as(port, Tokens.operator("elsewhere", "371002", "finance")
                .scopes("subsidy.read", "subsidy.decide").token());
        for (String path : List.of("/payment-runs", at(run), at(run) + "/items", at(run) + "/bank-file")) {
            other.get(path).is(404, "not-found");
        }
        other.post(at(run) + "/sendings", null, run).is(404, "not-found");
        other.post("/payment-items/" + UUID.randomUUID() + "/retries", "{}").is(404, "not-found");
        other.post("/ledger/transactions/" + UUID.randomUUID() + "/reversals", "{\"memo\": \"x\"}")
                .is(404, "not-found");
    }

    private static String appropriation(String party, String area) {
        return "{\"schemeId\": \"talent-living-allowance\", \"year\": 2031, \"party\": \"" + party
                + "\", \"areaCode\": \"" + area + "\", \"amountFen\": 100, \"memo\": \"x\"}";
    }

    @Test
    void aDistrictsFinanceOfficeFillsItsOwnBudgetOnly() {
        Api district = Api.as(port, Tokens.operator("elsewhere", "371002", "finance")
                .scopes("subsidy.read", "subsidy.decide").token());
        String path = "/ledger/appropriations";
        district.post(path, appropriation("city", "371000")).is(403, "forbidden");
        district.post(path, appropriation("district", "371003")).is(403, "forbidden");
        district.post(path, appropriation("district", "371002")).is(201);
        Api.as(port, Tokens.operator("nobody", "a-company", "finance").scopes("subsidy.decide").token())
                .post(path, appropriation("district", "371002")).is(403, "forbidden");
    }

    @Test
    void everyStepRepeatedIsDoneOnce() {
        Answer budget = city()
                .post("/ledger/appropriations", "{\"schemeId\": \"talent-living-allowance\", \"year\": 2026, "
                        + "\"party\": \"city\", \"areaCode\": \"371000\", \"amountFen\": 7, \"memo\": \"x\"}")
                .is(201);
        twice(city(), "/ledger/transactions/" + budget.text("/transactionId") + "/reversals", "{\"memo\": \"x\"}",
                null, 201);
        Answer sent = twice(cashier(), at(run()) + "/sendings", null, run(), 200);
        byte[] reply = reply(sent, "failed").getBytes(StandardCharsets.UTF_8);
        cashier().upload(at(sent) + "/replies", reply, "text/csv", sent, UUID.randomUUID().toString()).is(200);
        String item = cashier().get(at(sent) + "/items").text("/items/0/id");
        Answer retry = twice(city(), "/payment-items/" + item + "/retries", "{}", null, 201);
        Answer again = cashier().post(at(retry) + "/sendings", null, retry).is(200);
        String key = UUID.randomUUID().toString();
        byte[] second = reply(again, "failed").getBytes(StandardCharsets.UTF_8);
        Answer first = cashier().upload(at(again) + "/replies", second, "text/csv", again, key).is(200);
        assertThat(cashier().upload(at(again) + "/replies", second, "text/csv", again, key))
                .isEqualTo(new Answer(200, first.body(), first.etag(), true));
        cashier().upload(at(again) + "/replies", reply, "text/csv", again, key).is(422, "idempotency-key-reused");
        String other = cashier().get(at(retry) + "/items").text("/items/0/id");
        twice(city(), "/payment-items/" + other + "/releases", "{\"reason\": \"x\"}", null, 200);
        clock.advance(Duration.ofDays(31));
        payDueMonths.run().block();
        enter(sent(), reply(run(), "success")).is(200);
        Answer claim = twice(city(), path(paying) + "/clawbacks", "{\"whole\": true, \"reason\": \"x\"}",
                citizen.get(path(paying)), 201);
        twice(cashier(), path(paying) + "/clawbacks/" + claim.text("/id") + "/repayments",
                "{\"amountFen\": 1, \"bankReference\": \"B" + UUID.randomUUID() + "\"}", null, 201);
        consistent();
    }
}
