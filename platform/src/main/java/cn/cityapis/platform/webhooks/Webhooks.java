package cn.cityapis.platform.webhooks;

import cn.cityapis.platform.ids.Ids;
import cn.cityapis.platform.pii.FieldCipher;
import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import io.r2dbc.spi.Readable;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** The subscriptions of clients. Secrets are sealed. */
final class Webhooks {

    /** How long the secret before the present one goes on signing. */
    static final Duration OVERLAP = Duration.ofHours(24);
    static final int MOST = 20;

    private static final String COLUMNS = "id, client_id, url, event_types, description, state, stopped_reason, "
            + "failing_since, created_at, version";

    private final DatabaseClient database;
    private final FieldCipher cipher;
    private final SecureRandom random;
    private final Ids ids;
    private final Clock clock;

    Webhooks(DatabaseClient database, FieldCipher cipher, SecureRandom random, Ids ids, Clock clock) {
        this.database = database;
        this.cipher = cipher;
        this.random = random;
        this.ids = ids;
        this.clock = clock;
    }

    /** @throws ProblemException 409 if the client has as many as it may */
    Mono<Webhook> add(String client, WebhookForm form) {
        UUID id = ids.next();
        return database.sql("SELECT pg_advisory_xact_lock(hashtextextended('webhooks:' || :client, 0))")
                .bind("client", client).then()
                .then(database.sql("SELECT count(*) AS n FROM webhook WHERE client_id = :client")
                        .bind("client", client).map(row -> Objects.requireNonNull(row.get("n", Long.class))).one())
                .filter(count -> count < MOST)
                .switchIfEmpty(Mono.error(
                        () -> ProblemException.of(CommonProblem.CONFLICT, "最多 " + MOST + " 个事件订阅，请先删除不用的")))
                .then(database.sql("""
                        INSERT INTO webhook (id, client_id, url, event_types, description, state, secret, created_at)
                        VALUES (:id, :client, :url, :types, :description, 'ACTIVE', :secret, :now)
                        """)
                        .bind("id", id).bind("client", client).bind("url", Objects.requireNonNull(form.url()))
                        .bind("types", form.types().toArray(String[]::new)).bind("description", form.text())
                        .bind("secret", seal("secret", id, newSecret())).bind("now", OffsetDateTime.now(clock))
                        .then())
                .then(find(id));
    }

    Mono<List<Webhook>> of(String client, UUID after, int rows) {
        return database
                .sql("SELECT " + COLUMNS
                        + " FROM webhook WHERE client_id = :client AND id > :after ORDER BY id LIMIT :rows")
                .bind("client", client).bind("after", after).bind("rows", rows)
                .map(Webhooks::webhook).all().collectList();
    }

    Mono<List<Webhook>> all(UUID after, int rows) {
        return database.sql("SELECT " + COLUMNS + " FROM webhook WHERE id > :after ORDER BY id LIMIT :rows")
                .bind("after", after).bind("rows", rows)
                .map(Webhooks::webhook).all().collectList();
    }

    Mono<Webhook> find(UUID id) {
        return database.sql("SELECT " + COLUMNS + " FROM webhook WHERE id = :id").bind("id", id)
                .map(Webhooks::webhook).one();
    }

    Mono<Webhook> lock(UUID id) {
        return database.sql("SELECT " + COLUMNS + " FROM webhook WHERE id = :id FOR UPDATE").bind("id", id)
                .map(Webhooks::webhook).one();
    }

    /** What was stopped starts anew. */
    Mono<Webhook> change(UUID id, WebhookForm form, boolean paused) {
        return database.sql("""
                UPDATE webhook SET url = :url, event_types = :types, description = :description, state = :state,
                       stopped_reason = NULL, failing_since = NULL, version = version + 1
                WHERE id = :id
                """)
                .bind("id", id).bind("url", Objects.requireNonNull(form.url()))
                .bind("types", form.types().toArray(String[]::new)).bind("description", form.text())
                .bind("state", paused ? "PAUSED" : "ACTIVE")
                .then().then(find(id));
    }

