package cn.cityapis.policy.text;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Finding an article by what a reader calls it. */
public final class ArticleKey {

    private ArticleKey() {
    }

    /** By key (19, 2.4.15), by label (第十九条), or by the last number of a key where only one article has it (15 for 2.4.15). */
    public static Optional<Article> find(List<Article> articles, String asked) {
        OptionalInt numeral = ChineseNumeral.parse(asked.replaceAll("^第|[条项]$", ""));
        String key = numeral.isPresent() ? String.valueOf(numeral.getAsInt()) : asked;
        Optional<Article> exact = articles.stream().filter(article -> article.key().equals(key)).findFirst();
        List<Article> ending = articles.stream()
                .filter(article -> article.key().endsWith("." + key) && !article.key().startsWith("annex"))
                .toList();
        return exact.or(() -> ending.size() == 1 ? Optional.of(ending.getFirst()) : Optional.empty());
    }
}
