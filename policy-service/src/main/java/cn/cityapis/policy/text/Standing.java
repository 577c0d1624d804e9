package cn.cityapis.policy.text;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;

import org.jspecify.annotations.Nullable;

/**
 * Whether a document holds on a day, by its own dates and by what other documents did to it. What ended it first counts: a
 * rule that had run out is not repealed afterwards. Derived, never stored.
 */
public record Standing(Validity validity, @Nullable Repeal repeal, @Nullable Extension extension) {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy年M月d日");

    public Status on(LocalDate day) {
        Repeal ending = ending();
        return ending != null && ending.reached(day) ? Status.REPEALED : prolonged().on(day);
    }

    /** The last day by its own dates and by what has prolonged them; none where it has no end. */
    public @Nullable LocalDate until() {
        LocalDate own = validity.until();
        Extension longer = extension;
        if (own == null || longer == null) {
            return own;
        }
        LocalDate last = longer.until();
        return last != null && last.isBefore(own) ? own : last;
    }

    private Validity prolonged() {
        return new Validity(validity.issued(), validity.inForce(), until(), validity.trial());
    }

    /** The last day on which the document holds; none where it has no end, long ago where its end has no known day. */
    public @Nullable LocalDate lastDay() {
        Repeal ending = ending();
        if (ending == null) {
            return until();
        }
        LocalDate since = ending.since();
        return since == null ? LocalDate.EPOCH : since.minusDays(1);
    }

    /** The repeal, unless the document had run out before. */
    public @Nullable Repeal ending() {
        LocalDate until = until();
        Repeal known = repeal;
        LocalDate since = known == null ? null : known.since();
        return since != null && until != null && since.isAfter(until.plusDays(1)) ? null : known;
    }

    /** The status on a day in words that can be shown to a citizen. */
    public String wording(LocalDate day) {
        Repeal ending = ending();
        if (ending == null) {
            return own(day);
        }
        String by = ending.by() + (ending.article() == null ? "" : ending.article()) + "废止";
        LocalDate since = ending.since();
        String end = since == null ? "由" + by + "，废止日期不详" : "自" + DAY.format(since) + "起由" + by;
        String kept = ending.keeps() == null ? "" : "；" + ending.keeps().wording();
        return ending.reached(day)
                ? "已废止，" + end + (validity.trial() ? "（试行文件）" : "") + kept
                : own(day) + "，将" + end + kept;
    }

    /** What holds but for a repeal, and by whom its end was moved. */
    private String own(LocalDate day) {
        LocalDate before = validity.until();
        LocalDate now = until();
        Extension longer = extension;
        if (before == null || longer == null || before.equals(now)) {
            return validity.wording(day);
        }
        String by = longer.by() + (longer.article() == null ? "" : longer.article());
        return prolonged().wording(day) + "；原有效期至" + DAY.format(before) + "，由" + by
                + (now == null ? "宣布继续有效" : "延长");
    }
}
