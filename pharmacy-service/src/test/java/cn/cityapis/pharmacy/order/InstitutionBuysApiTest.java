package cn.cityapis.pharmacy.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.cityapis.pharmacy.Api;
import cn.cityapis.pharmacy.Api.Answer;
import cn.cityapis.pharmacy.Api.Who;
import cn.cityapis.platform.test.ServiceTest;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.r2dbc.core.DatabaseClient;
import tools.jackson.databind.JsonNode;

/** A private institution with an account orders, receives, sends back and pays for itself, and for nobody else. */
@ServiceTest(properties = {"demo.data=true", "test.database=of-closed-places", "pharmacy.jobs.first=PT24H"})
class InstitutionBuysApiTest {

    @LocalServerPort
    int port;
    @Autowired
    DatabaseClient database;

    private Api clinic;
    private Api supplier;
    private String own = "";
    private String drug = "";
    private String supplierId = "";

    @BeforeEach
    void lookAround() {
        clinic = Api.as(port, Who.CLINIC);
        supplier = Api.as(port, Who.SUPPLIER);
        own = clinic.get("/stores").body().at("/items/0/pharmacyId").asString();
        drug = clinic.get("/drugs?q=akbtp").body().at("/items/0/drugId").asString();
        supplierId = clinic.get("/suppliers").body().at("/items/0/supplierId").asString();
    }

    private Answer order(Api buyer, String place) {
        return buyer.post("/orders", Map.of("supplierId", supplierId, "lines",
                List.of(Map.of("storeId", place, "drugId", drug, "quantity", 5))), null);
    }

    private String placed() {
        Answer placed = order(clinic, own);
        assertThat(placed.status()).as("%s", placed).isEqualTo(201);
        return "/orders/" + placed.body().path("orderId").asString();
    }

    private Answer delivered(String order) {
        supplier.post(order + "/confirmation", null, supplier.get(order).tag());
        Answer made = supplier.post(order + "/deliveries", Map.of("storeId", own, "lines",
                List.of(Map.of("lineNo", 1, "quantity", 5, "batchNo", "B1", "expiresOn",
                        LocalDate.now().plusYears(1).toString()))),
                supplier.get(order).tag());
        assertThat(made.status()).as("%s", made).isEqualTo(201);
        return made;
    }

    @Test
    void aClinicOrdersReceivesAndPays() {
        String order = placed();
        JsonNode shown = clinic.get(order).body();
        String name = clinic.get("/pharmacies/" + own).body().path("name").asString();
        assertThat(shown.path("chainName").asString()).isEqualTo(name);
        assertThat(shown.at("/stores/0/storeName").asString()).isEqualTo(name);
        String delivery = "/deliveries/" + delivered(order).body().path("deliveryId").asString();
        assertThat(clinic.get("/deliveries?state=delivered&limit=100").body().path("items"))
                .anyMatch(d -> delivery.endsWith(d.path("deliveryId").asString()));
        Answer accepted = clinic.post(delivery + "/acceptance", null, clinic.get(delivery).tag());
        assertThat(accepted.status()).as("%s", accepted).isEqualTo(200);
        assertThat(clinic.get(order).body().path("state").asString()).isEqualTo("completed");
        String settlement = "/settlements/" + clinic.get("/settlements?state=due&limit=100").body()
                .at("/items/0/settlementId").asString();
        Answer due = clinic.get(settlement);
        assertThat(due.body().path("amountFen").asLong()).isEqualTo(5 * 735);
        Answer paid = clinic.post(settlement + "/payment", Map.of("reference", "转账 1", "paidOn",
                due.body().path("acceptedOn").asString()), due.tag());
        assertThat(paid.body().path("state").asString()).as("%s", paid).isEqualTo("paid");
        String month = due.body().path("acceptedOn").asString().substring(0, 7);
        assertThat(clinic.get("/settlement-statements?month=" + month).body().path("items")).isNotEmpty()
                .allMatch(s -> s.path("chainName").asString().equals(name));
        assertThat(clinic.get("/drugs/" + drug + "/purchases").body().path("items"))
                .anyMatch(b -> b.path("buyer").asString("").equals(name));
        assertThat(clinic.get("/agreed-volumes").body().path("items")).isEmpty();
    }

