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

    /** Asks for one pack of an accepted delivery to go back; answers the id of the return. */
    String back(String delivery) {
        return done(chain.post("/deliveries/" + delivery + "/returns", Map.of("reason", "临近效期", "lines",
                List.of(Map.of("lineNo", 1, "batchNo", "B1", "quantity", 1))), null)).body().path("returnId")
                .asString();
    }

    /** Reports a price a dozen times the procured one; answers the case that it opens. */
    String redCase() {
        done(chain.post("/stock-reports", Map.of("reports", List.of(Map.of("storeId", store, "drugId", drug, "quantity",
                1, "retailPriceFen", 9800, "reportedAt", java.time.OffsetDateTime.now().toString()))), null));
        return done(chain.get("/own-price-cases?limit=1")).body().at("/items/0/priceCaseId").asString();
    }

    /** Files for the green channel; answers the id of the application. */
    String filed(Api maker) {
        return done(maker.post("/green-channel-applications", Map.of("kind", "reagent", "name", "n", "summary", "s",
                "evidence", List.of("e")), null)).body().path("applicationId").asString();
    }

    /** A listed product's event to which the first chain is invited; answers its id. */
    String event(int port) {
        String id = filed(Api.as(port, Who.MAKER));
        Api city = Api.as(port, Who.CITY);
        String path = "/green-channel-applications/" + id;
        for (String decision : List.of("accept", "approve", "list")) {
            done(city.post(path + "/decision", Map.of("decision", decision, "note", "n"), city.get(path).tag()));
        }
        return done(city.post("/matching-events", newEvent(id, "t"), null)).body().path("eventId").asString();
    }

    Map<String, Object> newEvent(String application, String title) {
        return Map.of("applicationId", application, "title", title, "heldOn", "2030-01-01", "place", "p", "chainIds",
                List.of(chain.get("/settlement-statements").body().at("/items/0/chainId").asString()));
    }
}
