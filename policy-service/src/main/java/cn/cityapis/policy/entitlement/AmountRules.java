package cn.cityapis.policy.entitlement;

import cn.cityapis.policy.entitlement.Amount.Bound;
import cn.cityapis.policy.entitlement.Amount.Kind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells what each figure of a text is: an award, a cost, a threshold … by the words around it. */
final class AmountRules {

    static final String CLAUSE = ",;。:\n\t";
    static final String SENTENCE = ";。\n";
    private static final Pattern CAP_BEFORE = Pattern.compile(
            "不(?:得|应|能)?(?:超过?|高于|多于)[^,;。、\\d]{0,20}$|(?:最[高多](?!科学|人民|奖)|至多|上限)[^,;。、\\d]{0,6}$");
    private static final Pattern CAP_AFTER = Pattern.compile("^(?:\\(含\\))?(?:以内|以下|之内|封顶)");
    private static final Pattern FLOOR_BEFORE = Pattern
            .compile("(?:不(?:应|得|能)?(?:低于|少于)|至少|(?<!不|不得)超过|达到|突破|高于|多投|满)$");
    private static final Pattern FLOOR_AFTER = Pattern.compile("^ ?(?:\\(含\\))?(?:及?以上|起)");
    private static final Pattern AWARD = Pattern.compile("给予|予以|奖励|补助|补贴|资助|贴息|配套|奖补|津贴|发放|[最给再各]?[高多]?[补奖获]$|支持$|给风险");
    private static final Pattern AWARD_AFTER = Pattern
            .compile("^[^;。,]{0,25}?(?:奖励|补助|补贴|资助|贴息|配套|津贴|扶持|资金|支持|服务费用|给予)");
    private static final Pattern CONDITION_AFTER = Pattern.compile("^的$|^的(?!比例|标准|额度)[^,;。]{0,20}(?:给予|予以)");
    private static final Pattern ELSEWHERE_AFTER = Pattern.compile("^ ?(?:用于|的基础上|之后)");
    private static final Pattern FINE = Pattern.compile("罚款|罚金|处以|没收|违约金|滞纳金");
    private static final Pattern COST = Pattern.compile("收费|收取|缴纳|交纳|押金|保证金|价格|顺加|差价|自付");
    private static final Pattern COST_AFTER = Pattern.compile("^[^,;。]{0,6}(?:承担|分担|的差价)");
    private static final Pattern CREDIT = Pattern.compile("贷款|授信|人才贷|提供额度");
    private static final Pattern INSURED = Pattern.compile("保额|保险金额");
    private static final Pattern LIMIT = Pattern.compile("每|单个|一家|一年|年度|最[高多]|上限|合计|不超");
    private static final Pattern INDICATOR = Pattern
            .compile("产值|收入|生产总值|比重|占比|率|增长|总额|零售额|规模|投资|达到|突破|比例|交易");
    private static final Pattern PER = Pattern
            .compile("每(?:张床位|平方米|人|名|家|户|年|月|床|个(?!保险年度)|项|次|件|亩)|一家|单个|年度|一年|/(?:人|月|年|床)|年(?=贴息|享)");

    private AmountRules() {
    }

    static List<Amount> find(String text) {
        return find(text, Sentence.fold(text));
    }

    static List<Amount> find(String text, String folded) {
        List<Amount> found = new ArrayList<>();
        Amount last = null;
        List<Figures.Figure> figures = Figures.find(folded);
        for (int i = 0; i < figures.size(); i++) {
            int next = i + 1 < figures.size() ? figures.get(i + 1).span().start() : folded.length();
            last = amount(text, folded, figures.get(i), last, next);
            found.add(last);
        }
        return found;
    }

