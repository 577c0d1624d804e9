package cn.cityapis.subsidy.expression;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;

/** The types that facts, figures and options can have. */
public enum ValueType {
    @JsonProperty("date")
    DATE(SimpleType.TIMESTAMP), @JsonProperty("integer")
    INTEGER(SimpleType.INT),
    /** Whole fen. */
    @JsonProperty("money")
    MONEY(SimpleType.INT),
    @JsonProperty("boolean")
    BOOLEAN(SimpleType.BOOL),
    /** One of a list of codes. */
    @JsonProperty("choice")
    CHOICE(SimpleType.STRING);

    private final CelType cel;

    ValueType(CelType cel) {
        this.cel = cel;
    }

    CelType cel() {
        return cel;
    }
}
