package cn.cityapis.policy.search;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import cn.cityapis.platform.test.TestIssuer;
import cn.cityapis.policy.Policy;
import cn.cityapis.policy.PolicyApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** A further instance of the service in this JVM, with an index of its own. */
record Replica(ConfigurableApplicationContext context, Policy policy) implements AutoCloseable {

    /** @param settings as on the command line: {@code --DB_NAME=…} */
    static Replica start(Path data, List<String> settings) {
        List<String> arguments = new ArrayList<>(
                List.of("--server.port=0", "--app.farewell=0s", "--spring.reactor.netty.shutdown-quiet-period=100ms",
                        "--DATA_DIR=" + data,
                        "--OIDC_ISSUER=" + TestIssuer.ISSUER, "--OIDC_JWKS_URI=" + TestIssuer.shared().jwksUri()));
        arguments.addAll(settings);
        ConfigurableApplicationContext context = new SpringApplicationBuilder(PolicyApplication.class)
                .profiles("development").run(arguments.toArray(String[]::new));
        return new Replica(context,
                new Policy(context.getEnvironment().getRequiredProperty("local.server.port", Integer.class)));
    }

    /** The status that the readiness probe gets. */
    int readiness() {
        return policy.reader.get().uri("/actuator/health/readiness").exchange().expectBody().returnResult().getStatus()
                .value();
    }

    @Override
    public void close() {
        context.close();
    }
}
