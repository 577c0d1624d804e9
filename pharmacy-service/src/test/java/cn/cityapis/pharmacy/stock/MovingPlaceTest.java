package cn.cityapis.pharmacy.stock;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.pharmacy.Api;
import cn.cityapis.pharmacy.Api.Answer;
import cn.cityapis.pharmacy.Api.Who;
import cn.cityapis.platform.test.ServiceTest;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** A place is moved while its stock is being reported. */
@ServiceTest(properties = "demo.data=true")
class MovingPlaceTest {

    @LocalServerPort
    int port;
    @Autowired
    DatabaseClient database;
    @Autowired
    ConnectionFactory connections;
    @Autowired
    Clock clock;

    private String one(String sql) {
        return Objects.requireNonNull(database.sql(sql).map(row -> String.valueOf(row.get(0))).one().block());
    }

    /** The report of a new shelf waits for the move, and the shelf stands where the place is then. */
    @Test
    void aNewShelfStandsWhereThePlaceHasMovedTo() throws Exception {
        JsonNode shelf = Api.JSON.readTree(one("""
                SELECT json_build_object('storeId', i.id, 'drugId', d.id)::text FROM institution i CROSS JOIN drug d
                  JOIN chain c ON c.id = i.chain_id AND c.org = 'demo-chain-1'
                 WHERE NOT EXISTS (SELECT FROM stock s WHERE s.institution_id = i.id AND s.drug_id = d.id) LIMIT 1
                """));
        String store = shelf.path("storeId").asString();
        Connection moving = Objects.requireNonNull(Mono.from(connections.create()).block());
        try {
            Mono.from(moving.beginTransaction()).block();
            Mono.from(moving.createStatement("UPDATE institution SET lat = lat + 0.01 WHERE id = '" + store + "'")
                    .execute()).flatMap(result -> Mono.from(result.getRowsUpdated())).block();
            CompletableFuture<Answer> report = CompletableFuture.supplyAsync(() -> Api.as(port, Who.CHAIN)
                    .post("/stock-reports", Map.of("reports", List.of(Map.of("storeId", store, "drugId",
                            shelf.path("drugId").asString(), "quantity", 3, "retailPriceFen", 735, "reportedAt",
                            OffsetDateTime.now(clock).toString()))), null));
            while (one("SELECT count(*) FROM pg_locks WHERE NOT granted").equals("0") && !report.isDone()) {
                Thread.sleep(Duration.ofMillis(20));
            }
            Mono.from(moving.commitTransaction()).block();
            Answer answer = report.get();
            assertThat(answer.body().path("applied").asInt()).as("%s", answer).isEqualTo(1);
        } finally {
            Mono.from(moving.close()).block();
        }
        assertThat(one(
                "SELECT bool_and(s.position = i.position) FROM stock s JOIN institution i ON i.id = s.institution_id WHERE i.id = '%s'"
                        .formatted(store)))
                .isEqualTo("true");
    }
}
