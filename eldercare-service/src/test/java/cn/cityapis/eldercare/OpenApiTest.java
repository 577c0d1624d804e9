package cn.cityapis.eldercare;

import cn.cityapis.platform.test.Apis;
import cn.cityapis.platform.test.CommittedOpenApi;
import cn.cityapis.platform.test.ServiceTest;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

@ServiceTest(properties = "demo.data=true")
class OpenApiTest {

    @LocalServerPort
    private int port;

    @Test
    void theCommittedDocumentIsWhatTheServiceServes() {
        CommittedOpenApi.check(Apis.client(port), Path.of("openapi.json"));
    }
}
