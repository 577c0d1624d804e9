package cn.cityapis.policy.text;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** Finding an article by what a reader calls it. */
public final class ArticleKey {

    /** What the keys of a notice's items begin with where it transmits a rule. */
    static final String NOTICE = "notice.";

    private static final Pattern ARTICLE = Pattern.compile("第.+条");

    private ArticleKey() {
    }

    /** By key (19, 2.4.15), by label (第十九条), or by the last number of a key where only one article has it (15 for 2.4.15). */
    public static Optional<Article> find(List<Article> articles, String asked) {
        OptionalInt numeral = ChineseNumeral.parse(asked.replaceAll("^第|[条项]$", ""));
        String key = numeral.isPresent() ? String.valueOf(numeral.getAsInt()) : asked;
        Optional<Article> numbered = ARTICLE.matcher(asked).matches() && numeral.isPresent()
                ? articles.stream().filter(article -> ofRule(article) && article.number() != null
                        && article.number() == numeral.getAsInt()).findFirst()
                : Optional.empty();
        Optional<Article> exact = articles.stream().filter(article -> article.key().equals(key)).findFirst();
        List<Article> ending = articles.stream()
                .filter(article -> article.key().endsWith("." + key) && ofRule(article))
                .toList();
        return numbered.or(() -> exact)
                .or(() -> ending.size() == 1 ? Optional.of(ending.getFirst()) : Optional.empty());
    }

    private static boolean ofRule(Article article) {
        return !article.key().startsWith("annex") && !article.key().startsWith(NOTICE);
    }
}
