package cn.cityapis.policy.text;

import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonValue;

/** What a text is: the official wording, or a digest of it in the project's own words. */
public enum SourceKind {

    DIGEST, OFFICIAL;

    /** As the database, JSON and the index spell it. */
    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static SourceKind of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
