package cn.cityapis.trials.fuzz;

import cn.cityapis.platform.test.Inside;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What no answer may do, whatever was asked. Pure. */
final class Judge {

    /** No answer takes longer, on a machine under the fuzzer's own load. */
    static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final Set<String> GATEWAY_CODES = Set.of("bad-request", "token-missing", "token-invalid",
            "not-found",
            "method-not-allowed", "body-too-large", "too-many-requests", "unavailable");
    private static final Pattern CHINESE = Pattern.compile("\\p{IsHan}");
    /** Headings of a stack trace, wherever they stand. */
    private static final List<String> TRACES = List.of("\n\tat ", "Exception:", "Caused by:", "io.r2dbc",
            "reactor.core");

    private final Canaries canaries;

    Judge(Canaries canaries) {
        this.canaries = canaries;
    }

    /** Told to come back, as a platform under too much load says: no fault, but to be counted. */
    static boolean isShed(Reply reply) {
        return reply.status() == 503 && !reply.header("retry-after").isEmpty();
    }

    List<String> faults(FuzzRequest request, Reply reply) {
        List<String> faults = new ArrayList<>();
        if (reply.took().compareTo(PATIENCE) > 0) {
            faults.add("took too long");
        }
        if (reply.status() >= 500 && !isShed(reply)) {
            faults.add("server error " + reply.status());
        }
        if (reply.status() / 100 == 3) {
            faults.add("leads elsewhere");
        }
        if (reply.status() / 100 == 2 && request.path().startsWith("/api/")
                && !request.asker().may(request.target().operation().access())) {
            faults.add("let in " + request.asker().name());
        }
        if (reply.status() >= 400) {
            refusal(request, reply, faults::add);
        }
        TRACES.stream().filter(reply.text()::contains).forEach(trace -> faults.add("tells of the inside: " + trace));
        canaries.in(request, reply.text()).forEach(word -> faults.add("shows a person's " + word));
        return faults;
    }

    private static void refusal(FuzzRequest request, Reply reply, Consumer<String> fault) {
        JsonNode problem = read(reply.text());
        if (request.path().startsWith("/oauth2/") && reply.mediaType().equals("application/json")) {
            if (problem.path("error").asString("").isEmpty()) {
                fault.accept("no OAuth error");
            }
            return;
        }
        if ((reply.status() == 414 || reply.status() == 431) && reply.text().isEmpty()) {
            // said by the server's decoder, before there is a request
            return;
        }
        if (!reply.mediaType().equals("application/problem+json")) {
            fault.accept("refusal is no problem document: " + reply.status() + " " + reply.mediaType());
            return;
        }
        String code = problem.path("code").asString("");
        if (!request.target().codes().contains(code) && !GATEWAY_CODES.contains(code)) {
            fault.accept("unknown code " + code);
        }
        if (problem.path("status").asInt() != reply.status()) {
            fault.accept("another status inside");
        }
        texts(problem).forEach(text -> {
            if (!CHINESE.matcher(text).find()) {
                fault.accept("not in Chinese: " + text);
            }
            Inside.wordsIn(text).stream().filter(word -> !request.says(word))
                    .forEach(word -> fault.accept("tells of the inside: " + word));
        });
    }

    private static List<String> texts(JsonNode problem) {
        List<String> texts = new ArrayList<>();
        texts.add(problem.path("title").asString(""));
        if (problem.has("detail")) {
            texts.add(problem.path("detail").asString(""));
        }
        problem.path("errors").forEach(error -> texts.add(error.path("detail").asString("")));
        return texts;
    }

    static JsonNode read(String text) {
        try {
            return JsonMapper.shared().readTree(text);
        } catch (JacksonException e) {
            return JsonMapper.shared().missingNode();
        }
    }
}
