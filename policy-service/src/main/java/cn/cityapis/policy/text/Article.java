package cn.cityapis.policy.text;

import org.jspecify.annotations.Nullable;

/**
 * The unit that is searched, cited and linked: a 条, or where a document has none, a numbered item.
 *
 * @param key     unique in the document and stable: "19" for 第十九条, "2.4.15" for 二、（四）15.
 * @param number  the number of a 条, for numeric look-up; none for items
 * @param label   as printed: 第十九条
 * @param heading the headings above and of the article, joined by " › "
 */
public record Article(String key, @Nullable Integer number, String label, String heading, String text) {
}
