package cn.cityapis.policy.document;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriUtils;

/** Links that stay: by number where a document has one. Percent-encoded, so that any client can follow them as they stand. */
public final class Permalinks {

    private static final String DOCUMENTS = "/api/policy/v1/documents/";

    private Permalinks() {
    }

    public static String document(@Nullable String number, UUID id) {
        return DOCUMENTS + (number == null ? id.toString() : "by-number/" + encode(number));
    }

    public static String article(String document, String key) {
        return document + "/articles/" + encode(key);
    }

    /** What other documents do to one, and it to them. */
    public static String relations(UUID id) {
        return DOCUMENTS + id + "/relations";
    }

    private static String encode(String segment) {
        return UriUtils.encodePathSegment(segment, StandardCharsets.UTF_8);
    }
}
