package cn.cityapis.bench;

import java.util.Locale;

/**
 * One line of the result.
 *
 * @param ratio    measured against the target; above 1 is better than asked for
 * @param detail   how it was measured
 */
public record Target(String what, String target, String measured, double ratio, String detail) {

    public static Target atMost(String what, double limit, double measured, String unit, String detail) {
        return new Target(what, "≤ " + plain(limit) + unit, plain(measured) + unit, limit / measured, detail);
    }

    public static Target atLeast(String what, double limit, double measured, String unit, String detail) {
        return new Target(what, "≥ " + plain(limit) + unit, plain(measured) + unit, measured / limit, detail);
    }

    String verdict() {
        return ratio >= 1 ? "reached" : "missed";
    }

    String row() {
        return String.format(Locale.ROOT, "| %s | %s | %s | %.2f | %s | %s |", what, target, measured, ratio, verdict(),
                detail);
    }

    static String plain(double value) {
        return value >= 100 ? String.format(Locale.ROOT, "%,.0f", value) : String.format(Locale.ROOT, "%.3g", value);
    }
}
