package cn.cityapis.pharmacy.geo;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The datums in use on Chinese maps. Mixing them costs 400 to 800 m, so every coordinate at the edge names its own.
 */
public enum CoordType {
    /** GPS. */
    WGS84("wgs84", c -> c),
    /** Amap, Tencent, WeChat. */
    GCJ02("gcj02", Gcj02::fromWgs84),
    /** Baidu. */
    BD09("bd09", Bd09::fromWgs84);

    /** The correction shrinks a thousandfold with each step: this is far below a millimetre. */
    private static final int STEPS = 10;

    private final String code;
    private final UnaryOperator<Coordinates> fromWgs84;

    CoordType(String code, UnaryOperator<Coordinates> fromWgs84) {
        this.code = code;
        this.fromWgs84 = fromWgs84;
    }

    /** The name in requests and answers. */
    @JsonValue
    public String code() {
        return code;
    }

    /** The datum of that name, if there is one. */
    public static Optional<CoordType> parse(String code) {
        return Arrays.stream(values()).filter(t -> t.code.equals(code)).findFirst();
    }

    /** A WGS-84 point in this datum. */
    public Coordinates fromWgs84(Coordinates wgs84) {
        return fromWgs84.apply(wgs84);
    }

    /**
     * A point of this datum in WGS-84. The forward formulas have no closed inverse; a single step back errs by metres,
     * so the error of the forward result is subtracted until it vanishes.
     */
    public Coordinates toWgs84(Coordinates point) {
        if (this == WGS84 || Gcj02.outside(point)) {
            return point;
        }
        Coordinates guess = point;
        for (int step = 0; step < STEPS; step++) {
            Coordinates there = fromWgs84.apply(guess);
            guess = new Coordinates(guess.lat() - (there.lat() - point.lat()),
                    guess.lon() - (there.lon() - point.lon()));
        }
        return guess;
    }
}
