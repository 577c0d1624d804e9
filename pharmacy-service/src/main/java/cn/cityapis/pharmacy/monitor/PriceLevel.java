package cn.cityapis.pharmacy.monitor;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How a retail price stands to the procured price. Red asks for a review; it is no verdict. */
public enum PriceLevel {
    GREEN, YELLOW, RED;

    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
