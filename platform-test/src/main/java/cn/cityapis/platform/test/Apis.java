package cn.cityapis.platform.test;

import java.time.Duration;
import org.springframework.test.web.reactive.server.WebTestClient;

/** Clients of a running service. */
public final class Apis {

    private Apis() {
    }

    public static WebTestClient client(int port) {
        return WebTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + port)
                .responseTimeout(Duration.ofMinutes(1))
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(64 * 1024 * 1024))
                .build();
    }

    /** With the token on every request. */
    public static WebTestClient client(int port, String token) {
        return client(port).mutate().defaultHeaders(headers -> headers.setBearerAuth(token)).build();
    }
}
