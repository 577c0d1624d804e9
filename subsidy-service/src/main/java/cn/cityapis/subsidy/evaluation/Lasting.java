package cn.cityapis.subsidy.evaluation;

import com.fasterxml.jackson.annotation.JsonIgnore;

/** A part of answers that is made once and shown in many: it is worth to be written once, too. */
public interface Lasting {

    /** Whether this one is held on to. */
    @JsonIgnore
    default boolean isLasting() {
        return true;
    }
}
