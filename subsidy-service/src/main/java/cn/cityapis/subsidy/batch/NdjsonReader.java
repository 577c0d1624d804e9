package cn.cityapis.subsidy.batch;

import cn.cityapis.subsidy.evaluation.FactReader;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/** {@code {"id": "…", "applicantKind": "person", "facts": {…}}}, one to a line; an unknown member is an error. */
final class NdjsonReader extends CaseReader {

    private static final JsonFactory JSON = JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    NdjsonReader(FactReader facts) {
        super(facts);
    }

    private static final class Members {
        private @Nullable Object id;
        private @Nullable Object kind;
        private @Nullable Map<String, @Nullable Object> facts;
        private @Nullable String unknown;
    }

    @Override
    CaseLine parse(long number, String line) {
        try (JsonParser parser = JSON.createParser(tools.jackson.core.ObjectReadContext.empty(), line)) {
            Members members = new Members();
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return CaseLine.Broken.of("", "malformed-json", "应为一个 JSON 对象");
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                member(parser, Objects.requireNonNull(parser.currentName()), members);
            }
            if (parser.nextToken() != null) {
                return CaseLine.Broken.of("", "malformed-json", "一行只能有一个 JSON 对象");
            }
            return complete(members);
        } catch (JacksonException e) {
            return CaseLine.Broken.of("", "malformed-json", "不是有效的 JSON");
        }
    }

    private CaseLine complete(Members members) {
        if (members.unknown != null) {
            return CaseLine.Broken.of("/" + members.unknown, "unknown-field", "没有名为 " + members.unknown + " 的字段");
        }
        return members.facts == null
                ? CaseLine.Broken.of("/facts", "required", "请提供 facts，可以为空对象")
                : checked(members.id, members.kind, members.facts);
    }

    private static void member(JsonParser parser, String name, Members members) {
        parser.nextToken();
        switch (name) {
            case "id" -> members.id = value(parser);
            case "applicantKind" -> members.kind = value(parser);
            case "facts" -> members.facts = facts(parser);
            default -> {
                members.unknown = name;
                parser.skipChildren();
            }
        }
    }

    private static @Nullable Map<String, @Nullable Object> facts(JsonParser parser) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return null;
        }
        Map<String, @Nullable Object> facts = new HashMap<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = Objects.requireNonNull(parser.currentName());
            parser.nextToken();
            facts.put(name, value(parser));
        }
        return facts;
    }

    private static @Nullable Object value(JsonParser parser) {
        return switch (parser.currentToken()) {
            case VALUE_STRING -> parser.getString();
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            case VALUE_NULL -> null;
            case VALUE_NUMBER_INT -> whole(parser);
            case VALUE_NUMBER_FLOAT -> parser.getDecimalValue();
            default -> {
                parser.skipChildren();
                yield parser;
            }
        };
    }

    private static Object whole(JsonParser parser) {
        return parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                ? (BigInteger) parser.getNumberValue()
                : (Object) parser.getLongValue();
    }
}
