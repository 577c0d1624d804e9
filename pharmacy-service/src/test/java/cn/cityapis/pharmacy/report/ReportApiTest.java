package cn.cityapis.pharmacy.report;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.pharmacy.Api;
import cn.cityapis.pharmacy.Api.Answer;
import cn.cityapis.pharmacy.Api.Who;
import cn.cityapis.pharmacy.TradeScene;
import cn.cityapis.pharmacy.table.Xlsx;
import cn.cityapis.platform.test.Apis;
import cn.cityapis.platform.test.ServiceTest;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import tools.jackson.databind.JsonNode;

/** Quarters that nothing else happens in: the demo trade begins later. */
// quarters that the demonstration's orders are not in, whenever it runs
@ServiceTest(properties = {"demo.data=true", "test.database=of-reports", "pharmacy.jobs.first=PT24H",
        "DEV_CLOCK_START=2026-11-23T02:00:00Z"})
class ReportApiTest extends TradeScene {

    @Autowired
    Environment settings;

    private Api city() {
        return Api.as(port, Who.CITY);
    }

    private Answer publish(String quarter) {
        return city().post("/quarterly-reports", Map.of("quarter", quarter), null);
    }

    @Test
    void addsTheQuarterUpAndIsFrozen() {
        at("2025-01-05");
        accepted(acarbose(), 100);
        at("2025-03-31");
        String delivery = accepted(acarbose(), 10);
        takenBack(delivery, 4);
        at("2025-04-01");
        accepted(acarbose(), 1000);
        Answer published = publish("2025-Q1");
        assertThat(published.status()).as("%s", published).isEqualTo(201);
        JsonNode f = published.body().path("figures");
        assertThat(f.path("packs").asLong()).isEqualTo(106);
        assertThat(f.path("amountFen").asLong()).isEqualTo(106 * 735);
        assertThat(f.path("savedFen").asLong()).isEqualTo(106 * (5580 - 735));
        assertThat(f.path("buyers").asInt()).isEqualTo(1);
        assertThat(f.at("/byMedicine/0/meanPriceFen").asLong()).isEqualTo(735);
        assertThat(f.path("byChain")).hasSize(18);
        assertThat(f.at("/byArea/0/packs").asLong()).isEqualTo(106);
        String path = "/quarterly-reports/" + published.body().path("reportId").asString();
        assertThat(Api.as(port, Who.APP).get(path).body().path("figures")).isEqualTo(f);
        // what comes to light later is another edition, with its reason
        assertThat(publish("2025-Q1").errors()).isEqualTo(Map.of("/reason", "missing"));
        at("2025-03-30");
        accepted(acarbose(), 5);
        at("2025-04-02");
        Answer second = city().post("/quarterly-reports", Map.of("quarter", "2025-Q1", "reason", "补录一批验收"), null);
        assertThat(second.body().path("edition").asInt()).isEqualTo(2);
        assertThat(second.body().at("/figures/packs").asLong()).isEqualTo(111);
        assertThat(city().get(path).body().path("figures")).isEqualTo(f);
        org.assertj.core.api.Assertions.assertThatThrownBy(
                () -> database.sql("UPDATE quarterly_report SET content = '{}'").then().block()).isNotNull();
    }

