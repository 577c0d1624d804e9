package cn.cityapis.policy.document;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

/** Links that stay: by number where a document has one. Not percent-encoded, so that a person can read them. */
public final class Permalinks {

    private static final String DOCUMENTS = "/api/policy/v1/documents/";

    private Permalinks() {
    }

    public static String document(@Nullable String number, UUID id) {
        return DOCUMENTS + (number == null ? id.toString() : "by-number/" + number);
    }

    public static String article(String document, String key) {
        return document + "/articles/" + key;
    }
}
