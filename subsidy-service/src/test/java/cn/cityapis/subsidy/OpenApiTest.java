package cn.cityapis.subsidy;

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

@ServiceTest
class OpenApiTest {

    @LocalServerPort
    int port;

    @Test
    void theCommittedDocumentIsTheServedOne() {
        CommittedOpenApi.check(Apis.client(port), Path.of("openapi.json"));
    }

    @TestFactory
    Stream<DynamicTest> everyOperationRefusesTheWrongCaller() {
        return AccessMatrix.of(port, "subsidy");
    }
}