    /** Brought on 1 March, accepted on 20 June, paid on 20 July: thirty days for the buyer, 141 for the supplier. */
    @Test
    void theWaitForAcceptanceIsSeen() {
        at("2028-03-01");
        Answer made = delivered(acarbose(), 10);
        String delivery = "/deliveries/" + made.body().path("deliveryId").asString();
        at("2028-04-01");
        Answer next = delivered(acarbose(), 1);
        assertThat(again("2028-Q1").at("/undecidedDeliveries").asInt()).isEqualTo(1);
        assertThat(chain.post("/deliveries/" + next.body().path("deliveryId").asString() + "/rejection",
                Map.of("reason", "r"), next.tag()).status()).isEqualTo(200);
        at("2028-06-20");
        String settlement = "/settlements/"
                + chain.post(delivery + "/acceptance", null, made.tag()).body().path("settlementId").asString();
        at("2028-07-20");
        assertThat(chain.post(settlement + "/payment", Map.of("paidOn", "2028-07-20", "reference", "P"),
                chain.get(settlement).tag()).status()).isEqualTo(200);
        at("2028-10-01");
        JsonNode third = publish("2028-Q3").body().path("figures");
        assertThat(third.path("meanSettlementDays").asInt()).isEqualTo(30);
        assertThat(third.path("meanDaysFromDelivery").asInt()).isEqualTo(141);
        assertThat(third.path("undecidedDeliveries").asInt()).isZero();
        assertThat(again("2028-Q1").at("/undecidedDeliveries").asInt()).as("as it was when it ended").isEqualTo(1);
    }

    /** Answers the figures of the first edition or of another one. */
    private JsonNode again(String quarter) {
        Answer published = city().post("/quarterly-reports", Map.of("quarter", quarter, "reason", "r"), null);
        assertThat(published.status()).as("%s", published).isEqualTo(201);
        return published.body().path("figures");
    }

    private String settlement(String delivery) {
        return "/settlements/" + chain.get(delivery).body().path("settlementId").asString();
    }

    private void paid(String settlement, Map<String, ?> payment) {
        assertThat(chain.post(settlement + "/payment", payment, chain.get(settlement).tag()).status()).isEqualTo(200);
    }

    /**
     * Both are due in January, on days of a year that nobody has announced. One was paid in two parts in December, of the
     * second of which is said in January; the other is not paid, and not late either.
     */
    @Test
    void aPaymentIsOfTheQuarterInWhichItIsSaidAndNothingIsLateOnAProvisionalDay() {
        at("2027-12-05");
        String said = settlement(accepted(acarbose(), 10));
        accepted(acarbose(), 20);
        at("2027-12-20");
        paid(said, Map.of("paidOn", "2027-12-20", "reference", "P", "amountFen", 1_000, "difference", "under"));
        at("2028-01-03");
        paid(said, Map.of("paidOn", "2027-12-30", "reference", "P"));
        at("2028-04-01");
        assertThat(again("2027-Q4").has("meanSettlementDays")).isFalse();
        JsonNode next = again("2028-Q1");
        assertThat(next.path("meanSettlementDays").asInt()).isEqualTo(25);
        assertThat(next.path("settlementsDue").asInt()).isEqualTo(1);
        assertThat(next.path("paidInTimeBp").asInt()).isEqualTo(10_000);
    }

    /** Two thirds were paid, and the rest went back when the quarter had ended: not till then nothing was owed any more. */
    @Test
    void whatAReturnSettlesIsOfTheQuarterOfTheReturn() {
        at("2028-10-05");
        String delivery = accepted(acarbose(), 10);
        at("2028-10-10");
        paid(settlement(delivery), Map.of("paidOn", "2028-10-10", "reference", "P", "amountFen", 5_000, "difference",
                "under"));
        at("2029-01-01");
        assertThat(again("2028-Q4").has("meanSettlementDays")).isFalse();
        at("2029-01-05");
        takenBack(delivery, 4);
        assertThat(chain.get(settlement(delivery)).body().path("state").asString()).isEqualTo("paid");
        at("2029-04-02");
        takenBack(delivery, 1);
        assertThat(again("2028-Q4").has("meanSettlementDays")).isFalse();
        assertThat(again("2029-Q1").path("meanSettlementDays").asInt()).isEqualTo(92);
    }

    @Test
    void whatWentBackWholeIsNotDueAndWhatNobodyPaidIs() {
        at("2026-01-02");
        int before = publish("2025-Q4").body().at("/figures/settlementsDue").asInt();
        at("2025-10-13");
        String delivery = accepted(acarbose(), 5);
        at("2025-10-20");
        takenBack(delivery, 5);
        at("2026-01-02");
        assertThat(again("2025-Q4").path("settlementsDue").asInt()).isEqualTo(before);
        at("2025-10-13");
        accepted(acarbose(), 5);
        at("2026-01-02");
        assertThat(again("2025-Q4").path("settlementsDue").asInt()).isEqualTo(before + 1);
    }

