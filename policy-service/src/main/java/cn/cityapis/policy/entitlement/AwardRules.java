package cn.cityapis.policy.entitlement;

import cn.cityapis.policy.entitlement.Award.Support;
import cn.cityapis.policy.text.Article;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes records of the award clauses of an article. */
final class AwardRules {

    private static final Pattern RECIPIENT = Pattern
            .compile("(?:(?<![象针面绝比相])对|给予|支持)([^,;。:\\d]{2,80}?)(?=,|给予|予以|一次性|不超|最高|按|择优)");
    private static final Pattern INSURANCE = Pattern.compile("保额|保险金额|保障保险|补偿保险");
    private static final Pattern CREDIT = Pattern.compile("贷款|授信|人才贷|额度不超过");
    private static final int FURTHEST = 2_000;
    /** More organs than these are not told of one award. */
    private static final int MOST_ORGANS = 20;
    private static final Pattern VERB = Pattern.compile(",?(?:择优|一次性|分别|给予|予以|按|最[高多]|不超|上限|奖励|补助|补贴)");

    /** 给予购买方补助 names the buyer, 给予补助 nobody. */
    private static final Pattern SUPPORT_END = Pattern.compile("(?:[^对]{0,2}(?:贴息|资金|保费))?(?:资助|补助|补贴|奖励)$");

    /** An article with what was found in it as a whole, in the order of the text. */
    private record Read(Article article, String folded, List<Audiences.Mention> mentions,
            List<ResponsibleOrgans.Organ> organs) {
    }

    private AwardRules() {
    }

    static List<Award> find(Article article) {
        String text = article.text();
        String folded = Sentence.fold(text);
        List<Amount> awarded = AmountRules.find(text, folded).stream()
                .filter(amount -> amount.kind() == Amount.Kind.AWARD).toList();
        if (awarded.isEmpty()) {
            return List.of();
        }
        List<ResponsibleOrgans.Organ> organs = ResponsibleOrgans.find(text).stream()
                .sorted(Comparator.comparingInt(organ -> organ.span().start())).toList();
        Read read = new Read(article, folded, Audiences.shipped().mentions(text), organs);
        List<Award> found = new ArrayList<>();
        @Nullable
        Award last = null;
        for (Amount amount : awarded) {
            last = award(read, amount, last);
            found.add(last);
        }
        return found;
    }

    private static Award award(Read read, Amount amount, @Nullable Award last) {
        String folded = read.folded();
        int sentence = Sentence.start(folded, amount.span().start(), AmountRules.SENTENCE);
        Award before = last != null && last.amount().span().start() >= sentence ? last : null;
        Span condition = condition(folded, amount, sentence, before);
        Span who = who(folded, sentence, amount.span().start(), condition);
        List<String> audiences = audiences(read, who, condition, sentence, amount.span().start());
        List<String> following = from(read.organs(), ResponsibleOrgans.Organ::span, amount.span().end() + 1).stream()
                .map(ResponsibleOrgans.Organ::name).distinct().limit(MOST_ORGANS).toList();
        return new Award(amount, support(folded, amount), who, condition, audiences, following);
    }

    /** From the sum before it, or the start of the sentence, to the word that gives. */
    private static Span condition(String folded, Amount amount, int sentence, @Nullable Award before) {
        int end = amount.span().start();
        int start = sentence;
        if (before != null) {
            int comma = Sentence.end(folded, before.amount().span().end(), ",;、");
            start = Math.min(end, comma + 1);
        }
        int from = Sentence.start(folded, end, ",;。:\n");
        Matcher verb = VERB.matcher(folded).region(Math.max(from, start), end);
        if (verb.find()) {
            end = verb.start();
        }
        while (end > start && ",、 ".indexOf(folded.charAt(end - 1)) >= 0) {
            end--;
        }
        boolean own = end - start > 2 && !folded.substring(start, end).matches("每.{0,8}|.*(?:年度|每年|其中)$");
        if (own) {
            return new Span(start, end);
        }
        return before != null ? before.condition() : new Span(sentence, amount.span().end());
    }

    private static Span who(String folded, int sentence, int end, Span condition) {
        Matcher recipient = RECIPIENT.matcher(folded).region(sentence, end);
        Span who = condition;
        while (recipient.find()) {
            int named = recipient.start(1) + SUPPORT_END.matcher(recipient.group(1)).replaceFirst("").length();
            if (named > recipient.start(1)) {
                who = new Span(recipient.start(1), named);
            }
        }
        return who;
    }

    /** Of the words that end the phrase on who gets it, else of the phrase, the condition, the sentence, what goes before. */
    private static List<String> audiences(Read read, Span who, Span condition, int sentence, int end) {
        String phrase = who.of(read.article().text()).replaceAll("的$", "");
        int last = phrase.lastIndexOf('的') + 1;
        return Stream.of(new int[]{who.start() + last, who.start() + phrase.length()},
                new int[]{who.start(), who.end()}, new int[]{condition.start(), condition.end()},
                new int[]{sentence, end}, new int[]{Math.max(0, end - FURTHEST), end})
                .map(range -> codes(within(read.mentions(), range[0], range[1])))
                .filter(codes -> !codes.isEmpty()).findFirst()
                .orElseGet(() -> codes(Audiences.shipped().mentions(read.article().heading())));
    }

    /** None overlaps another: who begins later ends later. */
    private static List<Audiences.Mention> within(List<Audiences.Mention> mentions, int start, int end) {
        return from(mentions, Audiences.Mention::span, start).stream().takeWhile(one -> one.span().end() <= end)
                .toList();
    }

    /** Of what is in the order of the text, that which begins at a place or behind it. */
    private static <T> List<T> from(List<T> ordered, Function<T, Span> span, int place) {
        int low = 0;
        int high = ordered.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (span.apply(ordered.get(middle)).start() < place) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return ordered.subList(low, ordered.size());
    }

    private static List<String> codes(List<Audiences.Mention> mentions) {
        return mentions.stream().map(Audiences.Mention::code).distinct().toList();
    }

    private static Support support(String folded, Amount amount) {
        int from = Sentence.start(folded, amount.span().start(), AmountRules.CLAUSE);
        int to = Sentence.end(folded, amount.span().end(), AmountRules.SENTENCE);
        String left = folded.substring(from, amount.span().start());
        String right = folded.substring(amount.span().end(),
                Math.min(to, Sentence.end(folded, amount.span().end(), ",;。:\n")));
        String near = left + right;
        if (INSURANCE.matcher(near).find() && amount.bound() == Amount.Bound.FLOOR) {
            return Support.INSURANCE;
        }
        if (amount.amountFen() != null && CREDIT.matcher(near).find()) {
            return Support.CREDIT;
        }
        if (near.contains("贴息")) {
            return Support.INTEREST;
        }
        if (near.contains("奖") || near.contains("配套")) {
            return Support.REWARD;
        }
        return near.contains("补") || near.contains("资助") ? Support.SUBSIDY : Support.FUNDING;
    }
}
