package cn.cityapis.pharmacy;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.platform.test.Apis;
import cn.cityapis.platform.test.CommittedOpenApi;
import cn.cityapis.platform.test.ServiceTest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@ServiceTest(properties = "demo.data=true")
class OpenApiTest {

    @LocalServerPort
    int port;

    @Test
    void theCommittedDocumentIsTheServedOne() {
        CommittedOpenApi.check(Apis.client(port), Path.of("openapi.json"));
    }

    @Test
    void moneyIsWholeFenAndUnitPricesAreStrings() {
        byte[] body = Apis.client(port).get().uri("/v3/api-docs").exchange().expectBody().returnResult()
                .getResponseBody();
        JsonNode schemas = Api.JSON.readTree(body == null ? new byte[0] : body).path("components").path("schemas");
        List<String> wrong = new ArrayList<>();
        schemas.forEach(schema -> schema.path("properties").propertyStream().forEach(property -> {
            String expected = property.getKey().endsWith("Fen")
                    ? "integer"
                    : property.getKey().endsWith("UnitPrice") || property.getKey().equals("unitPrice") ? "string" : "";
            if (!expected.isEmpty() && !property.getValue().path("type").asString("").equals(expected)) {
                wrong.add(property.toString());
            }
        }));
        assertThat(wrong).isEmpty();
    }
}