    /** The second quarter is published when some of its packs go back: they are of the third, which may be below zero. */
    @Test
    void whatGoesBackLaterIsOfTheQuarterInWhichItGoes() {
        at("2027-06-20");
        String delivery = accepted(acarbose(), 100);
        at("2027-07-01");
        assertThat(publish("2027-Q2").body().at("/figures/packs").asLong()).isEqualTo(100);
        at("2027-07-10");
        takenBack(delivery, 60);
        at("2027-10-01");
        JsonNode third = publish("2027-Q3").body().path("figures");
        assertThat(third.path("packs").asLong()).isEqualTo(-60);
        assertThat(third.path("amountFen").asLong()).isEqualTo(-60 * 735);
        assertThat(third.path("savedFen").asLong()).isEqualTo(-60 * (5580 - 735));
        assertThat(third.path("buyers").asInt() + third.path("medicines").asInt()).isZero();
        assertThat(third.at("/byMedicine/0/packs").asLong()).isEqualTo(-60);
        assertThat(third.at("/byMedicine/0/meanPriceFen").asLong()).isEqualTo(735);
        assertThat(third.at("/byArea/0/amountFen").asLong()).isEqualTo(-60 * 735);
        Answer again = city().post("/quarterly-reports", Map.of("quarter", "2027-Q2", "reason", "r"), null);
        assertThat(again.body().at("/figures/packs").asLong()).isEqualTo(100);
    }

    /**
     * Of what was agreed as much as the agreed volumes count, each line by its own cycle; what was taken besides it
     * fulfils nothing, what is too much of one medicine stands in for no other, and what is only asked to go back is still
     * there.
     */
    @Test
    void fulfilmentIsThatOfTheAgreedLines() {
        List<String> others = chain.get("/drugs?limit=3").body().path("items").valueStream()
                .map(d -> d.path("drugId").asString()).filter(d -> !d.equals(acarbose())).toList();
        String another = others.getFirst();
        UUID cycle = UUID.randomUUID();
        database.sql(
                "INSERT INTO purchase_cycle VALUES (:id, 'of the third quarter', '2025-07-01', '2025-12-31', true)")
                .bind("id", cycle).then().block();
        database.sql("""
                INSERT INTO agreed_volume
                SELECT :cycle, c.id, d.id, 'brand',
                       CASE d.id WHEN :drug THEN 184 WHEN :plenty THEN 20 ELSE 0 END
                  FROM chain c JOIN drug d ON d.id IN (:drug, :other, :plenty) WHERE c.org = 'demo-chain-1'
                """).bind("cycle", cycle).bind("drug", UUID.fromString(acarbose()))
                .bind("other", UUID.fromString(another)).bind("plenty", UUID.fromString(others.get(1))).then().block();
        at("2025-06-30");
        accepted(acarbose(), 1000);
        at("2025-07-01");
        String delivery = accepted(acarbose(), 50);
        accepted(another, 300);
        accepted(others.get(1), 500);
        at("2025-09-30");
        takenBack(delivery, 5);
        chain.post(delivery + "/returns", Map.of("reason", "r", "lines",
                List.of(Map.of("lineNo", 1, "batchNo", "B", "quantity", 20))), null);
        var agreed = chain.get("/agreed-volumes?limit=100").body().path("items").valueStream()
                .filter(v -> v.path("agreedPacks").asInt() == 184).findFirst().orElseThrow();
        assertThat(agreed.path("acceptedPacks").asInt()).isEqualTo(45);
        at("2025-10-01");
        accepted(acarbose(), 77);
        Answer published = publish("2025-Q3");
        assertThat(published.status()).as("%s", published).isEqualTo(201);
        JsonNode of = published.body().at("/figures/byChain").valueStream()
                .filter(c -> c.path("packs").asInt() > 0).findFirst().orElseThrow();
        assertThat(of.path("packs").asLong()).isEqualTo(845);
        assertThat(of.path("fulfilledPacks").asLong()).isEqualTo(545);
        assertThat(of.path("expectedPacks").asLong()).isEqualTo(92 + 10);
        assertThat(of.path("countedPacks").asLong()).isEqualTo(45 + 10);
        assertThat(of.path("fulfilmentBp").asInt()).isEqualTo(5392);
        assertThat(of.path("agreedLines").asInt()).isEqualTo(2);
        assertThat(of.path("linesBehind").asInt()).isEqualTo(1);
    }

