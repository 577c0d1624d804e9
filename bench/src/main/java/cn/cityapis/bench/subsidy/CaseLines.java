package cn.cityapis.bench.subsidy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** A line of NDJSON in, a line out, the same for whoever decides between: {@code {"id": …, "facts": {…}}}. */
final class CaseLines {

    private static final JsonFactory JSON = new JsonFactory();

    private CaseLines() {
    }

    record Line(String id, Map<String, Object> facts) {
    }

    static Line read(byte[] line) {
        Map<String, Object> facts = new HashMap<>();
        String id = "";
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), line)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean isId = parser.currentName().equals("id");
                parser.nextToken();
                if (isId) {
                    id = parser.getString();
                } else {
                    readFacts(parser, facts);
                }
            }
        }
        return new Line(id, facts);
    }

    private static void readFacts(JsonParser parser, Map<String, Object> facts) {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            facts.put(name, switch (parser.nextToken()) {
                case VALUE_TRUE -> true;
                case VALUE_FALSE -> false;
                case VALUE_NUMBER_INT -> parser.getLongValue();
                default -> parser.getString();
            });
        }
    }

    static void write(String id, long fen, Iterable<?> failed, ByteArrayOutputStream to) {
        StringBuilder line = new StringBuilder(160).append("{\"id\":\"").append(id).append("\",\"totalFen\":")
                .append(fen)
                .append(",\"failed\":[");
        String between = "\"";
        for (Object each : failed) {
            line.append(between).append(each).append('"');
            between = ",\"";
        }
        to.writeBytes(line.append("]}\n").toString().getBytes(StandardCharsets.UTF_8));
    }
}
