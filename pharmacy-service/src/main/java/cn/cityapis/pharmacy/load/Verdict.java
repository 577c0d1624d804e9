package cn.cityapis.pharmacy.load;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What would become of a line. */
enum Verdict {
    /** A row that there is not yet. */
    NEW,
    /** A row that replaces the latest of its kind from now on; that one stays as it is. */
    CORRECTION,
    /** Says what is known already. */
    UNCHANGED,
    /** Looks wrong, but may be meant: taken only if whoever applies the file says so. */
    QUESTIONED,
    /** Cannot be taken. */
    BAD;

    @JsonValue
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
