package cn.cityapis.platform.test;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;

/**
 * One operation as the OpenAPI document of a service describes it.
 *
 * @param access who may call it ({@code x-access})
 * @param body null if it takes none
 */
public record ApiOperation(String id, HttpMethod method, String path, Access access, List<Parameter> parameters,
        @Nullable Body body) {

    /** An id that no object has. */
    public static final String NOBODY = "00000000-0000-7000-8000-000000000000";

    /** @param roles any one of them; none: no role is needed */
    public record Access(String scope, List<String> roles, boolean citizen) {
    }

    /** @param in {@code path}, {@code query} or {@code header} */
    public record Parameter(String name, String in, boolean required, JsonNode schema) {
    }

    /**
     * @param schema without references
     * @param example the one given for the operation as a whole; null if there is none
     */
    public record Body(List<String> mediaTypes, JsonNode schema, @Nullable JsonNode example) {

        /** JSON if it may be, else the first. */
        public String mediaType() {
            return isJson() ? "application/json" : mediaTypes.getFirst();
        }

        public boolean isJson() {
            return mediaTypes.contains("application/json");
        }
    }

    public String name() {
        return method + " " + path;
    }

    public List<Parameter> in(String place) {
        return parameters.stream().filter(parameter -> parameter.in().equals(place)).toList();
    }

    private boolean takesHeader(String name) {
        return in("header").stream().anyMatch(parameter -> parameter.name().equals(name));
    }

    public boolean takesKey() {
        return takesHeader("Idempotency-Key");
    }

    public boolean takesVersion() {
        return takesHeader("If-Match");
    }

    Optional<Body> jsonBody() {
        return Optional.ofNullable(body).filter(Body::isJson);
    }

    /** Somebody whom the document lets in, with the scope of the operation still to be given. */
    public Tokens anyone(String subject, String org) {
        return access.citizen() || access.roles().isEmpty()
                ? Tokens.citizen(subject)
                : Tokens.operator(subject, org, access.roles().toArray(String[]::new));
    }
}
