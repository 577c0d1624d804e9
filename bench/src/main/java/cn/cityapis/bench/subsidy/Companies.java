package cn.cityapis.bench.subsidy;

import java.io.IOException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.StringJoiner;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Made-up companies that know nineteen in twenty of the facts that the schemes for companies ask; the same seed gives the same. */
final class Companies {

    private static final int YEARS = 12;

    private final Map<String, JsonNode> facts = new LinkedHashMap<>();
    private final Random random;

    Companies(Service service, long seed) throws IOException, InterruptedException {
        random = new Random(seed);
        JsonMapper json = new JsonMapper();
        for (JsonNode scheme : json.readTree(service.get(Service.APP, "/api/subsidy/v1/schemes?limit=100"))
                .path("items")) {
            if (scheme.path("applicants").toString().contains("company")) {
                json.readTree(service.get(Service.APP, "/api/subsidy/v1/schemes/" + scheme.path("id").asString()))
                        .path("facts").forEach(fact -> facts.putIfAbsent(fact.path("id").asString(), fact));
            }
        }
    }

    String company(int number) {
        StringJoiner known = new StringJoiner(",", "{\"id\":\"c" + number + "\",\"facts\":{", "}}\n");
        facts.entrySet().stream().filter(fact -> random.nextInt(20) > 0)
                .forEach(fact -> known.add('"' + fact.getKey() + "\":" + value(fact.getValue())));
        return known.toString();
    }

    private String value(JsonNode fact) {
        return switch (fact.path("type").asString()) {
            case "boolean" -> String.valueOf(random.nextInt(4) > 0);
            case "choice" -> {
                List<String> codes = List.copyOf(fact.path("codes").propertyNames());
                yield '"' + codes.get(random.nextInt(codes.size())) + '"';
            }
            case "date" -> "\"" + LocalDate.of(2015, 1, 1).plusDays(random.nextInt(365 * YEARS)) + '"';
            default -> number(fact.path("min").asLong(0), fact.path("max").asLong(1_000_000_000));
        };
    }

    private String number(long min, long max) {
        return String.valueOf(min + (long) (random.nextDouble() * (Math.min(max, min + 1_000_000_000) - min)));
    }
}
