package cn.cityapis.pharmacy.stock;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * How far a report of stock can be relied upon: a young one says "in stock", an old one only that the seller said so.
 *
 * @param current whether the report is young
 * @param text what a citizen is shown
 */
public record Freshness(boolean current, String text) {

    private static final DateTimeFormatter TO_THE_MINUTE = DateTimeFormatter.ofPattern("M月d日 HH:mm", Locale.CHINA);
    private static final DateTimeFormatter TO_THE_DAY = DateTimeFormatter.ofPattern("uuuu年M月d日", Locale.CHINA);

    /** Judges a report of a seller that had the medicine; {@code youth} is the age up to which it is young. */
    public static Freshness of(Instant reportedAt, Instant now, Duration youth, ZoneId zone) {
        var at = reportedAt.atZone(zone);
        return reportedAt.plus(youth).isBefore(now)
                ? new Freshness(false, TO_THE_DAY.format(at) + "报称有货，请先致电确认")
                : new Freshness(true, "有货（" + TO_THE_MINUTE.format(at) + " 上报）");
    }
}
