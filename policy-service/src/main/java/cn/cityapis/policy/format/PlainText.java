package cn.cityapis.policy.format;

import cn.cityapis.policy.text.Article;
import cn.cityapis.policy.text.Node;

/** A document as plain text: a node to a line, cells parted by tabs; a digest says in its first line that it is one. */
public final class PlainText {

    private PlainText() {
    }

    public static String document(Described described, Node tree) {
        return text(described, tree.plain());
    }

    public static String article(Described described, Article article) {
        return text(described, article.text());
    }

    private static String text(Described described, String text) {
        return (described.digest() ? Described.DIGEST + "\n" : "") + text + "\n";
    }
}
