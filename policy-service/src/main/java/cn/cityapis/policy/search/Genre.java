package cn.cityapis.policy.search;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The kind of document 文种 its title ends with: of the rule, where a notice only transmits one. */
final class Genre {

    private static final List<String> KINDS = List.of("条例", "规定", "办法", "细则", "规则", "规划", "方案", "计划", "要点", "意见", "措施",
            "标准", "价格", "规范", "目录", "名录", "决定", "命令", "令", "公告", "通告", "通知", "通报", "公报", "批复", "函", "报告", "制度", "预案");
    private static final Pattern REMARK = Pattern.compile("[（(][^（）()]*[）)]$");
    private static final Pattern TRANSMITTED = Pattern.compile("(?:印发|转发|公布|发布)(?:《([^》]+)》|(.+?))的(?:通知|公告|决定)$");

    private Genre() {
    }

    static String of(String title) {
        String whole = title.strip();
        Matcher transmitted = TRANSMITTED.matcher(whole);
        if (transmitted.find()) {
            String rule = transmitted.group(1) != null ? transmitted.group(1) : transmitted.group(2);
            String kind = ending(rule);
            if (!kind.isEmpty()) {
                return kind;
            }
        }
        String kind = ending(whole);
        return kind.isEmpty() ? "其他" : kind;
    }

    private static String ending(String title) {
        String bare = REMARK.matcher(title.strip()).replaceFirst("").strip();
        return KINDS.stream().filter(bare::endsWith).findFirst().orElse("");
    }
}
