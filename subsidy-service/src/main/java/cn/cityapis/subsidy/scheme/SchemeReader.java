package cn.cityapis.subsidy.scheme;

import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads schemes written in YAML (of which JSON is a part). A misspelt key is an error, not a silent loss. */
public final class SchemeReader {

    /** Characters of what was written; the rest says no more. */
    private static final int MOST_SHOWN = 40;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            // a flag that is not written is off; numbers that must be there are marked as required
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private final YAMLMapper yaml = YAMLMapper.builder().build();

    /**
     * One scheme and its document.
     *
     * @param document without comments and layout, as JSON: what makes a version what it is, whatever this code reads
     */
    public record Document(Scheme scheme, String document) {
    }

    /** The document without comments and layout, as JSON. */
    public String canonical(String document) {
        return JSON.writeValueAsString(tree(document));
    }

    /** @throws IllegalArgumentException saying where it cannot be read */
    public Scheme read(String document) {
        return scheme(tree(document));
    }

    /**
     * Reads a file with one scheme, or with several (see {@link SchemeCollection}).
     *
     * @throws IllegalArgumentException saying where it cannot be read
     */
    public List<Document> readAll(String file) {
        JsonNode tree = tree(file);
        List<? extends JsonNode> documents = SchemeCollection.is(tree) ? SchemeCollection.expand(tree) : List.of(tree);
        return documents.stream().map(one -> new Document(scheme(one), JSON.writeValueAsString(one))).toList();
    }

    private JsonNode tree(String document) {
        try {
            return yaml.readTree(document);
        } catch (JacksonException e) {
            throw unreadable(e);
        }
    }

    private static Scheme scheme(JsonNode tree) {
        try {
            Scheme scheme = JSON.treeToValue(tree, Scheme.class);
            if (scheme == null) {
                throw new IllegalArgumentException("没有内容");
            }
            return scheme;
        } catch (JacksonException e) {
            throw unreadable(e);
        }
    }

    /** Said to whoever proposes a scheme: where and what, without the names of our classes that Jackson says. */
    private static IllegalArgumentException unreadable(JacksonException e) {
        String place = e.getPath().stream()
                .map(part -> part.getPropertyName() == null ? "/" + part.getIndex() : "/" + part.getPropertyName())
                .collect(Collectors.joining());
        return new IllegalArgumentException(place.isEmpty() ? reason(e) : place + "：" + reason(e), e);
    }

    private static String reason(JacksonException e) {
        if (e.getCause() instanceof IllegalArgumentException own && own.getMessage() != null) {
            return own.getMessage();
        }
        return switch (e) {
            case UnrecognizedPropertyException unknown -> "没有这个字段";
            case InvalidFormatException format -> "不能是“" + start(String.valueOf(format.getValue())) + "”";
            case DatabindException value -> "内容的类型不对";
            default -> "第 " + e.getLocation().getLineNr() + " 行不是合法的 YAML 或 JSON";
        };
    }

    private static String start(String value) {
        return value.length() <= MOST_SHOWN ? value : value.substring(0, MOST_SHOWN) + "…";
    }
}
