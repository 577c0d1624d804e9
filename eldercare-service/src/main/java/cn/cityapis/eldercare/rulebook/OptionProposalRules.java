package cn.cityapis.eldercare.rulebook;

import cn.cityapis.platform.problem.Violations;
import java.time.LocalDate;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Options change from a day to come on, while their book holds, and not twice on one day: the past stays as it was decided. */
final class OptionProposalRules {

    private OptionProposalRules() {
    }

    /**
     * Adds all that is wrong.
     *
     * @param book the one that is named; null if there is none of that name
     * @param taken the days from which options of that book hold already
     */
    static void check(OptionRequest asked, @Nullable RuleBook book, Set<LocalDate> taken, LocalDate today,
            Violations violations) {
        if (asked.ruleBookId() == null || asked.ruleBookId().isBlank()) {
            violations.add("/ruleBookId", "missing", "请填写办法编号");
        } else if (book == null) {
            violations.add("/ruleBookId", "unknown", "没有登记过该办法");
        }
        validFrom(asked.validFrom(), book, taken, today, violations);
        LocalDate decidedOn = asked.decidedOn();
        if (decidedOn == null) {
            violations.add("/decidedOn", "missing", "请填写决定日期");
        } else if (decidedOn.isAfter(today)) {
            violations.add("/decidedOn", "out-of-range", "应为今天或以前");
        }
        if (asked.basis() == null || asked.basis().isBlank()) {
            violations.add("/basis", "missing", "请说明依据");
        }
        if (asked.options() == null) {
            violations.add("/options", "missing", "请填写数值与选项");
        } else {
            asked.options().missing().forEach(name -> violations.add("/options/" + name, "missing", "请填写这一选项"));
        }
    }

    private static void validFrom(@Nullable LocalDate from, @Nullable RuleBook book, Set<LocalDate> taken,
            LocalDate today, Violations violations) {
        if (from == null) {
            violations.add("/validFrom", "missing", "请填写适用日期");
        } else if (!canBegin(from, today)) {
            violations.add("/validFrom", "out-of-range", "截至今天仍依原选项受理申请，最早自 " + today.plusDays(1) + " 起适用");
        } else if (book != null && (from.isBefore(book.inForceFrom()) || from.isAfter(book.lastDay()))) {
            violations.add("/validFrom", "out-of-range",
                    "应在办法适用期内：" + book.inForceFrom() + " 至 " + book.lastDay());
        } else if (taken.contains(from)) {
            violations.add("/validFrom", "duplicate", "自该日起适用的选项已有规定");
        }
    }

    /** What was handed in today or before was judged by what held then. */
    static boolean canBegin(LocalDate from, LocalDate today) {
        return from.isAfter(today);
    }
}
