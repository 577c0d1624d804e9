package cn.cityapis.identity.admin;

import cn.cityapis.identity.problem.IdentityProblem;
import cn.cityapis.identity.problem.ProblemException;
import cn.cityapis.identity.problem.Violation;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads what the requests of this interface have in common. */
final class Requests {

    private static final int DEFAULT_LIMIT = 20;
    private static final int MAX_LIMIT = 100;

    private Requests() {
    }

    static String etag(long version) {
        return "\"" + version + "\"";
    }

    /** @throws ProblemException 428 if the header is absent, 412 if it names another version */
    static void require(@Nullable String ifMatch, long version) {
        if (ifMatch == null || ifMatch.isBlank()) {
            throw ProblemException.of(IdentityProblem.IF_MATCH_MISSING, "请先读取最新内容，并在 If-Match 中带上其 ETag");
        }
        if (!ifMatch.strip().equals(etag(version))) {
            throw ProblemException.of(IdentityProblem.STALE);
        }
    }

    static int limit(@Nullable String text) {
        if (text == null) {
            return DEFAULT_LIMIT;
        }
        if (!text.matches("\\d{1,3}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > MAX_LIMIT) {
            throw ProblemException.of(List.of(new Violation("?limit", "range", "应为 1 到 " + MAX_LIMIT + " 的整数")));
        }
        return Integer.parseInt(text);
    }

    static String cursor(String key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }

    /** The key after which the list goes on; empty at the start. */
    static String after(@Nullable String cursor) {
        if (cursor == null) {
            return "";
        }
        try {
            String key = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            if (key.matches("[\\x21-\\x7e]{1,100}")) {
                return key;
            }
        } catch (IllegalArgumentException e) {
            throw ProblemException.of(IdentityProblem.INVALID_CURSOR);
        }
        throw ProblemException.of(IdentityProblem.INVALID_CURSOR);
    }

    /** The one field of a body, a span of time such as PT24H; the default if it is not given. */
    static Duration span(@Nullable JsonNode body, String field, Duration otherwise, Duration least, Duration most) {
        if (body == null || body.isNull()) {
            return otherwise;
        }
        List<Violation> wrong = new ArrayList<>();
        if (!body.isObject()) {
            throw ProblemException.of(List.of(new Violation("", "type", "应为对象")));
        }
        body.propertyNames().stream().filter(name -> !Set.of(field).contains(name))
                .forEach(name -> wrong.add(new Violation("/" + name, "unknown-field", "没有这个字段")));
        Duration span = otherwise;
        JsonNode value = body.path(field);
        if (!value.isMissingNode() && !value.isNull()) {
            span = parsed(value);
            if (span == null || span.compareTo(least) < 0 || span.compareTo(most) > 0) {
                wrong.add(new Violation("/" + field, "range", "应为 " + least + " 到 " + most + " 的时长，如 PT24H"));
            }
        }
        if (!wrong.isEmpty() || span == null) {
            throw ProblemException.of(wrong);
        }
        return span;
    }

    private static @Nullable Duration parsed(JsonNode value) {
        try {
            return value.isString() ? Duration.parse(value.asString()) : null;
        } catch (DateTimeException e) {
            return null;
        }
    }
}
