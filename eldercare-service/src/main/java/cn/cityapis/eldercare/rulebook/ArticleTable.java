package cn.cityapis.eldercare.rulebook;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Where a rule book says what the service goes by. The rules here are named by the articles of 威民发〔2023〕17号; a book that
 * took its place names for each of them its own article.
 */
public record ArticleTable(Map<Integer, Integer> ownArticles) {

    /** Those that ask something of a system: all but 第一条 (its purpose) and 第二十九条 (who explains it). */
    static final List<Integer> RULES = IntStream.rangeClosed(1, Citation.ARTICLES)
            .filter(article -> article != 1 && article != 29)
            .boxed()
            .toList();

    /** That of the rule of 2023: each article is its own. */
    static final ArticleTable OF_2023 = new ArticleTable(Map.of());

    public ArticleTable {
        ownArticles = new TreeMap<>(ownArticles);
    }

    Citation cite(String document, int rule) {
        return new Citation(document, ownArticles.getOrDefault(rule, rule),
                Citation.linkTo(document) + "/articles/" + ownArticles.getOrDefault(rule, rule));
    }
}
