package cn.cityapis.platform.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Real events to a real endpoint: signed, in order, again and again, until they are taken or given up. */
class DeliveryApiTest extends WebhookScene {

    @Autowired
    TransactionalOperator transaction;

    private final String subject = "things/" + UUID.randomUUID();
    private String webhook = "";

    @BeforeEach
    void subscribe() {
        webhook = subscribe("sample.thing.created");
    }

    private List<Receiver.Received> of(String about) {
        return receiver.all().stream().filter(each -> each.subject().equals(about)).toList();
    }

    private JsonNode deliveries(String query) {
        return get("/" + webhook + "/deliveries" + query).path("items");
    }

    @Test
    void anEventArrivesSignedAsTheStandardHasIt() throws Exception {
        publish(subject, 1);
        await("the event", () -> !of(subject).isEmpty());
        Receiver.Received got = of(subject).getFirst();
        assertThat(got.type()).isEqualTo("application/cloudevents+json");
        assertThat(got.event().path("id").asString()).isEqualTo(got.id());
        assertThat(got.event().path("source").asString()).isEqualTo("/api/sample/v1");
        String secret = get("/" + webhook + "/secret").path("secrets").get(0).asString();
        new com.standardwebhooks.Webhook(secret).verify(got.body(),
                Map.of("webhook-id", List.of(got.id()), "webhook-timestamp", List.of(got.timestamp()),
                        "webhook-signature", List.of(got.signature())));
        await("the record", () -> deliveries("?state=DELIVERED").size() == 1);
        assertThat(deliveries("").get(0).path("lastStatus").asInt()).isEqualTo(204);
    }

    @Test
    void otherTypesOtherClientsEventsAndWhatWasRolledBackDoNotArrive() {
        outbox.publish("sample.thing.renamed", subject, Map.of("n", 1)).block();
        outbox.publishTo("somebody-else", "sample.thing.created", subject, Map.of("n", 2)).block();
        Mono<Void> lost = outbox.publish("sample.thing.created", subject, Map.of("n", 3))
                .then(Mono.error(new IllegalStateException("rolled back")));
        transaction.transactional(lost).onErrorComplete().block();
        outbox.publishTo(client, "sample.thing.created", subject, Map.of("n", 4)).block();
        await("his own", () -> !of(subject).isEmpty());
        assertThat(of(subject)).extracting(Receiver.Received::number).containsExactly(4);
    }

    @Test
    void eventsOfASubjectWaitForTheOneBeforeThemOthersDoNot() {
        String other = "things/" + UUID.randomUUID();
        receiver.answers(event -> event.path("data").path("n").asInt() == 1 ? 503 : 200);
        publish(subject, 1);
        publish(subject, 2);
        publish(other, 7);
        await("the other subject", () -> of(other).size() == 1);
        await("the first attempt", () -> of(subject).size() == 1);
        receiver.answers(200);
        assertThat(of(subject)).extracting(Receiver.Received::number).containsExactly(1);
        clock.advance(Duration.ofSeconds(6));
        await("both", () -> of(subject).size() == 3);
        assertThat(of(subject)).extracting(Receiver.Received::number).containsExactly(1, 1, 2);
        assertThat(of(subject).get(0).id()).isEqualTo(of(subject).get(1).id());
    }

    @Test
    void manyEventsOfManySubjectsEachInItsOrder() {
        List<String> subjects = IntStream.range(0, 6).mapToObj(i -> "things/" + UUID.randomUUID()).toList();
        Map<String, Integer> refused = new ConcurrentHashMap<>();
        // each of them is refused once
        receiver.answers(event -> refused.merge(event.path("id").asString(), 1, Integer::sum) == 1 ? 500 : 200);
        IntStream.range(0, 4).forEach(n -> subjects.forEach(about -> publish(about, n)));
        await("all", () -> {
            if (underWay() == 0) {
                clock.advance(Duration.ofSeconds(6));
            }
            return subjects.stream().allMatch(about -> taken(about).size() == 4);
        });
        assertThat(subjects)
                .allSatisfy(about -> assertThat(taken(about)).containsExactly(0, 1, 2, 3));
    }

    /** While something is under way the clock stands still: its lease would end. */
    private long underWay() {
        return database.sql("SELECT count(*) AS n FROM webhook_delivery WHERE leased_until IS NOT NULL")
                .map(row -> row.get("n", Long.class)).one().block();
    }

    private List<Integer> taken(String about) {
        return receiver.taken().stream().filter(each -> each.subject().equals(about)).map(Receiver.Received::number)
                .toList();
    }

