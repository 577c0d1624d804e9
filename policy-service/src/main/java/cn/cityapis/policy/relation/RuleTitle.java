package cn.cityapis.policy.relation;

import java.util.regex.Pattern;

/** Telling a document's title from the name of a form, a report or a game. */
final class RuleTitle {

    private static final Pattern DOCUMENT = Pattern.compile(
            ".*(?:法|法典|条例|办法|规定|规则|细则|决定|决议|通知|意见|方案|规划|计划|标准|规范|导则|目录|名录|批复|公告|通告|要点|纲要|章程|制度|措施|准则|指引|指南|协定|公约|解释|纪要|答复|预案|规程|清单|政策|命令|令|函|若干条|举措|工程)$");
    private static final Pattern CLOSING_BRACKET = Pattern.compile("[（(〔\\[][^（）()]*[）)〕\\]]$");

    private static final Pattern FORM = Pattern.compile(".*(?:表|书|报告|证)$");

    private RuleTitle() {
    }

    /** A form or report, which nothing rests on. */
    static boolean form(String title) {
        return FORM.matcher(title.strip()).matches();
    }

    static boolean of(String title) {
        String bare = title.strip();
        String open = CLOSING_BRACKET.matcher(bare).replaceFirst("").replaceAll("[〉》\\s]+$", "");
        return open.length() > 2 && DOCUMENT.matcher(open).matches();
    }
}
