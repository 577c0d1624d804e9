package cn.cityapis.subsidy.scheme;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads a scheme written in YAML. A misspelt key is an error, not a silent loss. */
public final class SchemeReader {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final YAMLMapper yaml = YAMLMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            // a flag that is not written is off; numbers that must be there are marked as required
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    /** The document without comments and layout, as JSON: what makes a version what it is, whatever this code reads of it. */
    public String canonical(String document) {
        return JSON.writeValueAsString(yaml.readTree(document));
    }

    /** @throws IllegalArgumentException saying where it cannot be read */
    public Scheme read(String document) {
        try {
            return yaml.readValue(document, Scheme.class);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("The scheme cannot be read: " + e.getOriginalMessage() + " at "
                    + e.getPathReference(), e);
        }
    }
}
