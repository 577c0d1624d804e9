package cn.cityapis.platform.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.platform.test.Apis;
import cn.cityapis.platform.test.InputMatrix;
import cn.cityapis.platform.test.Tokens;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;

/** What a client does with its webhooks. */
class WebhookApiTest extends WebhookScene {

    @TestFactory
    Stream<DynamicContainer> wrongInputOfEveryKind() {
        String webhook = subscribe("sample.thing.created");
        return InputMatrix.of(port, "sample", getClass())
                .only(operation -> operation.path().contains("/webhooks"))
                .owner(operation -> Tokens.client(client))
                .stranger(operation -> Tokens.client("stranger"))
                .object("webhookId", webhook)
                .repeated("WebhookApiTest.aRepeatedKeyHasOneEffect", "createWebhook", "renewWebhookSecret",
                        "testWebhook", "replayWebhook")
                .tests();
    }

    @Test
    void aRepeatedKeyHasOneEffect() {
        String webhook = subscribe("sample.thing.created");
        for (int i = 0; i < 2; i++) {
            keyed("create", "").bodyValue(form(receiver.url(), "sample.thing.renamed")).exchange().expectStatus()
                    .isCreated();
            keyed("renew", "/" + webhook + "/secret-renewals").header("If-Match", "\"1\"").exchange().expectStatus()
                    .isOk().expectBody().jsonPath("$.version").isEqualTo(2);
            keyed("test", "/" + webhook + "/tests").exchange().expectStatus().isAccepted();
            keyed("replay", "/" + webhook + "/replays")
                    .bodyValue(Map.of("since", "2020-01-01T00:00:00+08:00", "onlyDead", true)).exchange()
                    .expectStatus().isAccepted();
        }
        assertThat(get("/" + webhook + "/deliveries").path("items")).hasSize(1);
        assertThat(get("").path("items")).hasSize(2);
    }

    private WebTestClient.RequestBodySpec keyed(String key, String path) {
        return partner.post().uri(PATH + path).header("Idempotency-Key", client + key);
    }

    @Test
    void theTestEventArrivesHereAlone() {
        String webhook = subscribe("sample.thing.renamed");
        post(partner, "/" + webhook + "/tests", "").expectStatus().isAccepted();
        await("the test event", () -> receiver.all().size() == 1);
        assertThat(receiver.all().getFirst().event().path("type").asString()).isEqualTo("sample.webhook.test");
    }

    @Test
    void theNewSecretAndForADayTheOldOneSign() {
        String webhook = subscribe("sample.thing.created");
        String old = get("/" + webhook + "/secret").path("secrets").get(0).asString();
        renew(webhook, 1);
        JsonNode both = get("/" + webhook + "/secret").path("secrets");
        assertThat(both).hasSize(2);
        assertThat(both.get(1).asString()).isEqualTo(old);
        publish("things/" + UUID.randomUUID(), 1);
        await("the event", () -> receiver.all().size() == 1);
        assertThat(receiver.all().getFirst().signature().split(" ")).hasSize(2);
        clock.advance(Duration.ofHours(25));
        assertThat(get("/" + webhook + "/secret").path("secrets")).hasSize(1);
    }

    private void renew(String webhook, long version) {
        partner.post().uri(PATH + "/" + webhook + "/secret-renewals").header("If-Match", "\"" + version + "\"")
                .header("Idempotency-Key", UUID.randomUUID().toString()).exchange().expectStatus().isOk();
    }

    @Test
    void theSecretIsNowhereInTheClear() {
        String webhook = subscribe("sample.thing.created");
        String secret = get("/" + webhook + "/secret").path("secrets").get(0).asString();
        List<String> rows = database.sql("SELECT encode(secret, 'escape') AS s FROM webhook")
                .map(row -> row.get("s", String.class)).all().collectList().block();
        assertThat(rows).isNotEmpty().noneMatch(row -> row.contains(secret.substring(6)));
        assertThat(get("/" + webhook).toString()).doesNotContain(secret);
        Long read = database.sql("""
                SELECT count(*) AS n FROM audit_entry WHERE action = 'webhook.read-secret' AND resource_id = :id
                """).bind("id", webhook).map(row -> row.get("n", Long.class)).one().block();
        assertThat(read).isEqualTo(1);
    }

