package cn.cityapis.pharmacy.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.pharmacy.Api;
import cn.cityapis.pharmacy.Api.Who;
import cn.cityapis.pharmacy.TradeScene;
import cn.cityapis.platform.test.ServiceTest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import tools.jackson.databind.JsonNode;

/** What changes about a price that nobody reports again is seen all the same. */
@ServiceTest(properties = {"demo.data=true", "test.database=of-rejudging", "pharmacy.jobs.first=PT24H"})
class RejudgeApiTest extends TradeScene {

    @Autowired
    RejudgePrices rejudge;
    @Autowired
    Environment settings;

    private UUID drug = new UUID(0, 0);
    private String store = "";

    /** No shelf but those of the test, and a medicine of its own at 7.35 until the end of 2027. */
    @BeforeEach
    void aMedicine() {
        database.sql("TRUNCATE stock CASCADE").then().block();
        drug = UUID.randomUUID();
        database.sql("""
                INSERT INTO drug (id, generic_name, form, strength, strength_value, strength_unit, pack_units, unit_name,
                                  pack_name, maker, approval_no, insurance_code, initials, pinyin, source, demo)
                SELECT :id, generic_name, form, strength, strength_value, strength_unit, pack_units, unit_name,
                       pack_name, maker, approval_no, 'T-' || :id, initials, pinyin, source, demo FROM drug LIMIT 1
                """).bind("id", drug).then().block();
        database.sql(
                "INSERT INTO award VALUES (:id, :drug, 'b', '371000', '2025-01-01', '2027-12-31', 735, 't', true, now())")
                .bind("id", UUID.randomUUID()).bind("drug", drug).then().block();
        store = chain.get("/stores?limit=1").body().at("/items/0/pharmacyId").asString();
    }

    private void procuredFrom(String day, long fen) {
        database.sql("INSERT INTO price VALUES (:id, :drug, 'procured', '371000', :fen, '" + day
                + "', 't', true, clock_timestamp())").bind("id", UUID.randomUUID()).bind("drug", drug).bind("fen", fen)
                .then().block();
    }

    private void reported(long fen) {
        assertThat(chain.post("/stock-reports", Map.of("reports", List.of(Map.of("storeId", store, "drugId",
                drug.toString(), "quantity", 3, "retailPriceFen", fen, "reportedAt",
                OffsetDateTime.now(clock).toString()))), null).status()).isEqualTo(200);
    }

    private long swept() {
        return Objects.requireNonNull(rejudge.sweep().block());
    }

    private List<JsonNode> flags() {
        return Api.as(port, Who.CITY).get("/price-flags?drugId=" + drug).body().path("items").valueStream().toList();
    }

    private long count(String sql) {
        return Objects.requireNonNull(
                database.sql(sql).bind("drug", drug).map(row -> row.get(0, Long.class)).one().block());
    }

    @Test
    void aSellerIsMeasuredByThePriceThatFellThoughHeReportsNothing() {
        at("2026-12-20");
        reported(735);
        assertThat(swept()).isEqualTo(1);
        procuredFrom("2027-01-01", 300);
        at("2026-12-31");
        swept();
        assertThat(flags()).isEmpty();
        at("2027-01-01");
        assertThat(swept()).isEqualTo(1);
        assertThat(flags()).hasSize(1);
        assertThat(flags().getFirst().path("level").asString()).isEqualTo("red");
        assertThat(flags().getFirst().path("procuredPriceFen").asLong()).isEqualTo(300);
        assertThat(flags().getFirst().path("reportedAt").asString()).startsWith("2026-12-20");
        assertThat(swept()).as("a report may have been under way").isEqualTo(1);
        assertThat(swept()).isZero();
        assertThat(count("SELECT count(*) FROM price_case WHERE drug_id = :drug AND state = 'open'")).isEqualTo(1);
        assertThat(count("""
                SELECT count(*) FROM outbox o JOIN price_case k ON o.subject = 'price-cases/' || k.id
                 WHERE k.drug_id = :drug AND o.type = 'pharmacy.price-case.opened'
                """)).isEqualTo(1);
    }

    @Test
    void aFlagIsGoneWithTheAward() {
        at("2027-12-31");
        reported(2000);
        assertThat(flags()).hasSize(1);
        at("2028-01-01");
        assertThat(swept()).isEqualTo(1);
        assertThat(flags()).isEmpty();
    }

