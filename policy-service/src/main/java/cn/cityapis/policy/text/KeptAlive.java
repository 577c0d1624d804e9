package cn.cityapis.policy.text;

import com.fasterxml.jackson.annotation.JsonValue;

/** What of a repealed document goes on: the exception that the repealing article itself makes. */
public enum KeptAlive {

    /** Who had begun a term under the old rule finishes it under the old rule. */
    REMAINING_TERM("remaining-term", "原已享受而未满年限的，剩余年限仍按原规定执行"),
    /** Matters begun under the old rule (accepted, signed, approved) are finished under it. */
    EXISTING_MATTERS("existing-matters", "此前已办理的事项仍按原规定执行");

    private final String code;
    private final String wording;

    KeptAlive(String code, String wording) {
        this.code = code;
        this.wording = wording;
    }

    /** As the database, JSON and the index spell it. */
    @JsonValue
    public String code() {
        return code;
    }

    /** Can be shown to a citizen. */
    public String wording() {
        return wording;
    }

    public static KeptAlive of(String code) {
        for (KeptAlive one : values()) {
            if (one.code.equals(code)) {
                return one;
            }
        }
        throw new IllegalArgumentException(code);
    }
}
