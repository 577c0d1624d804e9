package cn.cityapis.subsidy.application;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.subsidy.Api.Answer;
import cn.cityapis.subsidy.csv.Csv;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What happens to a case between the making of its file and the sending of it. */
class SendingApiTest extends BankScene {

    private static final String BECAUSE = "{\"reason\": \"核实\"}";

    private Answer suspended() {
        return district().post(path(paying) + "/suspensions", BECAUSE, citizen.get(path(paying))).is(200);
    }

    private void resumed() {
        district().post(path(paying) + "/resumptions", BECAUSE, citizen.get(path(paying))).is(200);
    }

    private void leaves(String from) {
        district().post(path(paying) + "/fact-changes",
                "{\"from\": \"" + from + "\", \"facts\": {\"engagement\": \"none\"}}", citizen.get(path(paying)))
                .is(200);
    }

    private Answer runOf(Answer application, String month) {
        return cashier().get("/payment-runs/" + database
                .sql("SELECT run_id FROM payment_item WHERE application_id = :id AND month = :month")
                .bind("id", UUID.fromString(application.text("/id"))).bind("month", LocalDate.parse(month + "-01"))
                .mapValue(UUID.class).one().block()).is(200);
    }

    private Answer send(Answer run) {
        return cashier().post(at(run) + "/sendings", null, run).is(200);
    }

    @Test
    void thereIsNoFileBeforeItWasLookedAtAgain() {
        cashier().get(at(run()) + "/bank-file").is(409, "payment-run-wrong-state");
        Answer sent = send(run());
        assertThat(sent.body().at("/takenOut").size()).isZero();
        assertThat(HexFormat.of().formatHex(Csv.sha256(cashier().download(at(sent) + "/bank-file"))))
                .isEqualTo(sent.text("/digest"));
    }

    @Test
    void whatIsSuspendedIsHeldAndPaidOnceItGoesOn() {
        suspended();
        Answer cancelled = send(run());
        assertThat(cancelled.text("/state")).isEqualTo("cancelled");
        assertThat(cancelled.text("/takenOut/0/reason")).isEqualTo("申请已暂停发放");
        assertThat(cancelled.number("/takenOut/0/line")).isEqualTo(1);
        assertThat(cancelled.number("/totalFen")).isZero();
        cashier().get(at(cancelled) + "/bank-file").is(409, "payment-run-wrong-state");
        cashier().post(at(cancelled) + "/sendings", null, cancelled).is(409, "payment-run-wrong-state");
        assertThat(statement().at("/atBank/0/state").asString()).isEqualTo("held");
        assertThat(statement().at("/toComeFen").asLong()).isEqualTo(18_000_000);
        consistent();
        payDueMonths.run().block();
        assertThat(run().text("/id")).isEqualTo(cancelled.text("/id"));
        resumed();
        payDueMonths.run().block();
        payDueMonths.run().block();
        Answer again = run();
        assertThat(again.text("/kind")).isEqualTo("monthly");
        assertThat(again.text("/id")).isNotEqualTo(cancelled.text("/id"));
        enter(send(again), reply(again, "success")).is(200);
        assertThat(statement().at("/paidFen").asLong()).isEqualTo(500_000);
        consistent();
    }

    @Test
    void whatIsHeldIsWithheldIfItsConditionsDoNotHoldAnyMore() {
        suspended();
        send(run());
        leaves("2026-11-30");
        resumed();
        payDueMonths.run().block();
        assertThat(statement().at("/withheldFen").asLong()).isEqualTo(500_000);
        assertThat(statement().at("/atBank").size()).isZero();
        consistent();
    }

    @Test
    void whatIsHeldGoesBackToTheBudgetIfTheCaseIsEndedOrClaimedBack() {
        enter(send(run()), reply(run(), "success")).is(200);
        clock.advance(Duration.ofDays(31));
        payDueMonths.run().block();
        suspended();
        send(run());
        city().post(path(paying) + "/clawbacks", "{\"whole\": true, \"reason\": \"弄虚作假\"}",
                citizen.get(path(paying))).is(201);
        consistent();
        payDueMonths.run().block();
        assertThat(statement().at("/atBank").size()).isZero();
        assertThat(statement().at("/payments/1/reasons/0/condition").asString()).isEqualTo("clawed-back");
        consistent();
    }

