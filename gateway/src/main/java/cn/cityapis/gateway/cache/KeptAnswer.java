package cn.cityapis.gateway.cache;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;

/**
 * A whole answer, status 200, with an entity tag.
 *
 * @param headers what describes the content, nothing of the exchange that it came with
 */
record KeptAnswer(HttpHeaders headers, byte[] body, Instant from, Instant until) {

    private static final List<String> DESCRIBING = List.of(HttpHeaders.CONTENT_TYPE, HttpHeaders.CONTENT_LANGUAGE,
            HttpHeaders.CONTENT_DISPOSITION, HttpHeaders.CONTENT_ENCODING, HttpHeaders.ETAG, HttpHeaders.LAST_MODIFIED,
            HttpHeaders.CACHE_CONTROL, HttpHeaders.VARY, HttpHeaders.LINK);
    private static final int TAG_BYTES = 16;

    static KeptAnswer of(HttpHeaders answer, byte[] body, Instant from, Duration lifetime) {
        HttpHeaders headers = new HttpHeaders();
        for (String name : DESCRIBING) {
            List<String> values = answer.getOrEmpty(name);
            if (!values.isEmpty()) {
                headers.put(name, List.copyOf(values));
            }
        }
        if (headers.getETag() == null) {
            headers.set(HttpHeaders.ETAG, tag(body));
        }
        return new KeptAnswer(HttpHeaders.readOnlyHttpHeaders(headers), body, from, from.plus(lifetime));
    }

    boolean isFresh(Instant now) {
        return now.isBefore(until);
    }

    /** Whole, or that it is still what the caller has. */
    Mono<Void> give(ServerHttpRequest request, ServerHttpResponse response, Instant now) {
        HttpHeaders answer = response.getHeaders();
        headers.forEach(answer::put);
        answer.set(HttpHeaders.AGE, Long.toString(Math.max(0, Duration.between(from, now).toSeconds())));
        if (known(request.getHeaders())) {
            response.setStatusCode(HttpStatus.NOT_MODIFIED);
            answer.remove(HttpHeaders.CONTENT_LENGTH);
            answer.remove(HttpHeaders.CONTENT_TYPE);
            return response.setComplete();
        }
        response.setStatusCode(HttpStatus.OK);
        answer.setContentLength(body.length);
        return response.writeWith(Mono.fromSupplier(() -> response.bufferFactory().wrap(body)));
    }

    private boolean known(HttpHeaders asked) {
        List<String> tags = tags(asked);
        return tags.contains("*") || !Collections.disjoint(tags.stream().map(KeptAnswer::opaque).toList(),
                List.of(opaque(Objects.requireNonNull(headers.getETag()))));
    }

    /** None where what the caller has is no tag: he gets the whole answer, as from a service. */
    private static List<String> tags(HttpHeaders asked) {
        try {
            return asked.getIfNoneMatch();
        } catch (IllegalArgumentException malformed) {
            return List.of();
        }
    }

    /** A reading is compared weakly (RFC 9110, 13.1.2). */
    private static String opaque(String tag) {
        return tag.startsWith("W/") ? tag.substring(2) : tag;
    }

    private static String tag(byte[] body) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(body);
            return "W/\"" + HexFormat.of().formatHex(digest, 0, TAG_BYTES) + "\"";
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Bytes, about. */
    int weight() {
        return body.length + headers.toString().getBytes(StandardCharsets.UTF_8).length;
    }
}
