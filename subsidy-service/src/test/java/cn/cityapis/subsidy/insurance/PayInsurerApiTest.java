package cn.cityapis.subsidy.insurance;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.subsidy.Api;
import cn.cityapis.subsidy.Api.Answer;
import org.junit.jupiter.api.Test;

/** The insurer's account and each payment to it need two persons; what the bank sends back is paid again. */
class PayInsurerApiTest extends InsuranceScene {

    private static final String YES = "{\"confirmed\": true}";

    private Answer transferred() {
        appropriate();
        Answer three = opinion(city("c1"), inCityReview(), "finance").is(200);
        Answer approved = opinion(cityTalent("c2"), three, "talent").is(200);
        return city("cashier").post(path(approved) + "/transfers", null, approved).is(200);
    }

    private String reference(String what) {
        return "{\"bankReference\": \"" + what + person + "\", \"reason\": \"户名不符\"}";
    }

    private Answer enter(Answer filing, String what) {
        return district("f1").post(path(filing) + "/payments", reference(what).replace(", \"reason\": \"户名不符\"", ""),
                filing);
    }

    private Answer confirm(String by, Answer filing) {
        return district(by).post(path(filing) + "/payment-confirmations", YES, filing);
    }

    @Test
    void onePersonEntersThePaymentAnotherConfirmsIt() {
        Answer transferred = transferred();
        as("f0", "371002", "district", "talent").post(path(transferred) + "/payments", reference("P"), transferred)
                .is(403, "forbidden");
        Answer entered = enter(transferred, "P").is(200);
        assertThat(entered.text("/state")).isEqualTo("paying");
        consistent();
        confirm("f1", entered).is(409, "four-eyes");
        district("f2").post(path(entered) + "/payment-confirmations", "{\"confirmed\": false}", entered)
                .is(400, "validation-failed");
        Answer refused = district("f2").post(path(entered) + "/payment-confirmations",
                "{\"confirmed\": false, \"reason\": \"未发出\"}", entered).is(200);
        assertThat(refused.text("/state")).isEqualTo("transferred");
        Answer paid = confirm("f2", enter(refused, "P").is(200)).is(200);
        assertThat(paid.text("/state")).isEqualTo("paid");
        consistent();
    }

    @Test
    void whatTheBankSendsBackIsPaidAgain() {
        Answer paid = confirm("f2", enter(transferred(), "Q").is(200)).is(200);
        Answer back = district("f1").post(path(paid) + "/payment-returns", reference("V"), paid).is(200);
        assertThat(back.text("/state")).isEqualTo("transferred");
        consistent();
        enter(back, "Q").is(409, "repayment-booked");
        Answer again = confirm("f2", enter(back, "QQ").is(200)).is(200);
        assertThat(again.text("/state")).isEqualTo("paid");
        consistent();
        district("f1").post(path(again) + "/payment-returns", reference("V"), again).is(409, "repayment-booked");
    }

    @Test
    void theAccountIsReadInTheClearAndConfirmedByAnother() {
        String rounds = "/insurance-rounds/" + round.text("/id");
        Answer transferred = transferred();
        Answer payee = district("f1").get(path(transferred) + "/payee").is(200);
        assertThat(payee.text("/bankAccount")).isEqualTo("3700000000000000001");
        assertThat(payee.body().at("/confirmed").asBoolean()).isTrue();
        assertThat(database.sql("SELECT count(*) FROM audit_entry WHERE action = 'read-payee' AND resource_id = :id")
                .bind("id", transferred.text("/id")).mapValue(Long.class).one().block()).isEqualTo(1);
        districtTalent("f3").get(path(transferred) + "/payee").is(403, "forbidden");
        as("f4", "371003", "district", "finance").get(path(transferred) + "/payee").is(404, "not-found");
        Api officer = city("round-officer");
        String other = ACCOUNT.replace("0001", "0002");
        Answer corrected = officer.post(rounds + "/account-corrections", other).is(200);
        assertThat(corrected.body().at("/accountConfirmed").asBoolean()).isFalse();
        enter(transferred, "A").is(409, "filing-wrong-state");
        officer.post(rounds + "/account-confirmations", other).is(409, "four-eyes");
        city("round-officer-2").post(rounds + "/account-confirmations", ACCOUNT).is(400, "validation-failed");
        city("round-officer-2").post(rounds + "/account-confirmations", other).is(200);
        confirm("f2", enter(transferred, "A").is(200)).is(200);
        consistent();
    }
}
