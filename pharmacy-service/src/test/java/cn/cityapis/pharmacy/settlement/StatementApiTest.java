package cn.cityapis.pharmacy.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.pharmacy.Api;
import cn.cityapis.pharmacy.Api.Answer;
import cn.cityapis.pharmacy.Api.Who;
import cn.cityapis.pharmacy.TradeScene;
import cn.cityapis.platform.test.ServiceTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.JsonNode;

/** Months of a small trade, with the clock moved: what is owed, paid, credited, late. */
@ServiceTest(properties = {"demo.data=true", "test.database=of-statements", "pharmacy.jobs.first=PT24H"})
class StatementApiTest extends TradeScene {

    @Autowired
    WatchSettlements watch;

    @BeforeEach
    void empty() {
        for (String table : List.of("settlement_warning", "goods_return_line", "goods_return", "settlement_payment",
                "settlement_refund", "settlement", "notice")) {
            database.sql("DELETE FROM " + table).then().block();
        }
    }

    private String settlement(String delivery) {
        return "/settlements/" + chain.get(delivery).body().path("settlementId").asString();
    }

    private void pay(String settlement) {
        assertThat(chain.post(settlement + "/payment", Map.of("paidOn", LocalDate.now(clock).toString(), "reference",
                "P"), chain.get(settlement).tag()).status()).isEqualTo(200);
    }

    private JsonNode statement(String month) {
        return chain.get("/settlement-statements?month=" + month).body().at("/items/0");
    }

    private List<Long> figures(String month) {
        JsonNode s = statement(month);
        return List.of(s.path("openingFen").asLong(), s.path("acceptedFen").asLong(), s.path("creditedFen").asLong(),
                s.path("paidFen").asLong(), s.path("closingFen").asLong());
    }

    @Test
    void openingPlusWhatMovedIsClosingFromMonthToMonth() {
        at("2026-03-10");
        String first = accepted(acarbose(), 10);
        String second = accepted(acarbose(), 2);
        at("2026-04-05");
        pay(settlement(second));
        takenBack(first, 3);
        at("2026-05-20");
        pay(settlement(first));
        assertThat(figures("2026-03")).containsExactly(0L, 8820L, 0L, 0L, 8820L);
        assertThat(figures("2026-04")).containsExactly(8820L, 0L, 2205L, 1470L, 5145L);
        assertThat(figures("2026-05")).containsExactly(5145L, 0L, 0L, 5145L, 0L);
        JsonNode april = statement("2026-04");
        assertThat(april.path("due").asInt()).isEqualTo(2);
        assertThat(april.path("paidInTime").asInt()).isEqualTo(1);
        assertThat(april.path("paidInTimeBp").asInt()).isEqualTo(5000);
        assertThat(statement("2026-05").has("paidInTimeBp")).isFalse();
        assertThat(supplier.get("/settlement-statements?month=2026-04").body().path("items")).hasSize(1);
        for (Who other : List.of(Who.OTHER_CHAIN, Who.OTHER_SUPPLIER)) {
            assertThat(Api.as(port, other).get("/settlement-statements?month=2026-04").body().path("items")).isEmpty();
        }
        assertThat(chain.get("/settlement-statements?month=2026-13").errors()).containsKey("?month");
    }

    private Answer paid(String settlement, String day, @Nullable Long fen, @Nullable String difference) {
        Map<String, Object> body = new HashMap<>(Map.of("paidOn", day, "reference", "P-" + day));
        if (fen != null) {
            body.put("amountFen", fen);
        }
        if (difference != null) {
            body.put("difference", difference);
        }
        return chain.post(settlement + "/payment", body, chain.get(settlement).tag());
    }

    private static List<Long> sums(Answer of) {
        return Stream.of("payableFen", "paidFen", "refundedFen", "outstandingFen", "refundDueFen")
                .map(field -> of.body().path(field).asLong()).toList();
    }

    private Answer refund(String settlement, String day, long fen) {
        return supplier.post(settlement + "/refund", Map.of("amountFen", fen, "refundedOn", day, "reference", "R"),
                supplier.get(settlement).tag());
    }

