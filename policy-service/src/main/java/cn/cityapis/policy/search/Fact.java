package cn.cityapis.policy.search;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import cn.cityapis.policy.text.Openings;

/** A kind of fact that a question may ask for, and an article may state. */
enum Fact {
    MONEY, TIME, ORGAN, FORCE;

    private static final Openings SHARE = Openings.of("0123456789百", "\\d ?[%％]|百分之");
    private static final Openings DAY = Openings.of("0123456789每年一二三四五六七八九十",
            "\\d ?(?:年|月|日|个工作日|天)|每[年月季周日]|年底前|[一二三四五六七八九十] ?(?:个?工作日|日内|个月|年内)");
    private static final Openings CHARGED = Openings.of("负牵责主承受", "负责|牵头|责任单位|主管|承办|受理");
    private static final Openings EFFECTIVE = Openings.of("起有废停不失",
            "起(?:正式)?(?:施行|执行|实施|生效)|有效期[至为到]|有效期\\d|废止|停止执行|不再执行|失效");
    private static final Map<Fact, List<String>> ASKED = asked();

    private static Map<Fact, List<String>> asked() {
        return Synonyms.lines("/search/facts.txt").stream().map(line -> line.split(":", 2))
                .collect(Collectors.toMap(parts -> valueOf(parts[0].toUpperCase(Locale.ROOT)),
                        parts -> Arrays.asList(parts[1].strip().split(" ")), (one, other) -> one,
                        () -> new EnumMap<>(Fact.class)));
    }

    /** As the index spells it. */
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What a question in plain characters asks for; most ask for none of these. */
    static Set<Fact> askedIn(String plain) {
        Set<Fact> asked = EnumSet.noneOf(Fact.class);
        ASKED.forEach((fact, words) -> {
            if (words.stream().anyMatch(plain::contains)) {
                asked.add(fact);
            }
        });
        return asked;
    }

    static Set<Fact> statedIn(String text) {
        return statedIn(text, ArticleFacts.of(text));
    }

    /** @param facts what else was read from the text, in which the sums are looked for once */
    static Set<Fact> statedIn(String text, ArticleFacts facts) {
        Set<Fact> stated = EnumSet.noneOf(Fact.class);
        if (facts.amountsFen().length > 0 || SHARE.in(text)) {
            stated.add(MONEY);
        }
        if (DAY.in(text)) {
            stated.add(TIME);
        }
        if (CHARGED.in(text)) {
            stated.add(ORGAN);
        }
        if (EFFECTIVE.in(text)) {
            stated.add(FORCE);
        }
        return stated;
    }
}
