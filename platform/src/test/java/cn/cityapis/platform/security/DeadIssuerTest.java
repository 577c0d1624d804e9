package cn.cityapis.platform.security;

import cn.cityapis.platform.sample.SampleApplication;
import cn.cityapis.platform.test.Apis;
import cn.cityapis.platform.test.ServiceTest;
import cn.cityapis.platform.test.Tokens;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** An issuer that accepts connections and never answers. */
@ServiceTest(classes = SampleApplication.class)
class DeadIssuerTest {

    private static final ServerSocket SILENT = silent();

    @LocalServerPort
    int port;

    private static ServerSocket silent() {
        try {
            return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @DynamicPropertySource
    static void issuer(DynamicPropertyRegistry properties) {
        properties.add("platform.security.jwks-uri", () -> "http://localhost:" + SILENT.getLocalPort() + "/jwks");
    }

    @Test
    void isNoFaultOfTheTokenAndHangsNobody() {
        Apis.client(port, Tokens.citizen("c").scopes("sample.read").token()).get().uri("/api/sample/v1/things")
                .exchange()
                .expectStatus().isEqualTo(503).expectHeader().valueEquals("Retry-After", "2")
                .expectBody().jsonPath("$.code").isEqualTo("unavailable");
    }
}