    @Test
    void aNewThresholdCountsForPricesThatStand() {
        at("2027-05-31");
        reported(800);
        swept();
        swept();
        assertThat(flags()).isEmpty();
        database.sql("INSERT INTO price_threshold VALUES ('2027-06-01', 100, 3000, 't')").then().block();
        try {
            assertThat(swept()).isZero();
            at("2027-06-01");
            assertThat(swept()).isEqualTo(1);
            assertThat(flags()).extracting(f -> f.path("level").asString()).containsExactly("yellow");
        } finally {
            database.sql("DELETE FROM price_threshold WHERE in_force_from = '2027-06-01'").then().block();
        }
    }

    /** 威医保发〔2023〕33号 二（一）, in force until 2028-08-31. */
    @Test
    void theMarkUpOfAPublicInstitutionEndsWithItsRule() {
        database.sql(
                "INSERT INTO award VALUES (:id, :drug, 'c', '371000', '2028-01-01', '2029-12-31', 735, 't', true, now())")
                .bind("id", UUID.randomUUID()).bind("drug", drug).then().block();
        database.sql("""
                INSERT INTO stock (institution_id, drug_id, position, quantity, retail_price_fen, reported_at, reported_by)
                SELECT id, :drug, position, 1, 736, '2028-08-01', 't' FROM institution WHERE kind = 'public_hospital' LIMIT 1
                """).bind("drug", drug).then().block();
        at("2028-08-31");
        swept();
        assertThat(flags()).extracting(f -> f.at("/reasons/0").asString()).containsExactly("markup");
        at("2028-09-01");
        swept();
        assertThat(flags()).isEmpty();
    }

    @Test
    void shelvesOfManyPagesAreAllLookedAt() {
        database.sql("""
                INSERT INTO stock (institution_id, drug_id, position, quantity, retail_price_fen, reported_at, reported_by)
                SELECT id, :drug, position, 1, 810, '2027-01-01', 't' FROM institution ORDER BY id LIMIT 1250
                """).bind("drug", drug).then().block();
        at("2027-01-02");
        assertThat(swept()).isEqualTo(1250);
        assertThat(count("SELECT count(*) FROM price_flag WHERE drug_id = :drug ")).isEqualTo(1250);
    }

    /** Else the flag would be that of a price that is no longer asked. */
    @Test
    void aReportThatIsBeingStoredIsWaitedFor() throws Exception {
        at("2026-12-20");
        reported(735);
        procuredFrom("2027-01-01", 300);
        at("2027-01-01");
        try (Connection report = DriverManager.getConnection(settings.getRequiredProperty("spring.flyway.url"),
                settings.getRequiredProperty("spring.flyway.user"),
                settings.getRequiredProperty("spring.flyway.password"))) {
            report.setAutoCommit(false);
            report.createStatement()
                    .executeUpdate("UPDATE stock SET retail_price_fen = 300 WHERE drug_id = '" + drug + "'");
            CompletableFuture<Long> sweeping = rejudge.sweep().toFuture();
            awaitOneThatWaits(report);
            report.commit();
            assertThat(sweeping.get(2, TimeUnit.MINUTES)).isEqualTo(1);
        }
        assertThat(flags()).isEmpty();
    }

    private static void awaitOneThatWaits(Connection connection) throws SQLException, InterruptedException {
        for (int tries = 0; tries < 1200; tries++) {
            try (ResultSet waiting = connection.createStatement().executeQuery("""
                    SELECT count(*) FROM pg_stat_activity
                     WHERE datname = current_database() AND pg_backend_pid() = ANY(pg_blocking_pids(pid))
                    """)) {
                waiting.next();
                if (waiting.getInt(1) > 0) {
                    return;
                }
            }
            Thread.sleep(50);
        }
        throw new AssertionError("nobody waits for the report");
    }

    /** Its shelf stays, and with it the price that it asked last. */
    @Test
    void aPlaceThatHasClosedIsNotJudgedAnyMore() {
        at("2026-12-20");
        reported(735);
        database.sql("UPDATE institution SET closed_on = '2027-01-01' WHERE id = :id").bind("id",
                UUID.fromString(store)).then().block();
        try {
            at("2026-12-31");
            assertThat(swept()).isEqualTo(1);
            procuredFrom("2027-01-01", 300);
            at("2027-01-01");
            assertThat(swept()).isZero();
            assertThat(flags()).isEmpty();
            assertThat(count("SELECT count(*) FROM price_case WHERE drug_id = :drug")).isZero();
        } finally {
            database.sql("UPDATE institution SET closed_on = NULL").then().block();
        }
    }
}
