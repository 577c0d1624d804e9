package cn.cityapis.subsidy;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.platform.test.AccessMatrix;
import cn.cityapis.platform.test.Apis;
import cn.cityapis.platform.test.CommittedOpenApi;
import cn.cityapis.platform.test.ServiceTest;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@ServiceTest
class OpenApiTest {

    @LocalServerPort
    int port;

    @Test
    void theCommittedDocumentIsTheServedOne() {
        CommittedOpenApi.check(Apis.client(port), Path.of("openapi.json"));
    }

    @Test
    void everyOperationSaysWhatItDoesInChinese() {
        byte[] body = Apis.client(port).get().uri("/v3/api-docs").exchange().expectBody().returnResult()
                .getResponseBody();
        JsonNode document = Api.JSON.readTree(body == null ? new byte[0] : body);
        assertThat(document.path("paths")).isNotEmpty().allSatisfy(path -> assertThat(path).allSatisfy(operation -> {
            assertThat(operation.path("summary").asString("")).containsPattern("\\p{IsHan}");
            assertThat(operation.path("operationId").asString("")).matches("[a-z][A-Za-z]+");
            assertThat(operation.path("parameters")).allSatisfy(parameter -> assertThat(
                    parameter.path("description").asString("")).as("%s", parameter).containsPattern("\\p{IsHan}"));
        }));
    }

    @TestFactory
    Stream<DynamicTest> everyOperationRefusesTheWrongCaller() {
        return AccessMatrix.of(port, "subsidy");
    }
}
