package cn.cityapis.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nonsense for every endpoint: a refusal in the form of OAuth, with Chinese words, that tells nothing of the inside. */
class BadInputApiTest extends IdentityScene {

    private static final String EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";

    private static void refused(RunningIdentity.Answer answer, Integer... statuses) {
        String body = answer.body().toString();
        assertThat(answer.status()).as(body).isIn((Object[]) statuses);
        assertThat(answer.body().path("error").asString("")).as(body).matches("[a-z_]+");
        assertThat(answer.body().path("error_description").asString("")).as(body).containsPattern("\\p{IsHan}");
        tellsNothing(body);
    }

    private static void tellsNothing(String body) {
        assertThat(body).doesNotContain("Exception", "org.springframework", "cn.cityapis", "java.", "SQL", "postgres");
    }

    private static RunningIdentity.Answer send(String path, String authorization, String type, String body) {
        return identity().send(identity().request(path).header("Authorization", authorization)
                .header("Content-Type", type).POST(HttpRequest.BodyPublishers.ofString(body)).build());
    }

    private static String basic(String client, String secret) {
        return "Basic " + Base64.getEncoder().encodeToString((client + ":" + secret).getBytes(StandardCharsets.UTF_8));
    }

    private static RunningIdentity.Answer form(String path, String body) {
        return send(path, basic("demo-home", "demo-home-secret"), "application/x-www-form-urlencoded", body);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "grant_type=", "grant_type=%00", "scope=eldercare.read",
            "grant_type=client_credentials&grant_type=client_credentials",
            "grant_type=client_credentials&scope=a&scope=b", "grant_type=client_credentials&scope=%00",
            "grant_type=client_credentials&scope=%E5%85%BB%E8%80%81", "grant_type=" + EXCHANGE,
            "grant_type=" + EXCHANGE + "&subject_token=&subject_token_type=",
            "grant_type=" + EXCHANGE + "&subject_token=a&subject_token=b&subject_token_type=x"})
    void aTokenRequestThatIsIncompleteRepeatedOrNonsense(String body) {
        refused(form("/oauth2/token", body), 400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/oauth2/introspect", "/oauth2/revoke"})
    void aTokenThatIsMissingOrGivenTwice(String path) {
        refused(form(path, ""), 400);
        refused(form(path, "token="), 400);
        refused(form(path, "token=a&token=b"), 400);
        refused(send(path, basic("nobody", "x"), "application/x-www-form-urlencoded", "token=a"), 401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/oauth2/introspect", "/oauth2/revoke"})
    void aTokenThatNoTokenCanBe(String path) {
        for (String token : new String[]{"%00", "x".repeat(20_000), "%F0%9F%98%80"}) {
            RunningIdentity.Answer answer = form(path, "token=" + token);
            assertThat(answer.status()).as(answer.body().toString()).isIn(200, 400);
            tellsNothing(answer.body().toString());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/oauth2/token", "/oauth2/introspect", "/oauth2/revoke"})
    void aClientThatNoClientCanBe(String path) {
        String form = "application/x-www-form-urlencoded";
        String body = "grant_type=client_credentials&token=a";
        for (String header : new String[]{"Basic", "Basic %%%", "Basic YQ==", "Basic Og==",
                basic("a\u0000b", "c"), basic("x".repeat(5_000), "c"), basic("demo-home", "x".repeat(5_000)),
                basic("%zz", "c")}) {
            refused(send(path, header, form, body), 400, 401);
        }
        Map<String, String> inForm = new LinkedHashMap<>(Map.of("client_id", "a\u0000b", "client_secret", "\u0000"));
        refused(identity().send(identity().request(path).header("Content-Type", form)
                .POST(HttpRequest.BodyPublishers.ofString(body + "&" + RunningIdentity.encode(inForm))).build()), 400,
                401);
    }

    @Test
    void aBodyThatIsNoForm() {
        refused(send("/oauth2/token", basic("demo-home", "demo-home-secret"), "application/json",
                "{\"grant_type\":\"client_credentials\"}"), 400, 404, 415);
        refused(form("/oauth2/token", "%zz&&&=&grant_type"), 400);
    }

    @Test
    void aFormThatIsTooLarge() {
        refused(form("/oauth2/token", "grant_type=client_credentials&x=" + "x".repeat(3_000_000)), 400, 413);
    }

    @ParameterizedTest
    @CsvSource({"GET,/oauth2/token", "PUT,/oauth2/token", "GET,/oauth2/introspect", "GET,/oauth2/revoke",
            "DELETE,/oauth2/jwks", "POST,/oauth2/jwks", "POST,/.well-known/openid-configuration",
            "PATCH,/oauth2/token"})
    void anotherMethod(String method, String path) {
        RunningIdentity.Answer answer = identity().send(identity().request(path)
                .method(method, HttpRequest.BodyPublishers.noBody()).build());
        assertThat(answer.status()).as(answer.body().toString()).isIn(400, 401, 403, 404, 405);
        tellsNothing(answer.body().toString());
    }

    @ParameterizedTest
    @CsvSource({"PATCH,/oauth2/introspect", "PATCH,/oauth2/token", "POST,/oauth2/jwks", "GET,/nothing"})
    void aRefusalSaysWhyWhateverIsAccepted(String method, String path) {
        RunningIdentity.Answer answer = identity().send(identity().request(path)
                .header("Accept", "multipart/form-data; boundary=x")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .method(method, HttpRequest.BodyPublishers.ofString("token=a.b.c")).build());
        assertThat(answer.status()).as(answer.body().toString()).isIn(400, 401, 403, 404, 405);
        assertThat(answer.body().path("error").asString()).as(answer.body().toString()).isNotEmpty();
    }
}
