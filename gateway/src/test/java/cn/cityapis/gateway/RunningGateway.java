package cn.cityapis.gateway;

import cn.cityapis.platform.test.TestIssuer;
import cn.cityapis.platform.test.Tokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The gateway on a port of its own before five real servers. */
record RunningGateway(ConfigurableApplicationContext context, Map<String, FakeService> services, int port,
        int managementPort) implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final JsonMapper JSON = new JsonMapper();
    static final String TOKEN = Tokens.citizen("c-1").scopes("eldercare.read").token();

    static RunningGateway start(Map<String, Object> more) {
        return start(more, new MovableTime());
    }

    static RunningGateway start(Map<String, Object> more, MovableTime time) {
        Map<String, FakeService> services = new LinkedHashMap<>();
        Map<String, Object> settings = new HashMap<>();
        for (String name : new String[]{"policy", "eldercare", "subsidy", "pharmacy", "identity"}) {
            FakeService service = new FakeService(name);
            services.put(name, service);
            settings.put(name.toUpperCase(java.util.Locale.ROOT) + "_URL", service.url());
        }
        settings.put("SERVER_PORT", 0);
        settings.put("MANAGEMENT_PORT", 0);
        // without any, a connection may be closed on a loop that has ended: nobody hears of it, and the stop waits for ever
        settings.put("spring.reactor.netty.shutdown-quiet-period", "100ms");
        settings.put("OIDC_ISSUER", TestIssuer.ISSUER);
        settings.put("OIDC_JWKS_URI", TestIssuer.shared().jwksUri());
        settings.put("PUBLIC_URL", "https://city.test");
        settings.putAll(more);
        String[] arguments = settings.entrySet().stream().map(one -> "--" + one.getKey() + "=" + one.getValue())
                .toArray(String[]::new);
        ConfigurableApplicationContext context = new SpringApplicationBuilder(GatewayApplication.class)
                .initializers(time.initializer()).run(arguments);
        return new RunningGateway(context, services, port(context, "local.server.port"),
                port(context, "local.management.port"));
    }

    FakeService service(String name) {
        FakeService service = services.get(name);
        if (service == null) {
            throw new IllegalArgumentException(name);
        }
        return service;
    }

    HttpResponse<String> get(String path) {
        return send(request(path).GET());
    }

    HttpResponse<String> authorized(String path) {
        return send(request(path).header("Authorization", "Bearer " + TOKEN).GET());
    }

    HttpResponse<String> with(String token, String path) {
        return send(request(path).header("Authorization", "Bearer " + token).GET());
    }

    String metrics() {
        return send(HttpRequest.newBuilder(URI.create("http://localhost:" + managementPort + "/actuator/prometheus"))
                .GET()).body();
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static JsonNode json(HttpResponse<String> response) {
        return JSON.readTree(response.body());
    }

    private static int port(ConfigurableApplicationContext context, String name) {
        Integer port = context.getEnvironment().getRequiredProperty(name, Integer.class);
        return port;
    }

    @Override
    public void close() {
        context.close();
        services.values().forEach(FakeService::close);
    }
}