    private static Amount amount(String text, String folded, Figures.Figure figure, @Nullable Amount last, int next) {
        Span span = figure.span();
        int clause = Sentence.start(folded, span.start(), CLAUSE);
        int sentence = Sentence.start(folded, span.start(), SENTENCE);
        Amount before = last != null && last.span().start() >= sentence ? last : null;
        int from = before == null ? clause : Math.max(clause, before.span().end());
        String left = folded.substring(from, span.start());
        String right = folded.substring(span.end(), Math.max(span.end(), Math.min(next,
                Sentence.end(folded, span.end(), CLAUSE))));
        Amount listed = before != null && left.strip().equals("、") ? before : null;
        Bound bound = listed != null ? listed.bound() : bound(figure, left, right);
        String lead = folded.substring(sentence, clause);
        Kind kind = listed != null && listed.kind() != Kind.AWARD && listed.kind() != Kind.OTHER
                ? listed.kind()
                : kind(figure, bound, left, right, lead, before);
        String around = folded.substring(clause, Sentence.end(folded, span.end(), CLAUSE));
        return new Amount(span, span.of(text), figure.fen(), figure.fromFen(), figure.basisPoints(), figure.ratio(),
                bound, listed != null && listed.kind() == Kind.AWARD ? Kind.AWARD : kind, per(around),
                (lead + around).contains("一次性"));
    }

    private static Bound bound(Figures.Figure figure, String left, String right) {
        if (figure.range()) {
            return Bound.RANGE;
        }
        if (CAP_BEFORE.matcher(left).find() || CAP_AFTER.matcher(right).find()) {
            return Bound.CAP;
        }
        return FLOOR_BEFORE.matcher(left).find() || FLOOR_AFTER.matcher(right).find() ? Bound.FLOOR : Bound.EXACT;
    }

    private static Kind kind(Figures.Figure figure, Bound bound, String left, String right, String lead,
            @Nullable Amount before) {
        if (ELSEWHERE_AFTER.matcher(right).find()) {
            return Kind.OTHER;
        }
        if (FINE.matcher(left + right).find()) {
            return Kind.FINE;
        }
        boolean award = AWARD.matcher(left).find();
        if (COST_AFTER.matcher(right).find() || !award && COST.matcher(left + right).find()) {
            return Kind.COST;
        }
        if (bound == Bound.FLOOR && !(award && left.matches(".*(?:不低于|不少于|至少)$"))) {
            return floor(left, right, lead);
        }
        if (figure.fen() != null && bound == Bound.CAP && CREDIT.matcher(left + right).find()) {
            return Kind.AWARD;
        }
        return byWords(bound, award, left, right, lead, before);
    }

    /** At least so much: what has to be reached, unless it is what an insurer has to provide. */
    private static Kind floor(String left, String right, String lead) {
        boolean provided = left.contains("提供") || lead.endsWith("的,");
        if (provided && INSURED.matcher(left).find() || right.matches("^的[^,;]{0,6}保险.*")) {
            return Kind.AWARD;
        }
        boolean target = INDICATOR.matcher(left).find() && !AWARD.matcher(lead + left + right).find()
                && !(left + right).contains("的");
        return target ? Kind.INDICATOR : Kind.THRESHOLD;
    }

    private static Kind byWords(Bound bound, boolean award, String left, String right, String lead,
            @Nullable Amount before) {
        if (!award && CONDITION_AFTER.matcher(right).find()) {
            return Kind.THRESHOLD;
        }
        if (award || AWARD_AFTER.matcher(right).find()) {
            return Kind.AWARD;
        }
        boolean follows = before != null && before.kind() == Kind.AWARD || AWARD.matcher(lead).find()
                || lead.contains("补助");
        if (bound == Bound.CAP && follows && LIMIT.matcher(left).find()) {
            return Kind.AWARD;
        }
        return INDICATOR.matcher(left + right).find() ? Kind.INDICATOR : Kind.OTHER;
    }

    private static List<String> per(String around) {
        Set<String> per = new LinkedHashSet<>();
        Matcher found = PER.matcher(around);
        while (found.find()) {
            per.add(switch (found.group()) {
                case "一家" -> "每家";
                case "单个" -> "每个";
                case "年度", "一年", "年", "每年" -> "每年";
                default -> found.group().replace('/', '每');
            });
        }
        return List.copyOf(per);
    }
}
