package cn.cityapis.subsidy.application;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.platform.test.Tokens;
import cn.cityapis.subsidy.Api;
import cn.cityapis.subsidy.Api.Answer;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A month that was withheld by mistake is paid after all, by two persons; paid months that were wrong are listed. */
class ReopenedApiTest extends BankScene {

    private static final String ASK = "{\"month\": \"2026-12\", \"reason\": \"录错了人\"}";
    private static final String APPROVE = "{\"approved\": true, \"reason\": \"已核对\"}";

    private String reopenings() {
        return path(paying) + "/reopenings";
    }

    private void engagement(String from, String value) {
        Api clerk = Api.as(port, Tokens.operator("clerk", "371002", "district").scopes("subsidy.read", "subsidy.decide")
                .token());
        clerk.post(path(paying) + "/fact-changes",
                "{\"from\": \"" + from + "\", \"facts\": {\"engagement\": \"" + value + "\"}}",
                citizen.get(path(paying))).is(200);
    }

    /** November is paid, December is withheld. */
    private void decemberWithheld() {
        enter(sent(), reply(run(), "success")).is(200);
        engagement("2026-12-01", "none");
        clock.advance(Duration.ofDays(31));
        payDueMonths.run().block();
        assertThat(statement().at("/withheldFen").asLong()).isEqualTo(500_000);
    }

    private String decision(Answer asked) {
        return reopenings() + "/" + asked.text("/id") + "/decisions";
    }

    @Test
    void aMonthWithheldByMistakeIsPaidAfterAllByTwoPersons() {
        decemberWithheld();
        district().post(reopenings(), "{\"month\": \"2026-13\"}").is(400, "validation-failed");
        district().post(reopenings(), ASK.replace("2026-12", "2026-11")).is(409, "application-wrong-state");
        citizen.post(reopenings(), ASK).is(403, "forbidden");
        Answer asked = twice(district(), reopenings(), ASK, null, 201);
        district().post(reopenings(), ASK).is(409, "application-wrong-state");
        district().post(decision(asked), APPROVE).is(409, "four-eyes");
        city().post(decision(asked), APPROVE).is(422, "not-entitled");
        engagement("2026-12-01", "employed-full-time");
        Answer approved = twice(city(), decision(asked), APPROVE, null, 200);
        assertThat(approved.text("/decision")).isEqualTo("approved");
        city().post(decision(asked), APPROVE).is(409, "application-wrong-state");
        assertThat(statement().at("/withheldFen").asLong()).isZero();
        assertThat(statement().at("/atBank/0/month").asString()).isEqualTo("2026-12");
        assertThat(statement().at("/toComeFen").asLong()).isEqualTo(17_500_000);
        consistent();
        payDueMonths.run().block();
        Answer run = run();
        assertThat(run.text("/state")).isEqualTo("file-made");
        enter(sent(), reply(run(), "success")).is(200);
        assertThat(statement().at("/paidFen").asLong()).isEqualTo(1_000_000);
        assertThat(statement().at("/payments").size()).isEqualTo(2);
        district().post(reopenings(), ASK).is(409, "application-wrong-state");
        assertThat(citizen.get(reopenings()).is(200).body().size()).isEqualTo(1);
        consistent();
    }

    @Test
    void whatTheBankGaveBackAndWasGivenUpIsReopenedTooAndARefusalChangesNothing() {
        cashier().post("/payment-items/" + failedItem().text("/items/0/id") + "/releases", "{\"reason\": \"注销\"}")
                .is(200);
        String ask = ASK.replace("2026-12", "2026-11");
        Answer refused = district().post(reopenings(), ask).is(201);
        city().post(decision(refused), APPROVE.replace("true", "false")).is(200);
        assertThat(statement().at("/withheldFen").asLong()).isEqualTo(500_000);
        consistent();
        Answer asked = district().post(reopenings(), ask).is(201);
        city().post(decision(asked), APPROVE).is(200);
        payDueMonths.run().block();
        enter(sent(), reply(run(), "success")).is(200);
        assertThat(statement().at("/paidFen").asLong()).isEqualTo(500_000);
        consistent();
    }

    @Test
    void nothingIsReopenedWhileItIsSuspended() {
        decemberWithheld();
        engagement("2026-12-01", "employed-full-time");
        Answer asked = district().post(reopenings(), ASK).is(201);
        district().post(path(paying) + "/suspensions", "{\"reason\": \"x\"}", citizen.get(path(paying))).is(200);
        city().post(decision(asked), APPROVE).is(409, "application-wrong-state");
        assertThat(statement().at("/withheldFen").asLong()).isEqualTo(500_000);
        city().post(reopenings() + "/" + UUID.randomUUID() + "/decisions", APPROVE).is(404, "not-found");
        Api.as(port, Tokens.operator("elsewhere", "371003", "district").scopes("subsidy.decide").token())
                .post(decision(asked), APPROVE).is(404, "not-found");
        consistent();
    }

    @Test
    void paidMonthsThatAFactChangeMakesWrongAreListed() {
        enter(sent(), reply(run(), "success")).is(200);
        clock.advance(Duration.ofDays(31));
        payDueMonths.run().block();
        String doubtful = path(paying) + "/doubtful-months";
        assertThat(district().get(doubtful).is(200).body().size()).isZero();
        engagement("2026-11-25", "none");
        Answer months = district().get(doubtful).is(200);
        assertThat(months.body().valueStream().map(month -> month.at("/month").asString() + " "
                + month.at("/paid").asBoolean())).containsExactly("2026-11 true", "2026-12 false");
        assertThat(months.text("/0/reasons/0/condition")).isEqualTo("still-engaged");
        citizen.get(doubtful).is(403, "forbidden");
        Api.as(port, Tokens.operator("elsewhere", "371003", "district").scopes("subsidy.decide").token()).get(doubtful)
                .is(404, "not-found");
    }
}
