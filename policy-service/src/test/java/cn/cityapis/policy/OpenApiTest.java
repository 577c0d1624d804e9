package cn.cityapis.policy;

import java.nio.file.Path;

import cn.cityapis.platform.test.Apis;
import cn.cityapis.platform.test.CommittedOpenApi;
import cn.cityapis.platform.test.ServiceTest;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

@ServiceTest(properties = "policy.digest=false")
class OpenApiTest {

    @LocalServerPort
    int port;

    @Test
    void theCommittedDocumentIsTheServedOne() {
        CommittedOpenApi.check(Apis.client(port), Path.of("openapi.json"));
    }
}
