package cn.cityapis.identity;

import cn.cityapis.platform.test.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The identity server on a port of its own, over a given database, asked by plain HTTP. */
record RunningIdentity(ConfigurableApplicationContext context, int port) implements AutoCloseable {

    static final String ISSUER = "http://localhost:8080";
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = new JsonMapper();

    record Answer(int status, JsonNode body, HttpResponse<String> response) {
    }

    static RunningIdentity development(TestDatabase database) {
        return start(database, Map.of("spring.profiles.active", "development"));
    }

    static RunningIdentity start(TestDatabase database, Map<String, Object> more) {
        return start(database, more, context -> {
        });
    }

    /** A development server whose time a test moves. */
    static RunningIdentity development(TestDatabase database, MovableTime time) {
        return start(database, Map.of("spring.profiles.active", "development"), time.initializer());
    }

    static RunningIdentity start(TestDatabase database, Map<String, Object> more,
            ApplicationContextInitializer<GenericApplicationContext> initializer) {
        Map<String, Object> settings = new HashMap<>(database.environment());
        settings.put("SERVER_PORT", 0);
        settings.put("DB_POOL_SIZE", 4);
        settings.putAll(more);
        String[] arguments = settings.entrySet().stream().map(one -> "--" + one.getKey() + "=" + one.getValue())
                .toArray(String[]::new);
        ConfigurableApplicationContext context = new SpringApplicationBuilder(IdentityApplication.class)
                .initializers(initializer).run(arguments);
        Integer port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
        return new RunningIdentity(context, port);
    }

    Answer token(String client, String secret, Map<String, String> form) {
        return post("/oauth2/token", client, secret, form);
    }

    Answer clientCredentials(String client) {
        return token(client, client + "-secret", Map.of("grant_type", "client_credentials"));
    }

    Answer citizen(String assertion) {
        return citizen(assertion, Map.of());
    }

    Answer citizen(String assertion, Map<String, String> more) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange");
        form.put("subject_token_type", "urn:ietf:params:oauth:token-type:jwt");
        form.put("subject_token", assertion);
        form.putAll(more);
        return token("demo-app", "demo-app-secret", form);
    }

    Answer post(String path, String client, String secret, Map<String, String> form) {
        String basic = Base64.getEncoder().encodeToString((client + ":" + secret).getBytes(StandardCharsets.UTF_8));
        return send(request(path).header("Authorization", "Basic " + basic)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(encode(form))).build());
    }

    Answer get(String path) {
        return send(request(path).GET().build());
    }

    Answer send(HttpRequest request) {
        try {
            HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            String body = response.body();
            return new Answer(response.statusCode(), JSON.readTree(body.isBlank() ? "{}" : body), response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
    }

    static String encode(Map<String, String> form) {
        return form.entrySet().stream()
                .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    @Override
    public void close() {
        context.close();
    }
}
