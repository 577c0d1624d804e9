package cn.cityapis.pharmacy.volume;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.pharmacy.Api;
import cn.cityapis.pharmacy.Api.Answer;
import cn.cityapis.pharmacy.Api.Who;
import cn.cityapis.pharmacy.TradeScene;
import cn.cityapis.platform.test.ServiceTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

@ServiceTest(properties = {"demo.data=true", "test.database=of-volumes", "pharmacy.jobs.first=PT24H"})
class VolumeApiTest extends TradeScene {

    @Autowired
    WatchVolumes watch;

    private UUID drug;

    @BeforeEach
    void agree() {
        at("2026-07-02");
        drug = UUID.fromString(acarbose());
        for (String table : List.of("volume_warning", "settlement_warning", "goods_return_line", "goods_return",
                "settlement_payment", "settlement", "delivery_line", "delivery", "order_line", "purchase_order")) {
            database.sql("DELETE FROM " + table).then().block();
        }
        database.sql("DELETE FROM agreed_volume WHERE drug_id <> :drug").bind("drug", drug).then().block();
        database.sql("UPDATE agreed_volume SET packs = 100, matched_by = 'brand'").then().block();
    }

    private JsonNode line() {
        return chain.get("/agreed-volumes").body().at("/items/0");
    }

    /** A second brand of the same medicine in packs of twice as many units counts where any winner does. */
    @Test
    void countsTheBrandOrAnyWinnerByItsSmallestUnitsLessWhatWentBack() {
        UUID twin = UUID.randomUUID();
        database.sql("""
                INSERT INTO drug (id, generic_name, form, strength, strength_value, strength_unit, pack_units, unit_name,
                                  pack_name, maker, approval_no, insurance_code, initials, pinyin, source, demo)
                SELECT :twin, generic_name, form, strength, strength_value, strength_unit, pack_units * 2, unit_name,
                       pack_name, '另一厂', approval_no, 'TWIN-1', initials, pinyin, source, demo FROM drug WHERE id = :drug
                """).bind("twin", twin).bind("drug", drug).then().block();
        database.sql("""
                INSERT INTO award SELECT :id, :twin, batch, supply_area, valid_from, valid_to, price_fen, source, demo,
                                         recorded_at FROM award WHERE drug_id = :drug LIMIT 1
                """).bind("id", UUID.randomUUID()).bind("twin", twin).bind("drug", drug).then().block();
        database.sql("""
                INSERT INTO price SELECT gen_random_uuid(), :twin, kind, area, pack_fen, in_force_from, source, demo,
                                         recorded_at FROM price WHERE drug_id = :drug
                """).bind("twin", twin).bind("drug", drug).then().block();
        String delivery = accepted(drug.toString(), 10);
        accepted(twin.toString(), 7);
        assertThat(line().path("acceptedPacks").asInt()).isEqualTo(10);
        database.sql("UPDATE agreed_volume SET matched_by = 'any_winner'").then().block();
        assertThat(line().path("acceptedPacks").asInt()).isEqualTo(24);
        Answer asked = chain.post(delivery + "/returns", Map.of("reason", "r", "lines",
                List.of(Map.of("lineNo", 1, "batchNo", "B", "quantity", 3))), null);
        assertThat(line().path("acceptedPacks").asInt()).isEqualTo(24);
        takenBack(delivery, 4);
        assertThat(supplier.post("/returns/" + asked.body().path("returnId").asString() + "/refusal",
                Map.of("reason", "r"), asked.tag()).status()).isEqualTo(200);
        assertThat(line().path("acceptedPacks").asInt()).isEqualTo(20);
        assertThat(line().path("fulfilmentBp").asInt()).isEqualTo(2000);
        assertThat(line().path("timePassedBp").asInt()).isEqualTo(5013);
        assertThat(line().path("expectedPacks").asInt()).isEqualTo(50);
        assertThat(line().path("behind").asBoolean()).isTrue();
        database.sql("UPDATE agreed_volume SET packs = 49").then().block();
        assertThat(line().path("behind").asBoolean()).isFalse();
    }

    @Test
    void eachBuyerIsToldOnceAMonth() {
        assertThat(watch.sweep().block()).isEqualTo(18);
        assertThat(watch.sweep().block()).isZero();
        assertThat(Objects.requireNonNull(database.sql("SELECT count(*) FROM notice WHERE recipient = 'demo-chain-1' "
                + "AND kind = 'agreed-volume-behind'").map(r -> r.get(0, Long.class)).one().block())).isPositive();
        clock.advance(Duration.ofDays(31));
        assertThat(watch.sweep().block()).isEqualTo(18);
    }

    @Test
    void aBuyerSeesItsOwnAndTheCityAll() {
        assertThat(chain.get("/agreed-volumes?limit=100").body().path("items")).hasSize(1);
        assertThat(Api.as(port, Who.CITY).get("/agreed-volumes?limit=100").body().path("items")).hasSize(18);
        assertThat(Api.as(port, Who.SUPPLIER).get("/agreed-volumes").status()).isEqualTo(403);
        assertThat(chain.get("/agreed-volumes?cursor=c1.eA").code()).isEqualTo("invalid-cursor");
    }
}