    /** 147.00 is transferred, then 14.70 go back, then the payment is recorded: 14.70 are to be paid back, and are. */
    @Test
    void whatWasPaidBeforeAReturnIsPaidBackAndTheAccountsClose() {
        at("2026-03-10");
        String delivery = accepted(acarbose(), 20);
        String settlement = settlement(delivery);
        at("2026-03-12");
        takenBack(delivery, 2);
        at("2026-03-13");
        assertThat(paid(settlement, "2026-03-11", 14_700L, null).errors()).isEqualTo(Map.of("/amountFen", "differs"));
        assertThat(paid(settlement, "2026-03-11", 14_700L, "under").errors())
                .isEqualTo(Map.of("/amountFen", "differs"));
        assertThat(paid(settlement, "2026-03-11", null, "over").errors()).isEqualTo(Map.of("/difference", "differs"));
        assertThat(sums(paid(settlement, "2026-03-11", 14_700L, "over"))).containsExactly(13_230L, 14_700L, 0L, 0L,
                1_470L);
        at("2026-04-02");
        assertThat(refund(settlement, "2026-04-02", 1_471).errors()).isEqualTo(Map.of("/amountFen", "above-due"));
        assertThat(refund(settlement, "2026-04-03", 1_470).errors()).isEqualTo(Map.of("/refundedOn", "out-of-range"));
        assertThat(refund(settlement, "2026-03-09", 1_470).errors()).isEqualTo(Map.of("/refundedOn", "out-of-range"));
        assertThat(sums(refund(settlement, "2026-03-31", 470))).containsExactly(13_230L, 14_700L, 470L, 0L, 1_000L);
        assertThat(supplier.post(settlement + "/reversal", Map.of("reason", "r"), supplier.get(settlement).tag())
                .code()).isEqualTo("settlement-state");
        Answer closed = refund(settlement, "2026-04-02", 1_000);
        assertThat(sums(closed)).containsExactly(13_230L, 14_700L, 1_470L, 0L, 0L);
        assertThat(closed.body().path("refunds")).hasSize(2);
        assertThat(figures("2026-03")).containsExactly(0L, 14_700L, 1_470L, 14_700L, -1_470L);
        assertThat(figures("2026-04")).containsExactly(-1_470L, 0L, 0L, 0L, 0L);
        assertThat(statement("2026-04").path("refundedFen").asLong()).isEqualTo(1_470);
    }

    /** What is paid in parts is owed until the last of them; a return may make up for it. */
    @Test
    void aPartIsNotAll() {
        at("2026-03-10");
        String delivery = accepted(acarbose(), 10);
        String settlement = settlement(delivery);
        Answer part = paid(settlement, "2026-03-10", 5_000L, "under");
        assertThat(part.body().path("state").asString()).isEqualTo("due");
        assertThat(part.body().has("paidOn")).isFalse();
        assertThat(sums(part)).containsExactly(7_350L, 5_000L, 0L, 2_350L, 0L);
        at("2026-04-11");
        assertThat(chain.get(settlement).body().path("overdue").asBoolean()).isTrue();
        assertThat(watch.sweep().block()).isEqualTo(1);
        assertThat(paid(settlement, "2026-04-11", 1_000L, "under").body().path("payments")).hasSize(2);
        takenBack(delivery, 3);
        assertThat(sums(chain.get(settlement))).containsExactly(5_145L, 6_000L, 0L, 0L, 855L);
        JsonNode settled = chain.get(settlement).body();
        assertThat(settled.path("state").asString() + settled.path("paidOn").asString()).isEqualTo("paid2026-04-11");
        assertThat(settled.path("paidInTime").asBoolean(true)).isFalse();
        assertThat(settled.path("reference").asString()).isEqualTo("P-2026-04-11");
    }

    /** Due on 9 April, when 22.05 were open; that they are not owed any more from 20 May on does not make them paid by then. */
    @Test
    void whatAReturnSettlesAfterTheLastDayIsLateAndWhatItSettlesBeforeIsNot() {
        at("2026-03-10");
        String late = accepted(acarbose(), 10);
        String inTime = accepted(acarbose(), 10);
        for (String delivery : List.of(late, inTime)) {
            paid(settlement(delivery), "2026-03-10", 5_145L, "under");
        }
        at("2026-04-09");
        takenBack(inTime, 3);
        assertThat(settledOn(inTime)).isEqualTo("2026-04-09 true");
        at("2026-05-20");
        takenBack(late, 3);
        assertThat(settledOn(late)).isEqualTo("2026-05-20 false");
        assertThat(statement("2026-04").path("due").asInt()).isEqualTo(2);
        assertThat(statement("2026-04").path("paidInTime").asInt()).isEqualTo(1);
    }

