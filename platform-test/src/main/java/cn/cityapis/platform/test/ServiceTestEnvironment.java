package cn.cityapis.platform.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** The environment variables that a service is started with in a test. */
final class ServiceTestEnvironment implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        Map<String, Object> environment = new HashMap<>(TestDatabase.create().environment());
        environment.put("OIDC_ISSUER", TestIssuer.ISSUER);
        environment.put("OIDC_JWKS_URI", TestIssuer.shared().jwksUri());
        // most tests are about something else than whose number it is
        environment.put("ID_NUMBER_PROOF", "if-told");
        environment.put("app.farewell", "0s");
        // without any, a connection may be closed on a loop that has ended: nobody hears of it, and the stop waits for ever
        environment.put("spring.reactor.netty.shutdown-quiet-period", "100ms");
        try {
            environment.put("DATA_DIR", Files.createTempDirectory("service-test").toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        context.getEnvironment().getPropertySources().addAfter("systemProperties",
                new MapPropertySource("service-test", environment));
    }
}