    @Test
    void afterTheTenthFailureItIsDeadTheNextComesAndAReplayBringsItBack() {
        receiver.answers(event -> event.path("data").path("n").asInt() == 1 ? 503 : 200);
        publish(subject, 1);
        publish(subject, 2);
        for (int failed = 1; failed <= 9; failed++) {
            int attempts = failed;
            await("attempt " + failed, () -> deliveries("?state=PENDING").valueStream()
                    .anyMatch(each -> each.path("attempts").asInt() == attempts));
            clock.advance(RetrySchedule.waitAfter(failed, 1).orElseThrow());
        }
        await("the next", () -> taken(subject).contains(2));
        assertThat(of(subject).stream().filter(each -> each.number() == 1)).hasSize(10);
        JsonNode dead = deliveries("?state=DEAD");
        assertThat(dead).hasSize(1);
        assertThat(dead.get(0).path("lastError").asString()).isEqualTo("status-503");
        receiver.answers(200);
        post(partner, "/" + webhook + "/replays",
                Map.of("since", clock.instant().minus(Duration.ofDays(30)).toString(), "onlyDead", true))
                .expectStatus().isAccepted().expectBody().jsonPath("$.events").isEqualTo(1);
        await("the dead one", () -> taken(subject).contains(1));
        await("nothing dead", () -> deliveries("?state=DEAD").isEmpty());
        assertThat(taken(subject)).containsExactly(2, 1);
    }

    @Test
    void whoAnswersGoneIsNotAskedAgainUntilHeSaysSo() {
        receiver.answers(410);
        publish(subject, 1);
        await("stopped", () -> get("/" + webhook).path("state").asString().equals("STOPPED"));
        assertThat(get("/" + webhook).path("stoppedReason").asString()).isEqualTo("GONE");
        publish(subject, 2);
        receiver.answers(200);
        clock.advance(Duration.ofDays(1));
        long version = get("/" + webhook).path("version").asLong();
        assertThat(of(subject)).hasSize(1);
        partner.put().uri(PATH + "/" + webhook).header("If-Match", "\"" + version + "\"")
                .bodyValue(Map.of("webhook", form(receiver.url(), "sample.thing.created"), "paused", false)).exchange()
                .expectStatus().isOk();
        await("what was on its way", () -> taken(subject).contains(1));
    }

    @Test
    void whatADyingReplicaHadTakenIsTakenAgain() {
        database.sql("""
                WITH event AS (
                    INSERT INTO outbox (id, type, subject, data, occurred_at, delivered_at)
                    VALUES (gen_random_uuid(), 'sample.thing.created', :subject, '{"n": 5}', :now, :now)
                    RETURNING id, sequence, subject)
                INSERT INTO webhook_delivery
                       (webhook_id, event_id, sequence, subject, state, next_at, leased_until)
                SELECT :webhook, id, sequence, subject, 'PENDING', :now, :lease FROM event
                """)
                .bind("subject", subject).bind("webhook", UUID.fromString(webhook))
                .bind("now", java.time.OffsetDateTime.now(clock))
                .bind("lease", java.time.OffsetDateTime.now(clock).plusSeconds(60)).then().block();
        String other = "things/" + UUID.randomUUID();
        publish(other, 1);
        await("another", () -> of(other).size() == 1);
        assertThat(of(subject)).isEmpty();
        clock.advance(Duration.ofSeconds(61));
        await("the orphan", () -> of(subject).size() == 1);
    }

    @Test
    void aReceiverThatHangsHoldsUpNoOther() {
        try (Receiver quick = new Receiver()) {
            receiver.waits(Duration.ofSeconds(30));
            String second = "partner-" + UUID.randomUUID();
            post(as(second), "", form(quick.url(), "sample.thing.created")).expectStatus().isCreated();
            IntStream.range(0, 30).forEach(n -> publish("things/" + UUID.randomUUID(), n));
            await("all thirty", () -> quick.taken().size() == 30);
            assertThat(receiver.all()).hasSizeLessThanOrEqualTo(2 * Deliveries.MOST_PER_WEBHOOK);
            await("a time-out", () -> deliveries("").valueStream()
                    .anyMatch(each -> each.path("lastError").asString("").equals("timeout")));
            database.sql("DELETE FROM webhook WHERE client_id = :client").bind("client", second).then().block();
        }
    }

    @Test
    void aFamilyIsSubscribedToByOneName() {
        String family = subscribe("sample.part.*");
        outbox.publish("sample.part.lost", subject, Map.of("n", 1)).block();
        outbox.publish("sample.thing.renamed", subject, Map.of("n", 2)).block();
        outbox.publish("sample.part.found", subject, Map.of("n", 3)).block();
        await("both of the family", () -> taken(subject).size() == 2);
        assertThat(taken(subject)).containsExactly(1, 3);
        assertThat(get("/" + family + "/deliveries").path("items")).hasSize(2);
    }

    @Test
    void aRedirectIsAFailureAndNotFollowed() {
        receiver.answers(302);
        publish(subject, 1);
        await("the failure", () -> deliveries("").valueStream()
                .anyMatch(each -> each.path("lastError").asString("").equals("status-302")));
    }

    @Test
    void aReplayOfAllSendsWhatWasDeliveredInItsOrder() {
        IntStream.range(0, 3).forEach(n -> publish(subject, n));
        await("three", () -> taken(subject).size() == 3);
        await("recorded", () -> deliveries("?state=DELIVERED").size() == 3);
        post(partner, "/" + webhook + "/replays",
                Map.of("since", clock.instant().minus(Duration.ofHours(1)).toString(), "onlyDead", false))
                .expectStatus().isAccepted();
        await("three again", () -> taken(subject).size() == 6);
        assertThat(taken(subject)).containsExactly(0, 1, 2, 0, 1, 2);
    }
}
