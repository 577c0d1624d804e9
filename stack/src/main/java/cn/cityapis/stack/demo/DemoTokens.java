package cn.cityapis.stack.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import cn.cityapis.stack.layout.StackException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Access tokens of the demonstration identities, asked of the running identity server through the gateway. */
public final class DemoTokens {

    private static final Pattern ACCESS_TOKEN = Pattern.compile("\"access_token\"\\s*:\\s*\"([^\"]+)\"");
    /** What the citizen of the demonstration applies with. */
    private static final String ID_NUMBER = "37100219940502021X";
    private static final String EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
    private static final String JWT = "urn:ietf:params:oauth:token-type:jwt";

    private final String url;
    private final CitizenAssertion assertion;

    /** @param url the platform as seen from outside, which is also the issuer */
    public DemoTokens(String url, Path project) {
        this.url = url;
        this.assertion = new CitizenAssertion(project.resolve("identity/development/demo-app-key.pem"));
    }

    public String token(DemoIdentity who) {
        return who == DemoIdentity.CITIZEN
                ? citizen("demo", ID_NUMBER)
                : request(who, Map.of("grant_type", "client_credentials"));
    }

    /** @param externalId how the mini-program knows the citizen; {@code demo} is the one of the demonstration */
    public String citizen(String externalId) {
        return exchanged(assertion(externalId));
    }

    /** @param idNumber which the mini-program vouches for: he applies with no other */
    public String citizen(String externalId, String idNumber) {
        return exchanged(assertion.of(externalId, idNumber, url, Instant.now()));
    }

    private String exchanged(String signed) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", EXCHANGE);
        form.put("subject_token_type", JWT);
        form.put("subject_token", signed);
        return request(DemoIdentity.CITIZEN, form);
    }

    /** What the demonstration's back end says of its citizen when it asks for a token for him: used once. */
    public String assertion(String externalId) {
        return assertion.of(externalId, null, url, Instant.now());
    }

    private String request(DemoIdentity who, Map<String, String> form) {
        String credentials = Base64.getEncoder().encodeToString((who.clientId() + ":" + who.secret()).getBytes(UTF_8));
        String body = form.entrySet().stream().map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/oauth2/token")).timeout(Duration.ofSeconds(20))
                .header("Authorization", "Basic " + credentials)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body)).build();
        return accessToken(answer(request));
    }

    private static String answer(HttpRequest request) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new StackException("no token: " + response.statusCode() + " " + response.body());
            }
            return response.body();
        } catch (IOException e) {
            throw new StackException("no token: cannot reach " + request.uri() + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("interrupted", e);
        }
    }

    private static String accessToken(String body) {
        Matcher found = ACCESS_TOKEN.matcher(body);
        if (!found.find()) {
            throw new StackException("no token in the answer of the identity server");
        }
        return found.group(1);
    }
}
