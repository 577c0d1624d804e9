package cn.cityapis.pharmacy;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.pharmacy.Api.Answer;
import cn.cityapis.pharmacy.Api.Who;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** An order from the first chain to the first supplier, step by step. */
record Trade(Api chain, Api supplier, String store, String drug, String supplierId) {

    static Trade of(int port) {
        Api chain = Api.as(port, Who.CHAIN);
        return new Trade(chain, Api.as(port, Who.SUPPLIER),
                chain.get("/stores?limit=1").body().at("/items/0/pharmacyId").asString(),
                chain.get("/drugs?q=akbtp").body().at("/items/0/drugId").asString(),
                chain.get("/suppliers").body().at("/items/0/supplierId").asString());
    }

    Map<String, Object> wish(int quantity) {
        return Map.of("supplierId", supplierId, "lines",
                List.of(Map.of("storeId", store, "drugId", drug, "quantity", quantity)));
    }

    Map<String, Object> goods(String batch) {
        return Map.of("storeId", store, "lines", List.of(Map.of("lineNo", 1, "quantity", 2, "batchNo", batch,
                "expiresOn", LocalDate.now().plusYears(1).toString())));
    }

    private static Answer done(Answer answer) {
        assertThat(answer.status()).as("%s", answer).isBetween(200, 299);
        return answer;
    }

    /** Answers the id of the order. */
    String confirmed() {
        Answer placed = done(chain.post("/orders", wish(20), null));
        String id = placed.body().path("orderId").asString();
        done(supplier.post("/orders/" + id + "/confirmation", null, placed.tag()));
        return id;
    }

    /** Answers the id of the delivery. */
    String delivered(String order) {
        String path = "/orders/" + order;
        return done(supplier.post(path + "/deliveries", goods("B1"), supplier.get(path).tag())).body()
                .path("deliveryId").asString();
    }

    /** Answers the id of the settlement. */
    String accepted(String delivery) {
        String path = "/deliveries/" + delivery;
        return done(chain.post(path + "/acceptance", null, chain.get(path).tag())).body().path("settlementId")
                .asString();
    }
}
