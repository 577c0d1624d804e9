package cn.cityapis.pharmacy.money;

import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** The price in yuan of one tablet, dose or other smallest unit, with four places: packs of any size compare by it. */
public record UnitPrice(BigDecimal yuan) {

    /** Price of one of the units in a pack. */
    public static UnitPrice of(Fen pack, int units) {
        return new UnitPrice(BigDecimal.valueOf(pack.amount(), 2).divide(BigDecimal.valueOf(units), 4,
                RoundingMode.HALF_UP));
    }

    @JsonValue
    @Override
    public String toString() {
        return yuan.toPlainString();
    }
}
