package cn.cityapis.platform.problem;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * The trace that a request belongs to, as the gateway passes it on (W3C {@code traceparent}): the id that its access log
 * shows stands in the service's own lines about the request too ({@code logging.pattern.correlation}).
 *
 * @param id 32 hexadecimal digits; null where the request brought none
 */
record RequestTrace(@Nullable String id) {

    private static final String KEY = "traceId";
    private static final Pattern PARENT = Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}");
    /** What may be somebody's number. */
    private static final Pattern NUMBER = Pattern.compile("\\d{6,}[0-9Xx]*");

    static RequestTrace of(ServerHttpRequest request) {
        String header = request.getHeaders().getFirst("traceparent");
        Matcher parent = PARENT.matcher(header == null ? "" : header);
        return new RequestTrace(parent.matches() ? parent.group(1) : null);
    }

    /** Lines written by the work carry the id. Its thread serves others afterwards. */
    void during(Runnable work) {
        if (id == null) {
            work.run();
            return;
        }
        try (MDC.MDCCloseable trace = MDC.putCloseable(KEY, id)) {
            work.run();
        }
    }

    /** A path as a log may show it. */
    static String withoutNumbers(String path) {
        return NUMBER.matcher(path).replaceAll("***");
    }
}