    @Test
    void whatIsPausedGetsNothingAndAReplayMakesUpForIt() {
        String webhook = subscribe("sample.thing.created");
        change(webhook, 1, true);
        String subject = "things/" + UUID.randomUUID();
        publish(subject, 1);
        String behind = subscribe("sample.thing.created");
        publish("things/" + UUID.randomUUID(), 2);
        await("the second, at the other", () -> receiver.all().size() == 1);
        post(partner, "/" + webhook + "/replays",
                Map.of("since", clock.instant().minusSeconds(600).toString(), "onlyDead", false))
                .expectStatus().isEqualTo(409);
        change(webhook, 2, false);
        partner.delete().uri(PATH + "/" + behind).header("If-Match", "\"1\"").exchange().expectStatus().isNoContent();
        post(partner, "/" + webhook + "/replays",
                Map.of("since", clock.instant().minusSeconds(600).toString(), "onlyDead", false))
                .expectStatus().isAccepted();
        await("what came while it was paused", () -> receiver.all().stream()
                .anyMatch(each -> each.subject().equals(subject)));
    }

    private void change(String webhook, long version, boolean paused) {
        partner.put().uri(PATH + "/" + webhook).header("If-Match", "\"" + version + "\"")
                .bodyValue(Map.of("webhook", form(receiver.url(), "sample.thing.created"), "paused", paused)).exchange()
                .expectStatus().isOk();
    }

    @Test
    void twentyAreEnoughEvenIfAskedForAtOnce() {
        List<Integer> answers = IntStream.range(0, 24).parallel()
                .mapToObj(i -> post(partner, "", form(receiver.url(), "sample.thing.created"))
                        .returnResult(String.class).getStatus().value())
                .toList();
        assertThat(answers.stream().filter(status -> status == 201)).hasSize(Webhooks.MOST);
        assertThat(answers.stream().filter(status -> status == 409)).hasSize(4);
    }

    private WebTestClient administrator() {
        return Apis.client(port,
                Tokens.operator("admin-1", "371000", "admin").scopes("events.subscribe").audience("sample").token());
    }

    @Test
    void anAdministratorSeesTheOthersButNoSecret() {
        String webhook = subscribe("sample.thing.created");
        administrator().get().uri(PATH + "/" + webhook + "/deliveries").exchange().expectStatus().isOk();
        administrator().get().uri(PATH + "/" + webhook).exchange().expectStatus().isOk().expectBody()
                .jsonPath("$.clientId").isEqualTo(client);
        administrator().get().uri(PATH + "/" + webhook + "/secret").exchange().expectStatus().isNotFound();
    }

    private WebTestClient.ResponseSpec changed(WebTestClient who, String webhook, Object form, boolean paused) {
        return who.put().uri(PATH + "/" + webhook).header("If-Match", "\"1\"")
                .bodyValue(Map.of("webhook", form, "paused", paused)).exchange();
    }

    @Test
    void anAdministratorPausesTheOthersAndLeadsThemNowhereElse() {
        String webhook = subscribe("sample.thing.created");
        Map<String, Object> same = form(receiver.url(), "sample.thing.created");
        changed(administrator(), webhook, form(receiver.url() + "/else", "sample.thing.created"), true)
                .expectStatus().isForbidden();
        changed(administrator(), webhook, form(receiver.url(), "sample.thing.renamed"), true)
                .expectStatus().isForbidden();
        changed(administrator(), webhook, same, false).expectStatus().isForbidden();
        changed(as("stranger"), webhook, same, true).expectStatus().isNotFound();
        changed(administrator(), webhook, same, true).expectStatus().isOk().expectBody().jsonPath("$.state")
                .isEqualTo("PAUSED");
        assertThat(recorded("webhook.change", webhook)).containsExactly("admin-1 " + client);
    }

    @Test
    void anAdministratorRemovesTheOthers() {
        String webhook = subscribe("sample.thing.created");
        as("stranger").delete().uri(PATH + "/" + webhook).header("If-Match", "\"1\"").exchange().expectStatus()
                .isNotFound();
        administrator().delete().uri(PATH + "/" + webhook).header("If-Match", "\"1\"").exchange().expectStatus()
                .isNoContent();
        partner.get().uri(PATH + "/" + webhook).exchange().expectStatus().isNotFound();
        assertThat(recorded("webhook.remove", webhook)).containsExactly("admin-1 " + client);
    }

    /** By whom, and whose it was. */
    private List<String> recorded(String action, String webhook) {
        return database.sql("""
                SELECT subject || ' ' || (details ->> 'clientId') AS said FROM audit_entry
                WHERE action = :action AND resource_id = :id
                """).bind("action", action).bind("id", webhook).map(row -> row.get("said", String.class)).all()
                .collectList().block();
    }

    @Test
    void theDocumentListsTheEvents() {
        JsonNode document = Apis.client(port).get().uri("/v3/api-docs").exchange().expectStatus().isOk()
                .expectBody(JsonNode.class).returnResult().getResponseBody();
        assertThat(document.path("webhooks").propertyNames()).contains("sample.thing.created", "sample.thing.renamed");
    }
}
