package cn.cityapis.policy.relation;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the title of a document says it does to others. */
final class TitleRelations {

    private static final Pattern ISSUES = Pattern.compile("关于(?:印发|下发|发布|公布)(.+?)的?(?:通知|通告|公告|决定)$");
    private static final Pattern HANDS_ON = Pattern.compile("(?:关于)?转发(.+?)的通知$");
    private static final Pattern REPEALS = Pattern.compile("关于(?:废止|宣布失效)");
    private static final Pattern AMENDS = Pattern.compile("关于(?:修改|修订|修正)");
    private static final Pattern SUPPLEMENTS = Pattern.compile("补充(?:通知|规定|意见|说明|办法)");
    private static final Pattern INTERPRETS = Pattern.compile("(?:解读|解释|说明|答复)$");
    private static final Pattern CARRIES_OUT = Pattern.compile("关于(?:贯彻|落实|执行|实施)");
    private static final Pattern QUOTED = Pattern.compile("^《(.+)》$");

    private TitleRelations() {
    }

    /** The rule that the document brings with it, by name. */
    static Optional<String> issued(String title) {
        return named(ISSUES.matcher(title)).filter(name -> title.contains("《" + name + "》") || RuleTitle.of(name))
                .filter(name -> !title.contains("关于公布") || title.contains("关于公布《"));
    }

    /** A document of somebody else that it passes on. */
    static Optional<String> handedOn(String title) {
        return title.contains("印发") && title.indexOf("印发") < title.indexOf("转发")
                ? Optional.empty()
                : named(HANDS_ON.matcher(title));
    }

    /** What it does to the documents that its title names; empty where it brings them with it or names them only. */
    static Optional<RelationKind> others(String title) {
        List<Mention> named = Mentions.in(title);
        if (named.isEmpty() || ISSUES.matcher(title).find() || HANDS_ON.matcher(title).find()) {
            return Optional.empty();
        }
        if (REPEALS.matcher(title).find()) {
            return Optional.of(RelationKind.REPEALS);
        }
        if (AMENDS.matcher(title).find()) {
            return Optional.of(RelationKind.AMENDS);
        }
        if (SUPPLEMENTS.matcher(title).find()) {
            return Optional.of(RelationKind.SUPPLEMENTS);
        }
        if (INTERPRETS.matcher(title).find()) {
            return Optional.of(RelationKind.INTERPRETS);
        }
        return Optional.of(CARRIES_OUT.matcher(title).find() ? RelationKind.BASIS : RelationKind.CITES);
    }

    private static Optional<String> named(Matcher found) {
        if (!found.find()) {
            return Optional.empty();
        }
        String name = found.group(1).strip();
        if (TitleKey.of(name).isEmpty()) {
            return Optional.empty();
        }
        Matcher quoted = QUOTED.matcher(name);
        return Optional.of(quoted.matches() && quoted.group(1).indexOf('》') < 0 ? quoted.group(1) : name);
    }
}
