package cn.cityapis.policy.gazette;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import cn.cityapis.policy.text.Kind;

/** The number that a line begins with: 第一章, 第十九条, 一、, （一）, 1., （1）. */
record Mark(Kind kind, String label, String rest) {

    private record Form(Kind kind, Pattern pattern) {
    }

    private static final String HAN = "[一二三四五六七八九十百零〇\\d][一二三四五六七八九十百零〇\\d\\s]{0,8}";
    private static final List<Form> FORMS = List.of(
            new Form(Kind.CHAPTER, form("第\\s*" + HAN + "[章编](?=\\s|$|\\p{IsHan})")),
            new Form(Kind.SECTION, form("第\\s*" + HAN + "节(?=\\s|$|\\p{IsHan})")),
            // 第九条、第十条规定的 at the start of a line is a citation that was cut, no article
            new Form(Kind.ARTICLE, form("第\\s*" + HAN + "条(?![、，,。；）)规的之款至和第])")),
            new Form(Kind.ITEM, form("[一二三四五六七八九十]{1,3}\\s*、")),
            new Form(Kind.SUBITEM, form("[（(]\\s*[一二三四五六七八九十]{1,3}\\s*[）)]")),
            new Form(Kind.POINT, form("\\d{1,3}\\s*[.．、](?=\\D|$|\\dG)")),
            new Form(Kind.SUBPOINT, form("[（(]\\s*\\d{1,3}\\s*[）)]")));

    private static Pattern form(String label) {
        return Pattern.compile("^(" + label + ")(.*)$");
    }

    static Optional<Mark> of(String text) {
        for (Form form : FORMS) {
            Matcher found = form.pattern().matcher(text);
            if (found.matches()) {
                return Optional.of(new Mark(form.kind(), Layout.strip(found.group(1)), found.group(2)));
            }
        }
        return Optional.empty();
    }
}