    @Test
    void whatItBoughtGoesBack() {
        String order = placed();
        String delivery = "/deliveries/" + delivered(order).body().path("deliveryId").asString();
        clinic.post(delivery + "/acceptance", null, clinic.get(delivery).tag());
        Answer asked = clinic.post(delivery + "/returns", Map.of("reason", "临近效期", "lines",
                List.of(Map.of("lineNo", 1, "batchNo", "B1", "quantity", 2))), null);
        assertThat(asked.status()).as("%s", asked).isEqualTo(201);
        String back = "/returns/" + asked.body().path("returnId").asString();
        assertThat(supplier.post(back + "/confirmation", null, supplier.get(back).tag()).status()).isEqualTo(200);
        assertThat(clinic.get(back).body().path("state").asString()).isEqualTo("confirmed");
        Answer another = order(clinic, own);
        String cancelled = "/orders/" + another.body().path("orderId").asString();
        assertThat(clinic.post(cancelled + "/cancellation", Map.of("reason", "不需要了"), another.tag()).body()
                .path("state").asString()).isEqualTo("cancelled");
    }

    @Test
    void nobodyElseSeesOrTouchesIt() {
        String order = placed();
        String delivery = "/deliveries/" + delivered(order).body().path("deliveryId").asString();
        for (Who who : List.of(Who.OTHER_CLINIC, Who.CHAIN)) {
            Api other = Api.as(port, who);
            assertThat(other.get(order).status()).isEqualTo(404);
            assertThat(other.get(delivery).status()).isEqualTo(404);
            assertThat(other.post(delivery + "/acceptance", null, "\"0\"").status()).isEqualTo(404);
            assertThat(other.post(order + "/closure", Map.of("reason", "x"), "\"1\"").status()).isEqualTo(404);
            assertThat(other.get("/orders?limit=100").body().path("items"))
                    .noneMatch(row -> order.endsWith(row.path("orderId").asString()));
        }
    }

    @Test
    void aBuyerOrdersForNoOtherPlace() {
        Api chain = Api.as(port, Who.CHAIN);
        String store = chain.get("/stores?limit=1").body().at("/items/0/pharmacyId").asString();
        String other = Api.as(port, Who.OTHER_CLINIC).get("/stores").body().at("/items/0/pharmacyId").asString();
        assertThat(order(clinic, store).errors()).isEqualTo(Map.of("/lines/0/storeId", "unknown"));
        assertThat(order(clinic, other).errors()).isEqualTo(Map.of("/lines/0/storeId", "unknown"));
        assertThat(order(chain, own).errors()).isEqualTo(Map.of("/lines/0/storeId", "unknown"));
        // and where a rule forgot it, the database does not
        String order = placed().substring("/orders/".length());
        assertThatThrownBy(() -> database.sql("UPDATE order_line SET store_id = :store WHERE order_id = :order")
                .bind("store", UUID.fromString(store)).bind("order", UUID.fromString(order)).then().block())
                .isInstanceOf(DataIntegrityViolationException.class);
    }

    @Test
    void onlyWhoTakesPartBuys() {
        database.sql("UPDATE participation SET until = current_date - 1 WHERE institution_id = :own")
                .bind("own", UUID.fromString(own)).then().block();
        try {
            assertThat(order(clinic, own).errors()).isEqualTo(Map.of("/lines/0/storeId", "unknown"));
        } finally {
            database.sql("UPDATE participation SET until = NULL WHERE institution_id = :own")
                    .bind("own", UUID.fromString(own)).then().block();
        }
    }

    /** The role says on which side of a purchase an account is; a head office's is none of an institution, and the other way round. */
    @Test
    void anAccountBuysInItsOwnRoleOnly() {
        assertThat(Api.as(port, "demo-clinic-1", "chain").get("/orders").code()).isEqualTo("not-a-party");
        assertThat(Api.as(port, "demo-chain-1", "pharmacy").get("/orders").code())
                .isEqualTo("not-a-party");
    }

    @Test
    void anInstitutionThatIsRenamedBuysUnderItsNewName() {
        database.sql("UPDATE institution SET name = '改名诊所' WHERE id = :own").bind("own", UUID.fromString(own)).then()
                .block();
        assertThat(clinic.get(placed()).body().path("chainName").asString()).isEqualTo("改名诊所");
    }
}