    Mono<Void> remove(UUID id) {
        return database.sql("DELETE FROM webhook WHERE id = :id").bind("id", id).then();
    }

    /** The secret up to now signs beside the new one for {@link #OVERLAP}. */
    Mono<Webhook> renewSecret(UUID id) {
        return sealed(id).flatMap(kept -> database.sql("""
                UPDATE webhook SET secret = :secret, previous_secret = :previous, previous_until = :until,
                       version = version + 1
                WHERE id = :id
                """)
                .bind("id", id).bind("secret", seal("secret", id, newSecret()))
                .bind("previous", seal("previous_secret", id, open("secret", id, kept.secret())))
                .bind("until", OffsetDateTime.now(clock).plus(OVERLAP))
                .then()).then(find(id));
    }

    /** Those in force, the newest first. */
    Mono<List<String>> secrets(UUID id) {
        return sealed(id).map(kept -> Stream.concat(Stream.of(open("secret", id, kept.secret())),
                kept.previous(clock.instant()).map(previous -> open("previous_secret", id, previous))).toList());
    }

    Mono<Void> stop(UUID id, Webhook.StopReason reason) {
        return database.sql("""
                UPDATE webhook SET state = 'STOPPED', stopped_reason = :reason, version = version + 1
                WHERE id = :id AND state = 'ACTIVE'
                """).bind("id", id).bind("reason", reason.name()).then();
    }

    /** @return since when it has failed without a success between, this failure included */
    Mono<Instant> failed(UUID id) {
        return database.sql("""
                UPDATE webhook SET failing_since = coalesce(failing_since, :now) WHERE id = :id RETURNING failing_since
                """).bind("id", id).bind("now", OffsetDateTime.now(clock))
                .map(row -> Objects.requireNonNull(instant(row, "failing_since"))).one();
    }

    Mono<Void> succeeded(UUID id) {
        return database.sql("UPDATE webhook SET failing_since = NULL WHERE id = :id AND failing_since IS NOT NULL")
                .bind("id", id).then();
    }

    @SuppressWarnings("ArrayRecordComponent") // sealed bytes on their way to the cipher, never compared
    private record Sealed(byte[] secret, byte @Nullable [] previousSecret, @Nullable Instant previousUntil) {

        Stream<byte[]> previous(Instant now) {
            return previousSecret == null || previousUntil == null || !previousUntil.isAfter(now)
                    ? Stream.empty()
                    : Stream.of(previousSecret);
        }
    }

    private Mono<Sealed> sealed(UUID id) {
        return database.sql("SELECT secret, previous_secret, previous_until FROM webhook WHERE id = :id")
                .bind("id", id)
                .map(row -> new Sealed(Objects.requireNonNull(row.get("secret", byte[].class)),
                        row.get("previous_secret", byte[].class), instant(row, "previous_until")))
                .one();
    }

    private String newSecret() {
        byte[] bytes = new byte[Signature.SECRET_BYTES];
        random.nextBytes(bytes);
        return Signature.secret(bytes);
    }

    private byte[] seal(String column, UUID id, String clear) {
        return cipher.encrypt("webhook", column, id, clear);
    }

    private String open(String column, UUID id, byte[] sealed) {
        return cipher.decrypt("webhook", column, id, sealed);
    }

    private static Webhook webhook(Readable row) {
        String reason = row.get("stopped_reason", String.class);
        return new Webhook(Objects.requireNonNull(row.get("id", UUID.class)), text(row, "client_id"), text(row, "url"),
                List.of(Objects.requireNonNull(row.get("event_types", String[].class))), text(row, "description"),
                Webhook.State.valueOf(text(row, "state")), reason == null ? null : Webhook.StopReason.valueOf(reason),
                instant(row, "failing_since"), Objects.requireNonNull(instant(row, "created_at")),
                Objects.requireNonNull(row.get("version", Long.class)));
    }

    private static String text(Readable row, String column) {
        return Objects.requireNonNull(row.get(column, String.class));
    }

    static @Nullable Instant instant(Readable row, String column) {
        OffsetDateTime at = row.get(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
