package cn.cityapis.pharmacy;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.pharmacy.Api.Answer;
import cn.cityapis.pharmacy.Api.Who;
import cn.cityapis.platform.time.DevelopmentClock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.r2dbc.core.DatabaseClient;

/** Days on which the first chain buys of the first supplier: the clock is moved, and put back afterwards. */
public abstract class TradeScene {

    @LocalServerPort
    protected int port;
    @Autowired
    protected DevelopmentClock clock;
    @Autowired
    protected DatabaseClient database;

    protected Api chain;
    protected Api supplier;

    @BeforeEach
    void signIn() {
        chain = Api.as(port, Who.CHAIN);
        supplier = Api.as(port, Who.SUPPLIER);
    }

    @AfterEach
    void backToNow() {
        clock.advance(Duration.between(clock.instant(), Instant.now()));
    }

    /** Ten in the morning of the day. */
    protected void at(String date) {
        clock.moveTo(LocalDateTime.parse(date + "T10:00").atZone(ZoneId.of("Asia/Shanghai")).toInstant());
    }

    protected String acarbose() {
        return chain.get("/drugs?q=akbtp").body().at("/items/0/drugId").asString();
    }

    /** Orders, confirms and delivers so many packs of batch B now. */
    protected Answer delivered(String drug, int packs) {
        String store = chain.get("/stores?limit=1").body().at("/items/0/pharmacyId").asString();
        Answer placed = chain.post("/orders", Map.of("supplierId",
                chain.get("/suppliers").body().at("/items/0/supplierId").asString(), "lines",
                List.of(Map.of("storeId", store, "drugId", drug, "quantity", packs))), null);
        assertThat(placed.status()).as("%s", placed).isEqualTo(201);
        String order = "/orders/" + placed.body().path("orderId").asString();
        return supplier.post(order + "/deliveries", Map.of("storeId", store, "lines",
                List.of(Map.of("lineNo", 1, "quantity", packs, "batchNo", "B", "expiresOn", "2030-01-01"))),
                supplier.post(order + "/confirmation", null, placed.tag()).tag());
    }

    /** Accepts them as well; answers the path of the delivery. */
    protected String accepted(String drug, int packs) {
        Answer made = delivered(drug, packs);
        String delivery = "/deliveries/" + made.body().path("deliveryId").asString();
        Answer accepted = chain.post(delivery + "/acceptance", null, made.tag());
        assertThat(accepted.status()).as("%s", accepted).isEqualTo(200);
        return delivery;
    }

    /** Asks for packs of the delivery to go back, and the supplier takes them. */
    protected void takenBack(String delivery, int packs) {
        Answer back = chain.post(delivery + "/returns", Map.of("reason", "r", "lines",
                List.of(Map.of("lineNo", 1, "batchNo", "B", "quantity", packs))), null);
        Answer taken = supplier.post("/returns/" + back.body().path("returnId").asString() + "/confirmation", null,
                back.tag());
        assertThat(taken.status()).as("%s", taken).isEqualTo(200);
    }
}