    /** Neither a later return nor what is paid back for it moves the day on which all that was owed had been paid. */
    @Test
    void theDayOfPaymentStaysWhenGoodsGoBackAndTheMoneyToo() {
        at("2026-03-10");
        String delivery = accepted(acarbose(), 10);
        String settlement = settlement(delivery);
        paid(settlement, "2026-03-10", 8_085L, "over");
        at("2026-03-20");
        refund(settlement, "2026-03-20", 735);
        at("2026-05-20");
        takenBack(delivery, 3);
        assertThat(settledOn(delivery)).isEqualTo("2026-03-10 true");
        refund(settlement, "2026-05-20", 2_205);
        takenBack(delivery, 1);
        assertThat(settledOn(delivery)).isEqualTo("2026-03-10 true");
        assertThat(sums(chain.get(settlement))).containsExactly(4_410L, 8_085L, 2_940L, 0L, 735L);
    }

    /** The version before took the day of the last payment for it, whatever was still open then. */
    @Test
    void whatAReturnHadSettledIsFoundByTheMigration() throws IOException {
        at("2026-03-10");
        String delivery = accepted(acarbose(), 10);
        String untouched = accepted(acarbose(), 10);
        paid(settlement(delivery), "2026-03-10", 5_145L, "under");
        paid(settlement(untouched), "2026-03-10", null, null);
        at("2026-05-20");
        takenBack(delivery, 3);
        takenBack(untouched, 3);
        database.sql("UPDATE settlement SET paid_on = '2026-03-10'").then().block();
        assertThat(settledOn(delivery)).isEqualTo("2026-03-10 true");
        database.sql(new ClassPathResource("db/migration/V51__settled_by_a_return.sql")
                .getContentAsString(StandardCharsets.UTF_8)).then().block();
        assertThat(settledOn(delivery)).isEqualTo("2026-05-20 false");
        assertThat(settledOn(untouched)).isEqualTo("2026-03-10 true");
    }

    private String settledOn(String delivery) {
        JsonNode settlement = chain.get(settlement(delivery)).body();
        assertThat(settlement.path("state").asString()).isEqualTo("paid");
        return settlement.path("paidOn").asString() + " " + settlement.path("paidInTime").asBoolean();
    }

    /** Of two payments that stand the one that was recorded last is taken away; the other may be confirmed, it may not. */
    @Test
    void theLastPaymentIsReversedFirst() {
        at("2026-03-10");
        String settlement = settlement(accepted(acarbose(), 10));
        paid(settlement, "2026-03-10", 5_000L, "under");
        at("2026-03-11");
        paid(settlement, "2026-03-11", 2_000L, "under");
        Answer reversed = supplier.post(settlement + "/reversal", Map.of("reason", "没有收到"),
                supplier.get(settlement).tag());
        assertThat(sums(reversed)).containsExactly(7_350L, 5_000L, 0L, 2_350L, 0L);
        assertThat(reversed.body().at("/payments/1/reversedOn").asString()).isEqualTo("2026-03-11");
        JsonNode confirmed = supplier.post(settlement + "/receipt", null, reversed.tag()).body();
        assertThat(confirmed.at("/payments/0/confirmedOn").asString()).isEqualTo("2026-03-11");
        assertThat(confirmed.at("/payments/1").has("confirmedOn")).isFalse();
    }

    /** What was paid too much was paid back; then it turns out that the payment had not been made: both are owed. */
    @Test
    void whatWasPaidBackIsOwedAgainWhereThePaymentWasNotMade() {
        at("2026-03-10");
        String settlement = settlement(accepted(acarbose(), 10));
        paid(settlement, "2026-03-10", 5_000L, "under");
        assertThat(sums(paid(settlement, "2026-03-10", 2_850L, "over"))).containsExactly(7_350L, 7_850L, 0L, 0L, 500L);
        refund(settlement, "2026-03-10", 500);
        Answer reversed = supplier.post(settlement + "/reversal", Map.of("reason", "没有收到"),
                supplier.get(settlement).tag());
        assertThat(sums(reversed)).containsExactly(7_350L, 5_000L, 500L, 2_850L, 0L);
        Answer part = paid(settlement, "2026-03-10", 2_350L, "under");
        assertThat(sums(part)).containsExactly(7_350L, 7_350L, 500L, 500L, 0L);
        assertThat(part.body().path("state").asString()).isEqualTo("due");
        assertThat(paid(settlement, "2026-03-10", null, null).body().path("state").asString()).isEqualTo("paid");
        assertThat(figures("2026-03")).containsExactly(0L, 7_350L, 0L, 7_850L, 0L);
    }

