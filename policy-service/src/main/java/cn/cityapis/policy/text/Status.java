package cn.cityapis.policy.text;

import com.fasterxml.jackson.annotation.JsonValue;

/** Whether a document holds on a given day. Derived from its dates and relations, never stored. */
public enum Status {
    NOT_YET("not-yet-in-force"), IN_FORCE("in-force"), EXPIRED("expired"), REPEALED("repealed"), UNKNOWN("unknown");

    private final String code;

    Status(String code) {
        this.code = code;
    }

    @JsonValue
    public String code() {
        return code;
    }
}
