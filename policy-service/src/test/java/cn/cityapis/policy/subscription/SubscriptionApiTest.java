package cn.cityapis.policy.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.platform.test.Apis;
import cn.cityapis.platform.test.ServiceTest;
import cn.cityapis.platform.test.Tokens;
import cn.cityapis.policy.Policy;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;

@ServiceTest(properties = "policy.digest=false")
class SubscriptionApiTest {

    private static final String PROFILE = "{\"name\":\"高企\",\"profile\":{\"audiences\":[\"高新技术企业\",\"药店\"],\"amountMinFen\":100}}";
    private static final String QUERY = "{\"name\":\"评估\",\"query\":{\"q\":\"养老机构 评估\",\"issuer\":\"海岚市人民政府\"}}";

    @LocalServerPort
    int port;

    @Test
    void keepsAProfileAndAQueryAndForgetsThem() {
        Subscribing citizen = Subscribing.as(port, Tokens.citizen("keeper"));
        String profile = citizen.to(PROFILE);
        String query = citizen.to(QUERY);
        assertThat(citizen.get("/" + profile).at("/profile/audiences").valueStream().map(JsonNode::asString))
                .containsExactly("high-tech-enterprise", "pharmacy");
        assertThat(citizen.get("/" + query).at("/query/q").asString()).isEqualTo("养老机构 评估");
        assertThat(citizen.get("").get("items").findValuesAsString("id")).containsExactly(profile, query);
        assertThat(citizen.get("?limit=1").get("items").findValuesAsString("id")).containsExactly(profile);
        assertThat(citizen.get("?limit=1&cursor=" + citizen.get("?limit=1").get("nextCursor").asString()).get("items")
                .findValuesAsString("id")).containsExactly(query);
        assertThat(citizen.get("/" + profile + "/matches").get("items")).isEmpty();
        citizen.client.delete().uri(Subscribing.PATH + "/" + profile).header("If-Match", "\"1\"").exchange()
                .expectStatus().isNoContent();
        problem(citizen.client.get().uri(Subscribing.PATH + "/" + profile).exchange(), 404, "subscription-not-found");
        problem(citizen.client.delete().uri(Subscribing.PATH + "/" + profile).header("If-Match", "\"1\"").exchange(),
                404, "subscription-not-found");
    }

    @Test
    void showsACitizenHisOwnInEveryProgramAndNobodyElse() {
        Subscribing citizen = Subscribing.as(port, Tokens.citizen("owner"));
        String id = citizen.to(PROFILE);
        Subscribing elsewhere = Subscribing.as(port, Tokens.citizen("owner").claim("client_id", "another-app"));
        assertThat(elsewhere.get("/" + id).get("id").asString()).isEqualTo(id);
        for (Tokens other : List.of(Tokens.citizen("stranger"),
                Tokens.client("owner"),
                Tokens.client("demo-partner"),
                Tokens.operator("owner", "371000", "city"))) {
            Subscribing stranger = Subscribing.as(port, other, "policy.read", "events.subscribe");
            problem(stranger.client.get().uri(Subscribing.PATH + "/" + id).exchange(), 404, "subscription-not-found");
            problem(stranger.client.get().uri(Subscribing.PATH + "/" + id + "/matches").exchange(), 404,
                    "subscription-not-found");
            problem(stranger.client.delete().uri(Subscribing.PATH + "/" + id).header("If-Match", "\"1\"").exchange(),
                    404, "subscription-not-found");
            assertThat(stranger.get("").get("items").findValuesAsString("id")).doesNotContain(id);
        }
        assertThat(citizen.get("/" + id).get("id").asString()).isEqualTo(id);
    }

    @Test
    void servesPartnersAndRefusesPersonsOfUnknownName() {
        Subscribing partner = Subscribing.as(port, Tokens.client("some-partner"), "policy.read", "events.subscribe");
        String id = partner.to(QUERY);
        assertThat(partner.get("/" + id).get("name").asString()).isEqualTo("评估");
        // the same program with a token that everybody who opens a page may hold
        Subscribing reading = Subscribing.as(port, Tokens.client("some-partner"));
        problem(reading.post(QUERY, UUID.randomUUID().toString()), 403, "forbidden");
        problem(reading.client.get().uri(Subscribing.PATH).exchange(), 403, "forbidden");
        problem(reading.client.get().uri(Subscribing.PATH + "/" + id).exchange(), 403, "forbidden");
        problem(reading.client.delete().uri(Subscribing.PATH + "/" + id).header("If-Match", "\"1\"").exchange(), 403,
                "forbidden");
        Subscribing openid = Subscribing.as(port, Tokens.citizen("unproven").claim("assurance", "openid"));
        problem(openid.post(QUERY, UUID.randomUUID().toString()), 403, "real-name-required");
    }

