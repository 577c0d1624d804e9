package cn.cityapis.policy.text;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;

import org.jspecify.annotations.Nullable;

/**
 * Whether a document holds on a day, by its own dates and by what other documents did to it. What ended it first counts: a
 * rule that had run out is not repealed afterwards. Derived, never stored.
 */
public record Standing(Validity validity, @Nullable Repeal repeal) {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy年M月d日");

    public Status on(LocalDate day) {
        Repeal ending = ending();
        return ending != null && ending.reached(day) ? Status.REPEALED : validity.on(day);
    }

    /** The last day on which the document holds; none where it has no end, long ago where its end has no known day. */
    public @Nullable LocalDate lastDay() {
        Repeal ending = ending();
        if (ending == null) {
            return validity.until();
        }
        LocalDate since = ending.since();
        return since == null ? LocalDate.EPOCH : since.minusDays(1);
    }

    /** The repeal, unless the document had run out before. */
    public @Nullable Repeal ending() {
        LocalDate until = validity.until();
        Repeal known = repeal;
        LocalDate since = known == null ? null : known.since();
        return since != null && until != null && since.isAfter(until.plusDays(1)) ? null : known;
    }

    /** The status on a day in words that can be shown to a citizen. */
    public String wording(LocalDate day) {
        Repeal ending = ending();
        if (ending == null) {
            return validity.wording(day);
        }
        String by = ending.by() + (ending.article() == null ? "" : ending.article()) + "废止";
        LocalDate since = ending.since();
        String end = since == null ? "由" + by + "，废止日期不详" : "自" + DAY.format(since) + "起由" + by;
        String kept = ending.keeps() == null ? "" : "；" + ending.keeps().wording();
        return ending.reached(day)
                ? "已废止，" + end + (validity.trial() ? "（试行文件）" : "") + kept
                : validity.wording(day) + "，将" + end + kept;
    }
}