    /** Due on 9 April. That it was paid on the last day is said on 20 May only: that is for the supplier to confirm. */
    @Test
    void aDayThatIsSaidLateCountsOnceItIsConfirmedAndMovesNoMonthThatHasEnded() {
        at("2026-03-10");
        String settlement = settlement(accepted(acarbose(), 10));
        at("2026-05-20");
        JsonNode april = statement("2026-04");
        Answer said = paid(settlement, "2026-04-09", null, null);
        assertThat(said.body().at("/payments/0/recordedOn").asString()).isEqualTo("2026-05-20");
        assertThat(said.body().path("paidInTime").asBoolean(true)).isFalse();
        assertThat(figures("2026-04")).containsExactly(7_350L, 0L, 0L, 0L, 7_350L);
        assertThat(figures("2026-05")).containsExactly(7_350L, 0L, 0L, 7_350L, 0L);
        assertThat(statement("2026-04").path("paidInTime").asInt()).isEqualTo(april.path("paidInTime").asInt())
                .isZero();
        Answer confirmed = supplier.post(settlement + "/receipt", null, said.tag());
        assertThat(confirmed.body().path("paidInTime").asBoolean()).isTrue();
        assertThat(confirmed.body().at("/payments/0/confirmedOn").asString()).isEqualTo("2026-05-20");
        assertThat(statement("2026-04").path("paidInTime").asInt()).isEqualTo(1);
        assertThat(supplier.post(settlement + "/receipt", null, confirmed.tag()).code()).isEqualTo("settlement-state");
        assertThat(supplier.post(settlement + "/receipt", null, said.tag()).status()).isEqualTo(412);
    }

    @Test
    void aPaymentThatWasNotMadeIsReversedWithAReasonAndTheMonthItWasSaidInStays() {
        at("2026-03-10");
        String settlement = settlement(accepted(acarbose(), 10));
        pay(settlement);
        at("2026-04-02");
        assertThat(Api.as(port, Who.OTHER_SUPPLIER).post(settlement + "/reversal", Map.of("reason", "r"), "\"1\"")
                .status()).isEqualTo(404);
        Answer reversed = supplier.post(settlement + "/reversal", Map.of("reason", "没有收到"),
                supplier.get(settlement).tag());
        assertThat(reversed.body().path("state").asString()).as("%s", reversed).isEqualTo("due");
        assertThat(sums(reversed)).containsExactly(7_350L, 0L, 0L, 7_350L, 0L);
        assertThat(reversed.body().at("/payments/0/reversalReason").asString()).isEqualTo("没有收到");
        assertThat(figures("2026-03")).containsExactly(0L, 7_350L, 0L, 7_350L, 0L);
        assertThat(figures("2026-04")).containsExactly(0L, 0L, 0L, -7_350L, 7_350L);
        assertThat(
                count("SELECT count(*) FROM notice WHERE recipient = 'demo-chain-1' AND kind = 'settlement-reversed'"))
                .isEqualTo(1);
        assertThat(supplier.post(settlement + "/reversal", Map.of("reason", "r"), reversed.tag()).code())
                .isEqualTo("settlement-state");
        pay(settlement);
        Answer byOffice = Api.as(port, Who.CITY).post(settlement + "/office-reversal", Map.of("reason", "登记错了"),
                chain.get(settlement).tag());
        assertThat(byOffice.body().path("payments")).as("%s", byOffice).hasSize(2);
        pay(settlement);
        assertThat(chain.get(settlement).body().path("state").asString()).isEqualTo("paid");
    }

    /** Accepted in December, due on a day of a year that nobody has announced: paid after it is not late. */
    @Test
    void nothingIsLateOnAProvisionalDay() {
        at("2026-12-05");
        String late = settlement(accepted(acarbose(), 3));
        String early = settlement(accepted(acarbose(), 4));
        pay(early);
        at("2027-02-10");
        pay(late);
        assertThat(chain.get(late).body().path("provisional").asBoolean()).isTrue();
        JsonNode january = statement("2027-01");
        assertThat(january.path("due").asInt()).isEqualTo(1);
        assertThat(january.path("paidInTimeBp").asInt()).isEqualTo(10_000);
    }