    @Test
    void makesOneSubscriptionPerKey() {
        Subscribing citizen = Subscribing.as(port, Tokens.citizen("repeater"));
        String key = UUID.randomUUID().toString();
        byte[] first = citizen.post(PROFILE, key).expectStatus().isCreated().expectBody().returnResult()
                .getResponseBody();
        byte[] again = citizen.post(PROFILE, key).expectStatus().isCreated().expectBody().returnResult()
                .getResponseBody();
        assertThat(Policy.json(again)).isEqualTo(Policy.json(first));
        assertThat(citizen.get("").get("items")).hasSize(1);
        problem(citizen.post(QUERY, key), 422, "idempotency-key-reused");
    }

    @Test
    void holdsTheLimitAlsoWhenManyComeAtOnce() {
        Subscribing citizen = Subscribing.as(port, Tokens.citizen("collector"));
        List<Integer> statuses = IntStream.range(0, Subscriptions.MOST + 10).parallel()
                .mapToObj(i -> citizen.post(PROFILE, UUID.randomUUID().toString()).returnResult(byte[].class)
                        .getStatus().value())
                .toList();
        assertThat(statuses).filteredOn(status -> status == 201).hasSize(Subscriptions.MOST);
        assertThat(statuses).filteredOn(status -> status != 201).hasSize(10).containsOnly(409);
        problem(citizen.post(PROFILE, UUID.randomUUID().toString()), 409, "subscriptions-full");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"name":"两个","profile":{"audiences":["药店"]},"query":{"q":"药"}}  | /profile
            {"name":"没有"}                                                    | /profile
            {"name":" ","profile":{"audiences":["药店"]}}                       | /name
            {"name":"空","profile":{"audiences":[]}}                            | /profile/audiences
            {"name":"谁","profile":{"audiences":["药店","没有这类人"]}}          | /profile/audiences/1
            {"name":"负","profile":{"audiences":["药店"],"amountMinFen":-1}}    | /profile/amountMinFen
            {"name":"空","query":{"q":""}}                                     | /query/q
            {"name":"多","query":{"q":"药","other":"x"}}                        | /query/other
            """)
    void saysWhatIsWrong(String body, String pointer) {
        Subscribing citizen = Subscribing.as(port, Tokens.citizen("careless"));
        WebTestClient.ResponseSpec answer = citizen.post(body, UUID.randomUUID().toString());
        JsonNode problem = Policy.json(answer.expectStatus().isBadRequest().expectBody().returnResult()
                .getResponseBody());
        assertThat(problem.get("code").asString()).isEqualTo("validation-failed");
        assertThat(problem.get("errors").findValuesAsString("pointer")).contains(pointer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"?cursor=forged", "?limit=0", "/x", "/x/matches"})
    void refusesWrongParameters(String call) {
        Subscribing.as(port, Tokens.citizen("careless")).client.get().uri(Subscribing.PATH + call).exchange()
                .expectStatus().isBadRequest();
    }

    @Test
    void wantsTheVersionThatIsDeletedAndAToken() {
        Subscribing citizen = Subscribing.as(port, Tokens.citizen("hasty"));
        String id = citizen.to(PROFILE);
        problem(citizen.client.delete().uri(Subscribing.PATH + "/" + id).exchange(), 428, "if-match-missing");
        problem(citizen.client.delete().uri(Subscribing.PATH + "/" + id).header("If-Match", "\"2\"").exchange(), 412,
                "stale");
        Apis.client(port).get().uri(Subscribing.PATH).exchange().expectStatus().isUnauthorized();
    }

    private static void problem(WebTestClient.ResponseSpec answer, int status, String code) {
        answer.expectStatus().isEqualTo(status).expectBody().jsonPath("$.code").isEqualTo(code);
    }
}
