package cn.cityapis.subsidy.expression;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Yes, no, or not yet known. */
public enum TriState {
    @JsonProperty("yes")
    YES, @JsonProperty("no")
    NO, @JsonProperty("unknown")
    UNKNOWN;

    /** Kleene's and: one no decides. */
    public TriState and(TriState other) {
        if (this == NO || other == NO) {
            return NO;
        }
        return this == UNKNOWN || other == UNKNOWN ? UNKNOWN : YES;
    }
}
