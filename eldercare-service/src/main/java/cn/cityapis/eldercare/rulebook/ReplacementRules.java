package cn.cityapis.eldercare.rulebook;

import cn.cityapis.platform.problem.Violations;
import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a new rule book must be so that every day has one book and every rule an article (第三十条). It may reach back only into
 * days on which no application was taken, as what was handed in stays under the book of its day.
 */
final class ReplacementRules {

    private final Shelf shelf;
    private final LocalDate today;
    private final Violations violations;

    private ReplacementRules(Shelf shelf, LocalDate today, Violations violations) {
        this.shelf = shelf;
        this.today = today;
        this.violations = violations;
    }

    /** Adds all that is wrong, each by itself; what is absent is named as missing. */
    static void check(ReplaceRequest asked, Shelf shelf, LocalDate today, Violations violations) {
        ReplacementRules rules = new ReplacementRules(shelf, today, violations);
        rules.number(asked.number());
        rules.present("/title", asked.title(), "请填写名称");
        rules.present("/basis", asked.basis(), "请说明依据");
        rules.follows(asked.replaces());
        rules.begins(asked.inForceFrom());
        rules.ends(asked.inForceFrom(), asked.inForceTo());
        rules.decided(asked.decidedOn());
        rules.articles(asked.articles());
        if (rules.present("/options", asked.options(), "请填写数值与选项") && asked.options() != null) {
            asked.options().missing().forEach(name -> violations.add("/options/" + name, "missing", "请填写这一选项"));
        }
    }

    private boolean present(String pointer, @Nullable Object given, String detail) {
        boolean there = given != null && !given.toString().isBlank();
        if (!there) {
            violations.add(pointer, "missing", detail);
        }
        return there;
    }

    private void number(@Nullable String number) {
        if (present("/number", number, "请填写文号")
                && shelf.books().stream().anyMatch(book -> book.number().equals(number))) {
            violations.add("/number", "duplicate", "已登记过这一文号的办法");
        }
    }

    private void follows(@Nullable String replaces) {
        String latest = shelf.latest().number();
        if (present("/replaces", replaces, "请填写所接替办法的文号") && !latest.equals(replaces)) {
            boolean known = shelf.books().stream().anyMatch(book -> book.number().equals(replaces));
            violations.add("/replaces", known ? "already-replaced" : "unknown",
                    (known ? "该办法已有接替者" : "没有登记过该办法") + "，只能接替最后一部办法 " + latest);
        }
    }

    private void begins(@Nullable LocalDate from) {
        RuleBook latest = shelf.latest();
        if (!present("/inForceFrom", from, "请填写施行日期") || from == null) {
            return;
        }
        if (!from.isAfter(latest.inForceFrom())) {
            violations.add("/inForceFrom", "overlaps",
                    "与 " + latest.number() + " 重叠：应晚于其施行日期 " + latest.inForceFrom());
        } else if (!from.isAfter(today) && !from.isAfter(latest.lastDay())) {
            violations.add("/inForceFrom", "overlaps", "与 " + latest.number() + " 重叠：截至今天仍依该办法受理申请，最早自 "
                    + today.plusDays(1) + " 起施行");
        } else if (from.getYear() > 9998) {
            violations.add("/inForceFrom", "out-of-range", "日期过远");
        }
    }

    private void ends(@Nullable LocalDate from, @Nullable LocalDate to) {
        if (present("/inForceTo", to, "请填写有效期的最后一日") && to != null
                && (to.getYear() > 9999 || from != null && to.isBefore(from))) {
            violations.add("/inForceTo", "out-of-range", "应在施行日期之后，不超过 9999 年");
        }
    }

    private void decided(@Nullable LocalDate on) {
        if (present("/decidedOn", on, "请填写决定日期") && on != null
                && (on.isAfter(today) || on.isBefore(shelf.books().getFirst().inForceFrom()))) {
            violations.add("/decidedOn", "out-of-range", "应在原办法施行之后、今天或以前");
        }
    }

    /** Every rule that decisions cite has its article in the new book. */
    private void articles(@Nullable Map<Integer, Integer> given) {
        if (!present("/articles", given, "请填写各项规则在新办法中的条次") || given == null) {
            return;
        }
        ArticleTable.RULES.stream().filter(rule -> given.get(rule) == null)
                .forEach(rule -> violations.add("/articles/" + rule, "missing",
                        "请填写原第 " + rule + " 条的规则在新办法中的条次"));
        given.forEach((rule, article) -> {
            if (!ArticleTable.RULES.contains(rule)) {
                violations.add("/articles/" + rule, "unknown", "没有这一项规则");
            } else if (article != null && (article < 1 || article > 999)) {
                violations.add("/articles/" + rule, "out-of-range", "条次应为 1 到 999");
            }
        });
    }
}