    @Test
    void theOthersOfTheRunGoWithARenewedFile() {
        Answer other = paying;
        aPersonOfHisOwn();
        paying = approved();
        clock.advance(Duration.ofDays(45));
        payDueMonths.run().block();
        Answer run = runOf(paying, "2026-11");
        assertThat(runOf(other, "2026-12").text("/id")).isEqualTo(run.text("/id"));
        leaves("2026-11-30");
        Answer sent = send(run);
        assertThat(sent.text("/state")).isEqualTo("sent");
        int taken = sent.body().at("/takenOut").size();
        assertThat(taken).isPositive();
        assertThat(sent.number("/items")).isEqualTo(run.number("/items") - taken);
        assertThat(sent.number("/totalFen")).isEqualTo(run.number("/totalFen") - 500_000L * taken);
        assertThat(sent.text("/digest")).isNotEqualTo(run.text("/digest"));
        assertThat(sent.text("/takenOut/0/applicationId")).isEqualTo(paying.text("/id"));
        String file = new String(cashier().download(at(sent) + "/bank-file"), StandardCharsets.UTF_8);
        assertThat(file).contains(itemOf(other)).doesNotContain(sent.text("/takenOut/0/itemId"));
        List<List<String>> lines = Csv.read(file);
        assertThat(lines.subList(2, lines.size())).extracting(List::getFirst).containsExactlyElementsOf(
                IntStream.rangeClosed(1, (int) sent.number("/items")).mapToObj(Integer::toString).toList());
        assertThat(HexFormat.of().formatHex(Csv.sha256(file.getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(sent.text("/digest"));
        assertThat(enter(sent, reply(sent, "success")).is(200).text("/state")).isEqualTo("closed");
        assertThat(statement().at("/payments/0/reasons/0/condition").asString()).isEqualTo("still-engaged");
        consistent();
    }

    private String itemOf(Answer application) {
        return database.sql("SELECT id FROM payment_item WHERE application_id = :id ORDER BY month DESC LIMIT 1")
                .bind("id", UUID.fromString(application.text("/id"))).mapValue(UUID.class).one().block().toString();
    }

    @Test
    void aRetryDoesNotGoOutOfACaseThatWasClaimedBackSince() {
        enter(send(run()), reply(run(), "success")).is(200);
        clock.advance(Duration.ofDays(31));
        payDueMonths.run().block();
        failedItem();
        Answer retry = cashier().post(item("failed") + "/retries", "{}").is(201);
        city().post(path(paying) + "/clawbacks", "{\"whole\": true, \"reason\": \"弄虚作假\"}",
                citizen.get(path(paying))).is(201);
        consistent();
        assertThat(city().post(at(retry) + "/sendings", null, retry).is(200).text("/state")).isEqualTo("cancelled");
        assertThat(statement().at("/payments/1/outcome").asString()).isEqualTo("withheld");
        consistent();
    }

    @Test
    void aRetryOfASuspendedCaseComesBackToWhoOrderedIt() {
        failedItem();
        Answer retry = cashier().post(item("failed") + "/retries", "{}").is(201);
        suspended();
        city().post(at(retry) + "/sendings", null, retry).is(200);
        assertThat(statement().at("/atBank/0/state").asString()).isEqualTo("failed");
        consistent();
        String back = item("failed");
        cashier().post(back + "/retries", "{}").is(409, "application-wrong-state");
        resumed();
        Answer again = cashier().post(back + "/retries", "{}").is(201);
        assertThat(cashier().get(at(retry)).text("/state")).isEqualTo("cancelled");
        Answer sent = city().post(at(again) + "/sendings", null, again).is(200);
        enter(sent, reply(sent, "success")).is(200);
        assertThat(statement().at("/paidFen").asLong()).isEqualTo(500_000);
        consistent();
    }
}
