package cn.cityapis.policy.text;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;

import org.jspecify.annotations.Nullable;

/**
 * When a document holds. A document that names no day in force holds from its date of issue; one without an end holds until
 * it is repealed; the last day counts as a whole.
 */
public record Validity(@Nullable LocalDate issued, @Nullable LocalDate inForce, @Nullable LocalDate until,
        boolean trial) {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy年M月d日");

    public @Nullable LocalDate from() {
        return inForce != null ? inForce : issued;
    }

    public Status on(LocalDate day) {
        LocalDate from = from();
        if (until != null && day.isAfter(until)) {
            return Status.EXPIRED;
        }
        if (from == null) {
            return Status.UNKNOWN;
        }
        return day.isBefore(from) ? Status.NOT_YET : Status.IN_FORCE;
    }

    /** The status on a day in words that can be shown to a citizen. */
    public String wording(LocalDate day) {
        String kind = trial ? "（试行文件）" : "";
        LocalDate from = from();
        return switch (on(day)) {
            case NOT_YET -> "尚未施行，自" + format(from) + "起施行" + kind;
            case IN_FORCE ->
                "现行有效，自" + format(from) + "起施行" + (until == null ? "，未读到有效期规定" : "，有效期至" + format(until)) + kind;
            case EXPIRED -> "已失效，有效期至" + format(until) + "，期满后未见延续文件" + kind;
            case REPEALED -> "已废止" + kind;
            case UNKNOWN -> "施行日期不详" + kind;
        };
    }

    private static String format(@Nullable LocalDate day) {
        return day == null ? "不详日期" : DAY.format(day);
    }
}
