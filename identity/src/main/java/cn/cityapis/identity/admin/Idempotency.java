package cn.cityapis.identity.admin;

import cn.cityapis.identity.audit.Administrator;
import cn.cityapis.identity.problem.IdentityProblem;
import cn.cityapis.identity.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.servlet.HandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes a request with an effect safe to repeat: its answer is stored in the transaction of the effect, and the same
 * key gets it again for 30 days; but for the secret, which is shown once.
 */
@Component
class Idempotency {

    private static final Duration KEPT = Duration.ofDays(30);
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,128}");

    private final JdbcClient sql;
    private final TransactionTemplate transaction;
    private final JsonMapper json;
    private final InstantSource time;

    @SuppressWarnings("ArrayRecordComponent")
    private record Stored(byte[] request, int status, String headers, String body) {
    }

    Idempotency(JdbcClient sql, TransactionTemplate transaction, JsonMapper json, InstantSource time) {
        this.sql = sql;
        this.transaction = transaction;
        this.json = json;
        this.time = time;
    }

    /** @param body what was asked, compared when the key comes again */
    ResponseEntity<?> execute(HttpServletRequest request, Administrator by, @Nullable JsonNode body,
            Supplier<ResponseEntity<?>> effect) {
        String key = request.getHeader("Idempotency-Key");
        if (key == null || !KEY.matcher(key).matches()) {
            throw ProblemException.of(IdentityProblem.IDEMPOTENCY_KEY_MISSING,
                    "请在 Idempotency-Key 中带上 1 到 128 个可见的 ASCII 字符");
        }
        byte[] scope = digest(by.clientId(), by.subject(), request.getMethod(),
                String.valueOf(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE)), key);
        byte[] asked = digest(request.getMethod(), request.getRequestURI(), body == null ? "" : body.toString());
        return Objects.requireNonNull(transaction.execute(status -> {
            lock(scope);
            Optional<Stored> stored = stored(scope);
            if (stored.isPresent()) {
                return replay(stored.get(), asked);
            }
            ResponseEntity<?> answer = effect.get();
            store(scope, asked, answer);
            return answer;
        }));
    }

    private void lock(byte[] scope) {
        if (!sql.sql("SELECT pg_try_advisory_xact_lock(:lock)").param("lock", ByteBuffer.wrap(scope).getLong())
                .query(Boolean.class).single()) {
            throw ProblemException.of(IdentityProblem.IDEMPOTENCY_IN_PROGRESS);
        }
    }

    private Optional<Stored> stored(byte[] scope) {
        return sql.sql("""
                SELECT request_digest, status, headers, body
                  FROM idempotency_key
                 WHERE scope_digest = :scope AND expires_at > :now
                """).param("scope", scope).param("now", Timestamp.from(time.instant()))
                .query((rs, number) -> new Stored(rs.getBytes("request_digest"), rs.getInt("status"),
                        rs.getString("headers"), rs.getString("body")))
                .optional();
    }

    private ResponseEntity<?> replay(Stored stored, byte[] asked) {
        if (!Arrays.equals(stored.request(), asked)) {
            throw ProblemException.of(IdentityProblem.IDEMPOTENCY_KEY_REUSED,
                    "这个 Idempotency-Key 已用于内容不同的请求，请换一个新的值");
        }
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(stored.status());
        json.readTree(stored.headers()).properties()
                .forEach(header -> answer.header(header.getKey(), header.getValue().asString()));
        return answer.header("Idempotency-Replayed", "true").body(json.readTree(stored.body()));
    }

    private void store(byte[] scope, byte[] asked, ResponseEntity<?> answer) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String name : new String[]{HttpHeaders.ETAG, HttpHeaders.LOCATION}) {
            Optional.ofNullable(answer.getHeaders().getFirst(name)).ifPresent(value -> headers.put(name, value));
        }
        JsonNode body = json.valueToTree(answer.getBody());
        if (body instanceof ObjectNode object) {
            object.remove("secret");
        }
        sql.sql("""
                INSERT INTO idempotency_key (scope_digest, request_digest, status, headers, body, expires_at)
                VALUES (:scope, :request, :status, :headers, :body, :expires)
                ON CONFLICT (scope_digest) DO UPDATE
                   SET request_digest = excluded.request_digest, status = excluded.status,
                       headers = excluded.headers, body = excluded.body, expires_at = excluded.expires_at
                """).param("scope", scope).param("request", asked).param("status", answer.getStatusCode().value())
                .param("headers", json.writeValueAsString(headers)).param("body", body.toString())
                .param("expires", Timestamp.from(time.instant().plus(KEPT))).update();
    }

    @Scheduled(fixedDelayString = "PT1H", initialDelayString = "PT10M")
    void forgetExpired() {
        sql.sql("DELETE FROM idempotency_key WHERE expires_at < :now").param("now", Timestamp.from(time.instant()))
                .update();
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
}