    /** One that did not buy is no line of zeros. */
    @Test
    void anInstitutionThatBoughtStandsBesideTheHeadOffices() {
        chain = Api.as(port, Who.CLINIC);
        at("2025-05-05");
        accepted(acarbose(), 5);
        String name = chain.get("/stores").body().at("/items/0/name").asString();
        at("2025-07-02");
        JsonNode buyers = again("2025-Q2").path("byChain");
        assertThat(buyers).hasSize(19);
        assertThat(buyers.valueStream().filter(b -> b.path("name").asString().equals(name))
                .map(b -> b.path("packs").asInt()))
                .containsExactly(5);
    }

    @Test
    void isReadAsASpreadsheetAndAsAPage() {
        at("2024-05-01");
        at("2024-07-02");
        String id = publish("2024-Q2").body().path("reportId").asString();
        byte[] xlsx = file(id + "/xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
        assertThat(Xlsx.read(xlsx, 100)).anyMatch(row -> row.cell(1).equals("2024-Q2"));
        assertThat(new String(file(id + "/page", "text/html"), StandardCharsets.UTF_8)).contains("2024年第二季度", "<svg");
    }

    private byte[] file(String path, String accept) {
        return Objects.requireNonNull(Apis.client(port, Who.APP.token()).get()
                .uri(Api.BASE + "/quarterly-reports/" + path).header("Accept", accept).exchange().expectStatus().isOk()
                .expectBody().returnResult().getResponseBody());
    }

    @Test
    void aQuarterThatRunsIsNotPublishedAndAllThatIsWrongIsNamed() {
        LocalDate today = LocalDate.now(clock);
        assertThat(publish(today.getYear() + "-Q" + ((today.getMonthValue() + 2) / 3)).errors())
                .isEqualTo(Map.of("/quarter", "out-of-range"));
        assertThat(publish("2026-Q5").errors()).containsKey("/quarter");
        assertThat(chain.post("/quarterly-reports", Map.of("quarter", "2024-Q1"), null).status()).isEqualTo(403);
        assertThat(city().get("/quarterly-reports/" + UUID.randomUUID()).status()).isEqualTo(404);
    }

    /** Somebody else is publishing the quarter and takes long; who has no reason to is told so meanwhile. */
    @Test
    void whatIsRefusedDoesNotWait() throws SQLException {
        assertThat(publish("2022-Q1").status()).isEqualTo(201);
        try (Connection other = DriverManager.getConnection(settings.getRequiredProperty("spring.flyway.url"),
                settings.getRequiredProperty("spring.flyway.user"),
                settings.getRequiredProperty("spring.flyway.password"));
                Statement statement = other.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(hashtextextended('quarterly-report:2022-Q1', 0))");
            assertThat(publish("2022-Q1").errors()).isEqualTo(Map.of("/reason", "missing"));
        }
    }

    /** Both come at once: two editions of one quarter, one of them refused for want of a reason. */
    @Test
    void twoAtOnceAreOneEdition() throws Exception {
        try (var senders = java.util.concurrent.Executors.newFixedThreadPool(2)) {
            java.util.concurrent.Callable<Answer> ask = () -> publish("2023-Q4");
            var both = senders.invokeAll(List.of(ask, ask));
            assertThat(List.of(both.get(0).get().status(), both.get(1).get().status()))
                    .containsExactlyInAnyOrder(201, 400);
        }
    }
}
