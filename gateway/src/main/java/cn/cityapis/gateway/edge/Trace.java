package cn.cityapis.gateway.edge;

import java.util.Optional;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The W3C trace context of an exchange: a caller's trace goes on, whoever brings none begins one here. What is not well
 * formed is dropped, with its {@code tracestate}.
 *
 * @param id 32 hexadecimal digits
 * @param parent {@code traceparent} for the service: the same trace, a span of the gateway's own
 * @param continued whether the caller brought it
 */
record Trace(String id, String parent, boolean continued) {

    static final String HEADER = "traceparent";
    private static final Pattern PARENT = Pattern
            .compile("00-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-([0-9a-f]{2})");
    private static final ThreadLocal<SplittableRandom> RANDOM = ThreadLocal.withInitial(SplittableRandom::new);

    static Trace of(@Nullable String header) {
        Optional<Matcher> given = Optional.ofNullable(header).map(PARENT::matcher).filter(Matcher::matches);
        String id = given.map(parent -> parent.group(1)).orElseGet(() -> hex() + hex());
        String flags = given.map(parent -> parent.group(2)).orElse("01");
        return new Trace(id, "00-" + id + "-" + hex() + "-" + flags, given.isPresent());
    }

    /** Never all zeros. */
    private static String hex() {
        long bits = RANDOM.get().nextLong();
        String text = Long.toHexString(bits == 0 ? 1 : bits);
        return "0".repeat(16 - text.length()) + text;
    }
}
