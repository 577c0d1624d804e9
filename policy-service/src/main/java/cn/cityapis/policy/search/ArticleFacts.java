package cn.cityapis.policy.search;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import cn.cityapis.policy.entitlement.Sums;

/** What of an article's text can be filtered by: the organs made responsible in brackets, and sums of money. */
record ArticleFacts(List<String> responsible, long[] amountsFen) {

    private static final String OPENING = "（(〔[";
    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final Pattern BRACKETS = Pattern
            .compile("[（(〔\\[]([^（）()〔〕\\[\\]]*(?:[（(][^（）()]*[）)][^（）()〔〕\\[\\]]*)*)[）)〕\\]]");
    private static final Pattern ROLE = Pattern
            .compile("(?:牵头|责任|配合|主办|协办)(?:单位|部门)?[:：]?|等?按照?职责分工负责|负责|牵头|配合|[;；，,。]");
    private static final Pattern NAMED = Pattern.compile("(?:责任|牵头|配合)(?:单位|部门)|负责|牵头");
    private static final Pattern ORGAN = Pattern.compile(
            ".*(?:局|委|办|院|厅|部|中心|政府|管委|公司|支行|分局|联|会|团委|专班|支队|单位|部门|大学|协会|学院|社)(?:[（(].*[）)])?$");
    private static final int LONGEST_ORGAN = 30;

    static ArticleFacts of(String text) {
        return new ArticleFacts(List.copyOf(responsible(text)), Sums.fen(text));
    }

    private static Set<String> responsible(String text) {
        Set<String> organs = new LinkedHashSet<>();
        if (OPENING.chars().noneMatch(bracket -> text.indexOf(bracket) >= 0)) {
            return organs;
        }
        Matcher brackets = BRACKETS.matcher(BLANKS.matcher(text).replaceAll(""));
        while (brackets.find()) {
            String inside = brackets.group(1);
            if (NAMED.matcher(inside).find()) {
                Arrays.stream(ROLE.matcher(inside).replaceAll("、").split("、")).map(String::strip)
                        .filter(organ -> organ.length() > 1 && organ.length() <= LONGEST_ORGAN
                                && ORGAN.matcher(organ).matches())
                        .forEach(organs::add);
            }
        }
        return organs;
    }
}
