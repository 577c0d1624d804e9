package cn.cityapis.platform.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.Parameter;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Who is served first, how much a replay brings back, and what is forgotten. */
class DeliveriesTest extends WebhookScene {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Autowired
    Deliveries deliveries;
    @Autowired
    OldEvents old;
    @Autowired
    Webhooks webhooks;
    @Autowired
    TransactionalOperator transaction;

    /** What is seen while the replica itself may not go on; nothing of it stays. */
    private <T> T alone(Mono<T> work) {
        Mono<T> turn = deliveries.turn().filter(mine -> mine)
                .switchIfEmpty(Mono.error(() -> new IllegalStateException("not our turn")))
                .then(work);
        return Objects.requireNonNull(transaction.execute(status -> {
            status.setRollbackOnly();
            return turn;
        }).next().retryWhen(reactor.util.retry.Retry.fixedDelay(600, Duration.ofMillis(50))
                .filter(IllegalStateException.class::isInstance)).block(PATIENCE));
    }

    /** Webhooks of this client, each with events of as many subjects that have waited since. */
    private Mono<Void> waiting(String owner, int hooks, int events, Instant since) {
        return database.sql("""
                WITH hook AS (
                    INSERT INTO webhook (id, client_id, url, event_types, description, state, secret, created_at)
                    SELECT gen_random_uuid(), :owner, 'https://x.test/', '{a}', '', 'ACTIVE', '', :since
                    FROM generate_series(1, :hooks) RETURNING id),
                event AS (
                    INSERT INTO outbox (id, type, subject, data, occurred_at, delivered_at)
                    SELECT gen_random_uuid(), 'a', 'fair/' || :owner || n, '{}', :since, :since
                    FROM generate_series(1, :events) AS n RETURNING id, sequence, subject)
                INSERT INTO webhook_delivery (webhook_id, event_id, sequence, subject, state, next_at)
                SELECT hook.id, event.id, sequence, subject, 'PENDING', :since FROM hook CROSS JOIN event
                """)
                .bind("owner", owner).bind("hooks", hooks).bind("events", events).bind("since", at(since)).then();
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private Mono<Map<String, Long>> takenBy(int most) {
        return deliveries.take(most, Duration.ofMinutes(1)).flatMapMany(Flux::fromIterable)
                .map(due -> due.event().subject()).collectList()
                .map(subjects -> subjects.stream().map(subject -> subject.replaceAll("fair/(\\D+).*", "$1"))
                        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting())));
    }

    @Test
    void oneClientDoesNotTakeThePlacesOfTheOthers() {
        Instant now = clock.instant();
        Map<String, Long> taken = alone(waiting("many", 20, 10, now.minusSeconds(3600))
                .then(waiting("few", 1, 3, now.minusSeconds(1))).then(takenBy(DeliverEvents.MOST_UNDER_WAY)));
        assertThat(taken).containsEntry("many", (long) Deliveries.MOST_PER_CLIENT).containsEntry("few", 3L);
    }

    @Test
    void theOldestThatIsDueIsKnown() {
        Instant since = clock.instant().minusSeconds(3600).truncatedTo(java.time.temporal.ChronoUnit.SECONDS);
        Instant seen = alone(waiting("young", 1, 1, since.plusSeconds(600)).then(waiting("old", 2, 2, since))
                .then(deliveries.oldestDue()));
        assertThat(seen).isEqualTo(since);
    }

    @Test
    void whatWaitsForItsNextAttemptOrBehindSuchAnOneIsNotDue() {
        Instant since = Instant.EPOCH.plusSeconds(3600);
        Instant later = clock.instant().plusSeconds(600);
        List<Instant> seen = alone(waiting("one", 1, 1, since).then(database.sql("""
                WITH moved AS (UPDATE webhook_delivery SET next_at = :later WHERE next_at = :since
                               RETURNING webhook_id, subject),
                behind AS (
                    INSERT INTO outbox (id, type, subject, data, occurred_at, delivered_at)
                    SELECT gen_random_uuid(), 'a', subject, '{}', :since, :since FROM moved
                    RETURNING id, sequence, subject)
                INSERT INTO webhook_delivery (webhook_id, event_id, sequence, subject, state, next_at)
                SELECT webhook_id, behind.id, behind.sequence, behind.subject, 'PENDING', :since FROM moved, behind
                """).bind("later", at(later)).bind("since", at(since)).then())
                .then(deliveries.oldestDue().flux().collectList()));
        assertThat(seen).doesNotContain(since);
    }

    /** Handing out stands still: what nobody has given to the webhooks is seen. */
    @Test
    void whatWasNotHandedOutIsDue() {
        Instant since = Instant.EPOCH.plusSeconds(60);
        Instant seen = alone(database.sql("""
                INSERT INTO outbox (id, sequence, type, subject, data, occurred_at)
                OVERRIDING SYSTEM VALUE VALUES (gen_random_uuid(), -1, 'a', 'stuck', '{}', :since)
                """).bind("since", at(since)).then().then(deliveries.oldestDue()));
        assertThat(seen).isEqualTo(since);
    }

    @Test
    void whatIsUnderWayAlreadyCounts() {
        Instant now = clock.instant();
        List<Map<String, Long>> taken = alone(waiting("many", 20, 10, now.minusSeconds(3600))
                .then(takenBy(DeliverEvents.MOST_UNDER_WAY))
                .flatMap(first -> takenBy(DeliverEvents.MOST_UNDER_WAY).map(second -> List.of(first, second))));
        assertThat(taken.get(0)).containsEntry("many", (long) Deliveries.MOST_PER_CLIENT);
        assertThat(taken.get(1)).isEmpty();
    }

    @Test
    void ofFewPlacesEachClientGetsTheFirstBeforeOneGetsItsSecond() {
        Instant now = clock.instant();
        Map<String, Long> taken = alone(waiting("many", 20, 10, now.minusSeconds(3600))
                .then(waiting("few", 1, 3, now.minusSeconds(1))).then(takenBy(4)));
        assertThat(taken).containsEntry("many", 2L).containsEntry("few", 2L);
    }

    @Test
    void anotherWebhookOfTheSameClientHasItsPlaceToo() {
        Long hooks = alone(waiting("many", 10, 8, clock.instant().minusSeconds(60))
                .then(deliveries.take(DeliverEvents.MOST_UNDER_WAY, Duration.ofMinutes(1)))
                .map(taken -> taken.stream().map(Deliveries.Due::webhookId).distinct().count()));
        assertThat(hooks).isEqualTo(10);
    }

    /** Handed out at that time, with ids as {@code Ids} makes them. */
    private Mono<Void> handedOut(String subject, int count, Instant when) {
        return database.sql("""
                INSERT INTO outbox (id, type, subject, data, occurred_at, delivered_at)
                SELECT (:moment || lpad(to_hex(n), 20, '0'))::uuid, 'sample.thing.created', :subject, '{}', :at, :at
                FROM generate_series(1, :count) AS n
                """)
                .bind("moment", String.format("%012x", when.toEpochMilli())).bind("subject", subject)
                .bind("at", at(when)).bind("count", count).then();
    }

    private Mono<Webhook> hook() {
        return Mono.fromSupplier(() -> UUID.fromString(subscribe("sample.thing.created"))).flatMap(webhooks::find);
    }

    @Test
    void aReplayBringsBackNothingFromBeforeTheWebhookWasMade() {
        Webhook hook = Objects.requireNonNull(hook().block(PATIENCE));
        Instant made = hook.createdAt();
        Long replayed = alone(handedOut("replay/before", 5, made.minusSeconds(10))
                .then(handedOut("replay/after", 3, made.plusSeconds(10)))
                .then(deliveries.replay(hook, Instant.EPOCH)));
        assertThat(replayed).isEqualTo(3);
    }

    @Test
    void aReplayBringsBackTheEarliestOfTooMany() {
        Webhook hook = Objects.requireNonNull(hook().block(PATIENCE));
        Instant made = hook.createdAt();
        Long last = alone(handedOut("replay/late", 100, made.plusSeconds(20))
                .then(handedOut("replay/many", Deliveries.MOST_REPLAYED, made.plusSeconds(10)))
                .then(deliveries.replay(hook, made))
                .filter(count -> count == Deliveries.MOST_REPLAYED)
                .then(database.sql("SELECT count(*) AS n FROM webhook_delivery WHERE subject = 'replay/late'")
                        .map(row -> Objects.requireNonNull(row.get("n", Long.class))).one()));
        assertThat(last).isZero();
    }

    private List<String> left(String prefix) {
        return Objects.requireNonNull(database.sql(
                "SELECT DISTINCT subject FROM outbox WHERE starts_with(subject, :prefix) ORDER BY subject")
                .bind("prefix", prefix).map(row -> row.get("subject", String.class)).all().collectList()
                .block(PATIENCE));
    }

    @Test
    void whatNobodyWaitsForIsForgottenAfterItsTimeInAnyNumber() {
        String prefix = "old/" + UUID.randomUUID();
        Webhook hook = Objects.requireNonNull(hook().block(PATIENCE));
        Instant end = clock.instant().minus(DeliverEvents.REMEMBERED);
        handedOut(prefix + "/gone", 2500, end.minusSeconds(10)).block(PATIENCE);
        handedOut(prefix + "/kept", 1, end.plusSeconds(3600)).block(PATIENCE);
        IntStream.of(20, 30, 40).forEach(n -> handedOut(prefix + "/" + n, 1, end.minusSeconds(n)).block(PATIENCE));
        delivery(hook, prefix + "/20", "DEAD", null);
        delivery(hook, prefix + "/30", "DELIVERED", end.minusSeconds(5));
        delivery(hook, prefix + "/40", "DELIVERED", end.plusSeconds(3600));
        old.forget(DeliverEvents.REMEMBERED).block(PATIENCE);
        assertThat(left(prefix)).containsExactly(prefix + "/20", prefix + "/40", prefix + "/kept");
    }

    private void delivery(Webhook hook, String subject, String state, @Nullable Instant when) {
        database.sql("""
                INSERT INTO webhook_delivery (webhook_id, event_id, sequence, subject, state, next_at, delivered_at)
                SELECT :hook, id, sequence, subject, :state, occurred_at, :when FROM outbox WHERE subject = :subject
                """)
                .bind("hook", hook.id()).bind("subject", subject).bind("state", state)
                .bind("when", Parameter.fromOrEmpty(when == null ? null : at(when),
                        OffsetDateTime.class))
                .then().block(PATIENCE);
    }

    @Test
    void whatIsNotHandedOutYetIsNeverForgotten() {
        String subject = "waits/" + UUID.randomUUID();
        Instant end = clock.instant().minus(DeliverEvents.REMEMBERED);
        Long kept = alone(handedOut(subject, 1, end.minusSeconds(10))
                .then(database.sql("UPDATE outbox SET delivered_at = NULL WHERE subject = :subject")
                        .bind("subject", subject).then())
                .then(old.forget(DeliverEvents.REMEMBERED))
                .then(database.sql("SELECT count(*) AS n FROM outbox WHERE subject = :subject").bind("subject", subject)
                        .map(row -> Objects.requireNonNull(row.get("n", Long.class))).one()));
        assertThat(kept).isEqualTo(1);
    }
}