    /** As a replica of the version before marks it, and as earlier migrations found it. */
    @Test
    void whatIsMarkedPaidWithoutAPaymentHasOne() {
        at("2026-03-10");
        String settlement = settlement(accepted(acarbose(), 10));
        database.sql("""
                UPDATE settlement SET state = 'paid', paid_on = '2026-03-11', reference = 'OLD', version = version + 1,
                       paid_fen = amount_fen - credited_fen
                """).then().block();
        assertThat(chain.get(settlement).body().at("/payments/0/amountFen").asLong()).isEqualTo(7_350);
        assertThat(figures("2026-03")).containsExactly(0L, 7_350L, 0L, 7_350L, 0L);
        assertThat(sums(supplier.post(settlement + "/reversal", Map.of("reason", "r"), chain.get(settlement).tag())))
                .containsExactly(7_350L, 0L, 0L, 7_350L, 0L);
    }

    private long count(String sql) {
        return Objects.requireNonNull(database.sql(sql).map(r -> r.get(0, Long.class)).one().block());
    }

    /** Accepted on 2026-03-10: due on Thursday, 2026-04-09. */
    @Test
    void isWarnedOfOnceInEachStageWithItsDays() {
        at("2026-03-10");
        String delivery = accepted(acarbose(), 10);
        String settlement = settlement(delivery);
        assertThat(chain.get(settlement).body().path("dueOn").asString()).isEqualTo("2026-04-09");
        at("2026-04-03");
        assertThat(watch.sweep().block()).isZero();
        at("2026-04-04");
        assertThat(watch.sweep().block()).isEqualTo(1);
        assertThat(watch.sweep().block()).isZero();
        at("2026-04-10");
        assertThat(watch.sweep().block()).isEqualTo(1);
        at("2026-05-20");
        assertThat(chain.get(settlement).body().path("overdueDays").asInt()).isEqualTo(41);
        for (String found : List.of("overdue=true", "state=due&provisional=false", "dueMonth=2026-04")) {
            assertThat(chain.get("/settlements?" + found).body().at("/items/0/settlementId").asString())
                    .as(found).isEqualTo(settlement.substring("/settlements/".length()));
        }
        for (String other : List.of("overdue=false", "provisional=true", "dueMonth=2026-03", "dueMonth=2026-05")) {
            assertThat(chain.get("/settlements?" + other).body().path("items")).as(other).isEmpty();
        }
        assertThat(chain.get("/settlements?dueMonth=2026-13").errors()).isEqualTo(Map.of("?dueMonth", "wrong-type"));
        assertThat(watch.sweep().block()).isEqualTo(1);
        assertThat(watch.sweep().block()).isZero();
        assertThat(count("SELECT count(*) FROM notice WHERE recipient = 'demo-chain-1'")).isEqualTo(3);
        assertThat(count("SELECT count(*) FROM notice WHERE content LIKE '%逾期 41 天%'")).isEqualTo(3);
        assertThat(count("SELECT count(*) FROM notice WHERE recipient = '371000'")).isEqualTo(2);
        assertThat(count("SELECT count(*) FROM outbox WHERE type = 'pharmacy.settlement.overdue' AND subject = '"
                + settlement.substring(1) + "'")).isEqualTo(2);
        assertThat(statement("2026-05").path("overdue").asInt()).isEqualTo(1);
        pay(settlement);
        at("2026-08-01");
        assertThat(watch.sweep().block()).isZero();
    }

    /** Nothing is owed of it, so nobody is late, though nobody has paid. */
    @Test
    void whatWentBackWholeIsNeitherDueNorWarnedOf() {
        at("2026-03-10");
        String delivery = accepted(acarbose(), 10);
        takenBack(delivery, 10);
        at("2026-04-20");
        assertThat(watch.sweep().block()).isZero();
        assertThat(chain.get(settlement(delivery)).body().path("overdue").asBoolean(true)).isFalse();
        assertThat(chain.get("/settlements?overdue=true").body().path("items")).isEmpty();
        JsonNode april = statement("2026-04");
        assertThat(april.path("overdue").asInt() + april.path("due").asInt()).isZero();
    }

    /** Two replicas sweep at once: still one warning. */
    @Test
    void twoAtOnceWarnOnce() {
        at("2026-03-10");
        accepted(acarbose(), 1);
        at("2026-05-01");
        assertThat(
                reactor.core.publisher.Mono.zip(watch.sweep(), watch.sweep()).map(t -> t.getT1() + t.getT2()).block())
                .isLessThanOrEqualTo(2);
        assertThat(count("SELECT count(*) FROM settlement_warning")).isEqualTo(1);
        assertThat(count("SELECT count(*) FROM notice WHERE recipient = 'demo-chain-1'")).isEqualTo(1);
    }
}
