package cn.cityapis.trials.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import cn.cityapis.platform.test.ApiOperation;
import cn.cityapis.platform.test.Samples;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Makes requests. The same seed and number make the same request, but for ids and versions, which are those that
 * answers have shown.
 */
final class Generator {

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    private static final List<String> ODD_HEADERS = List.of("Accept-Language", "X-Forwarded-For", "traceparent",
            "X-Request-Id", "Range", "Content-Encoding", "Cookie", "Origin", "If-None-Match", "X-HTTP-Method-Override",
            "Accept-Encoding", "Idempotency-Key", "If-Match");
    private static final List<String> MEDIA_TYPES = List.of("text/plain", "application/xml",
            "application/json;charset=x",
            "application/json; charset=utf-16", "multipart/form-data", "multipart/form-data; boundary=x", "*/*", "x",
            "",
            "application/x-www-form-urlencoded", "application/problem+json", "application/octet-stream");

    private final long seed;
    private final List<Target> targets;
    private final Supplier<List<Asker>> askers;
    private final Known known;
    private final List<String> canaries;

    /** @param canaries figures of a person that are put into requests: no log may show them */
    Generator(long seed, List<Target> targets, Supplier<List<Asker>> askers, Known known, List<String> canaries) {
        this.seed = seed;
        this.targets = targets;
        this.askers = askers;
        this.known = known;
        this.canaries = canaries;
    }

    FuzzRequest make(long number) {
        RandomGenerator chance = new SplittableRandom(seed + number * GOLDEN);
        Target target = target(chance);
        Asker asker = asker(target, chance);
        ApiOperation operation = target.operation();
        String path = path(target, chance);
        String uri = path + query(target, chance);
        byte[] body = body(target, chance);
        Map<String, String> headers = headers(operation, path, body, chance);
        String method = chance.nextInt(200) == 0 ? "PATCH" : operation.method().name();
        return new FuzzRequest(number, target, asker, method, uri, headers, body);
    }

    /** Whole downloads are asked for seldom: they are large and take no input. */
    private Target target(RandomGenerator chance) {
        Target target = OddValues.pick(targets, chance);
        return target.operation().path().endsWith("/bulk") && chance.nextInt(30) > 0
                ? OddValues.pick(targets, chance)
                : target;
    }

    private Asker asker(Target target, RandomGenerator chance) {
        List<Asker> all = askers.get();
        List<Asker> let = all.stream().filter(asker -> asker.may(target.operation().access())).toList();
        return let.isEmpty() || chance.nextInt(10) < 2 ? OddValues.pick(all, chance) : OddValues.pick(let, chance);
    }

    private String path(Target target, RandomGenerator chance) {
        StringBuilder path = new StringBuilder();
        String before = "";
        for (String part : target.operation().path().substring(1).split("/", -1)) {
            boolean parameter = part.startsWith("{");
            path.append('/').append(parameter
                    ? encoded(inPath(target, part.substring(1, part.length() - 1), before, chance))
                    : part);
            before = parameter ? before : part;
        }
        return path.toString();
    }

    private String inPath(Target target, String name, String before, RandomGenerator chance) {
        int draw = chance.nextInt(20);
        JsonNode schema = target.operation().in("path").stream().filter(each -> each.name().equals(name)).findFirst()
                .orElseThrow().schema();
        if (draw == 0) {
            return OddValues.pick(canaries, chance);
        }
        if (draw <= 4) {
            return OddValues.id(chance);
        }
        ValidValues valid = new ValidValues(known, target.service(), chance);
        return target.service().equals("identity") || draw > 17
                ? valid.of("", schema).asString()
                : known.value(target.service(), name, before, chance)
                        .orElseGet(() -> valid.of("", schema).asString());
    }

    private String query(Target target, RandomGenerator chance) {
        List<String> asked = new ArrayList<>();
        for (ApiOperation.Parameter parameter : target.operation().in("query")) {
            int draw = chance.nextInt(100);
            if (parameter.required() ? draw < 95 : draw < 35) {
                asked.add(parameter.name() + "=" + encoded(inQuery(target, parameter, chance)));
            }
        }
        switch (chance.nextInt(60)) {
            case 0 -> asked.add("noSuch=" + encoded(OddValues.text(chance)));
            case 1 -> asked.addAll(List.copyOf(asked));
            case 2 -> asked.add(encoded(OddValues.text(chance)));
            default -> {
                return asked.isEmpty() ? "" : "?" + String.join("&", asked);
            }
        }
        return "?" + String.join("&", asked);
    }

    private String inQuery(Target target, ApiOperation.Parameter parameter, RandomGenerator chance) {
        int draw = chance.nextInt(20);
        if (draw == 0) {
            return OddValues.pick(canaries, chance);
        }
        if (draw < 7) {
            return OddValues.text(chance);
        }
        if (parameter.name().equals("cursor")) {
            return known.value(target.service(), "nextCursor", "", chance).orElse("");
        }
        JsonNode value = draw < 12
                ? new ValidValues(known, target.service(), chance).of(parameter.name(), parameter.schema())
                : Samples.of(parameter.schema());
        return value.isArray() ? value.path(0).asString("") : value.asString("");
    }

    private byte @Nullable [] body(Target target, RandomGenerator chance) {
        ApiOperation.Body described = target.operation().body();
        if (described == null || chance.nextInt(50) == 0) {
            return described == null && chance.nextInt(50) == 0 ? OddValues.json(chance).getBytes(UTF_8) : null;
        }
        return described.mediaTypes().contains("application/x-www-form-urlencoded")
                ? form(described, chance).getBytes(UTF_8)
                : new Bodies(known, target.service(), chance).of(described);
    }

    private static String form(ApiOperation.Body described, RandomGenerator chance) {
        List<String> fields = new ArrayList<>();
        described.schema().path("properties").properties().forEach(field -> {
            int draw = chance.nextInt(10);
            if (draw < 8) {
                String value = draw < 4 ? Samples.of(field.getValue()).asString() : OddValues.text(chance);
                fields.add(field.getKey() + "=" + encoded(value));
            }
        });
        return String.join("&", fields);
    }

    private Map<String, String> headers(ApiOperation operation, String path, byte @Nullable [] body,
            RandomGenerator chance) {
        Map<String, String> headers = new LinkedHashMap<>();
        if (operation.takesKey() && chance.nextInt(30) > 0) {
            headers.put("Idempotency-Key",
                    chance.nextInt(25) == 0 ? "fuzz" : new UUID(seed, chance.nextLong()).toString());
        }
        if (operation.takesVersion() && chance.nextInt(12) > 0) {
            headers.put("If-Match", chance.nextInt(12) == 0 ? "\"1\"" : known.version(path).orElse("\"1\""));
        }
        if (body != null && operation.body() != null) {
            headers.put("Content-Type", operation.body().mediaType());
        }
        if (body != null && chance.nextInt(25) == 0) {
            headers.put("Content-Type", OddValues.pick(MEDIA_TYPES, chance));
        }
        if (chance.nextInt(40) == 0) {
            headers.put("Accept", OddValues.pick(MEDIA_TYPES, chance));
        }
        if (chance.nextInt(25) == 0) {
            headers.put(OddValues.pick(ODD_HEADERS, chance), sendable(chance.nextInt(4) == 0
                    ? OddValues.pick(canaries, chance)
                    : OddValues.text(chance)));
        }
        return headers;
    }

    /** What this client puts on the line; worse headers are sent by {@link RawDoor}. */
    private static String sendable(String text) {
        return text.replaceAll("[^\\x21-\\x7e\\u00a0-\\u00ff]", "é");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }
}
