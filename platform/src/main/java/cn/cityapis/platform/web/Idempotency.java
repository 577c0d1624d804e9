package cn.cityapis.platform.web;

import cn.cityapis.platform.pii.FieldCipher;
import cn.cityapis.platform.pii.SealedColumn;
import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.Parameter;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes a request with an effect safe to repeat: its answer is stored in the transaction of the effect, and the same
 * key gets it again for 30 days. Refusals roll back and are not stored. Stored answers are sealed: they tell what the
 * caller may see.
 */
public final class Idempotency {

    /** Longer than the longest retry of a partner that moves money. */
    static final Duration KEPT = Duration.ofDays(30);

    /** Where the stored answers are sealed, bound to the digest of their key. */
    static final SealedColumn BODY = new SealedColumn("idempotency_key", "body", "idempotency_key", "body",
            "encode(substring(scope_digest FROM 1 FOR 16), 'hex')::uuid");

    private static final List<String> STORED_HEADERS = List.of(HttpHeaders.ETAG, HttpHeaders.LOCATION);

    private final DatabaseClient database;
    private final TransactionalOperator transaction;
    private final FieldCipher cipher;
    private final JsonMapper json;
    private final Clock clock;

    Idempotency(DatabaseClient database, TransactionalOperator transaction, FieldCipher cipher, JsonMapper json,
            Clock clock) {
        this.database = database;
        this.transaction = transaction;
        this.cipher = cipher;
        this.json = json;
        this.clock = clock;
    }

    /**
     * Runs the effect once per key, in one transaction that goes on even if the client hangs up.
     *
     * @param body what was asked, compared when the key comes again; null if the request has none
     * @throws ProblemException 422 if the key was used for another body, 409 while the same key is being worked on
     */
    public <T> Mono<ResponseEntity<T>> execute(IdempotencyKey key, @Nullable Object body,
            Supplier<Mono<ResponseEntity<T>>> effect) {
        byte[] scope = digest(key.caller().clientId(), key.caller().subject(), key.operation(), key.value());
        byte[] request = digest(key.method(), key.path(), query(key),
                body == null ? "" : json.writeValueAsString(body));
        Mono<Answer<T>> work = lock(scope).then(stored(scope))
                .map(found -> Answer.<T>replay(check(found, request)))
                .switchIfEmpty(Mono.defer(effect)
                        .flatMap(answer -> store(scope, request, answer).thenReturn(Answer.fresh(answer))))
                .as(transaction::transactional);
        return Detached.run(work).flatMap(answer -> answer.replay() == null
                ? Mono.just(answer.freshAnswer())
                : replay(key.exchange().getResponse(), answer.replay()).then(Mono.empty()));
    }

    private static String query(IdempotencyKey key) {
        String query = key.exchange().getRequest().getURI().getRawQuery();
        return query == null ? "" : query;
    }

    private Mono<Void> lock(byte[] scope) {
        return database.sql("SELECT pg_try_advisory_xact_lock(:lock) AS locked")
                .bind("lock", ByteBuffer.wrap(scope).getLong())
                .map(row -> Boolean.TRUE.equals(row.get("locked", Boolean.class)))
                .one()
                .flatMap(locked -> locked
                        ? Mono.empty()
                        : Mono.error(ProblemException.of(CommonProblem.IDEMPOTENCY_IN_PROGRESS)));
    }

    private Mono<Stored> stored(byte[] scope) {
        return database.sql("""
                SELECT request_digest, status, headers, body
                  FROM idempotency_key
                 WHERE scope_digest = :scope AND expires_at > :now
                """)
                .bind("scope", scope)
                .bind("now", OffsetDateTime.now(clock))
                .map(row -> new Stored(row.get("request_digest", byte[].class), row.get("status", Integer.class),
                        row.get("headers", String.class), opened(scope, row.get("body", byte[].class))))
                .one();
    }

    private static Stored check(Stored found, byte[] request) {
        if (!Arrays.equals(found.requestDigest(), request)) {
            throw ProblemException.of(CommonProblem.IDEMPOTENCY_KEY_REUSED,
                    "这个 Idempotency-Key 已用于内容不同的请求，请换一个新的值");
        }
        return found;
    }

    private <T> Mono<Void> store(byte[] scope, byte[] request, ResponseEntity<T> answer) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String name : STORED_HEADERS) {
            String value = answer.getHeaders().getFirst(name);
            if (value != null) {
                headers.put(name, value);
            }
        }
        byte[] body = answer.getBody() == null ? null : sealed(scope, json.writeValueAsString(answer.getBody()));
        OffsetDateTime now = OffsetDateTime.now(clock);
        return database.sql("""
                INSERT INTO idempotency_key (scope_digest, request_digest, status, headers, body, created_at, expires_at)
                VALUES (:scope, :request, :status, :headers, :body, :now, :expires)
                ON CONFLICT (scope_digest) DO UPDATE
                   SET request_digest = excluded.request_digest, status = excluded.status, headers = excluded.headers,
                       body = excluded.body, created_at = excluded.created_at, expires_at = excluded.expires_at
                """)
                .bind("scope", scope)
                .bind("request", request)
                .bind("status", answer.getStatusCode().value())
                .bind("headers", json.writeValueAsString(headers))
                .bind("body", Parameter.fromOrEmpty(body, byte[].class))
                .bind("now", now)
                .bind("expires", now.plus(KEPT))
                .then();
    }

    private byte[] sealed(byte[] scope, String body) {
        return cipher.encrypt(BODY.asTable(), BODY.asColumn(), row(scope), body);
    }

    private byte @Nullable [] opened(byte[] scope, byte @Nullable [] body) {
        // those stored before answers were sealed
        return body == null || !FieldCipher.isSealed(body)
                ? body
                : cipher.decrypt(BODY.asTable(), BODY.asColumn(), row(scope), body).getBytes(StandardCharsets.UTF_8);
    }

    private static UUID row(byte[] scope) {
        ByteBuffer begin = ByteBuffer.wrap(scope);
        return new UUID(begin.getLong(), begin.getLong());
    }

    private Mono<Void> replay(ServerHttpResponse response, Stored stored) {
        response.setStatusCode(HttpStatusCode.valueOf(stored.status()));
        json.readTree(stored.headers()).properties()
                .forEach(header -> response.getHeaders().set(header.getKey(), header.getValue().asString()));
        response.getHeaders().set("Idempotency-Replayed", "true");
        byte[] body = stored.body();
        if (body == null) {
            return response.setComplete();
        }
        response.getHeaders().setContentType(MediaType.APPLICATION_JSON);
        return response.writeWith(Mono.fromSupplier(() -> response.bufferFactory().wrap(body)));
    }

    private static byte[] digest(String... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : parts) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
                digest.update(bytes);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Stored(byte[] requestDigest, int status, String headers, byte @Nullable [] body) {
    }

    private record Answer<T>(@Nullable ResponseEntity<T> fresh, @Nullable Stored replay) {

        static <T> Answer<T> fresh(ResponseEntity<T> answer) {
            return new Answer<>(answer, null);
        }

        static <T> Answer<T> replay(Stored stored) {
            return new Answer<>(null, stored);
        }

        ResponseEntity<T> freshAnswer() {
            return java.util.Objects.requireNonNull(fresh);
        }
    }
}
