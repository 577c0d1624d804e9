package cn.cityapis.policy.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/** Cuts a document's tree into its articles: each 条 whole; elsewhere each numbered item without the items inside it. */
public final class ArticleSplitter {

    private static final String ROOT_LABEL = "正文";
    private static final Pattern BESIDE_NUMBER = Pattern.compile("[第条章节、.．（）()\\s]");

    private final List<Article> articles = new ArrayList<>();
    private final Map<String, Integer> used = new HashMap<>();
    private int attachments;

    private ArticleSplitter() {
    }

    public static List<Article> split(Node document) {
        ArticleSplitter splitter = new ArticleSplitter();
        splitter.container(document, "", List.of());
        return List.copyOf(splitter.articles);
    }

    /** A document, the instrument it transmits, or an attachment: a space of numbers of its own. */
    private void container(Node node, String prefix, List<String> headings) {
        loose(node, prefix, headings);
        // the bare numbers are those of the rule: nobody cites the items of the notice around it
        boolean transmits = node.children().stream().anyMatch(child -> child.kind() == Kind.INSTRUMENT);
        String items = transmits ? prefix + ArticleKey.NOTICE : prefix;
        for (Node child : node.children()) {
            switch (child.kind()) {
                case INSTRUMENT -> container(child, prefix, headings);
                case ATTACHMENT -> container(child, "annex" + (++attachments) + ".", List.of(title(child)));
                case CHAPTER, SECTION, ARTICLE, ITEM, SUBITEM, POINT, SUBPOINT -> numbered(child, items, headings);
                case DOCUMENT, TITLE, ORGAN, NUMBER, ADDRESSEES, PARAGRAPH, LIST_ENTRY, TABLE, ATTACHMENT_LIST,
                        SIGNATURE, DATE, NOTE, COVER, CONTENTS ->
                    {
                    }
            }
        }
    }

    private void numbered(Node node, String prefix, List<String> headings) {
        List<String> below = append(headings, (labelOf(node) + " " + node.heading()).strip());
        if (node.kind() == Kind.ARTICLE) {
            int number = number(node);
            add(prefix + number, number, labelOf(node), headings, node.plain());
            return;
        }
        boolean chapter = !node.kind().item();
        String key = prefix + (chapter ? node.kind().code() : "") + number(node);
        List<Node> inner = node.children().stream().filter(child -> child.kind().numbered()).toList();
        String own = own(node);
        // a heading alone is found by what stands under it; a chapter's own paragraphs and tables are content
        if (!chapter && inner.isEmpty() || own.length() > node.line().length() || !node.heading().equals(node.text())) {
            add(key, null, labelOf(node), below, own);
        }
        inner.forEach(child -> numbered(child, chapter ? prefix : key + ".", below));
    }

    /** What stands outside any number: the notice that transmits, the clause on when it takes effect, name lists, tables. */
    private void loose(Node node, String prefix, List<String> headings) {
        String text = node.children().stream().filter(child -> switch (child.kind()) {
            case PARAGRAPH, LIST_ENTRY, TABLE, ATTACHMENT_LIST, NOTE -> true;
            case DOCUMENT, INSTRUMENT, ATTACHMENT, CHAPTER, SECTION, ARTICLE, ITEM, SUBITEM, POINT, SUBPOINT, TITLE,
                    ORGAN, NUMBER, ADDRESSEES, SIGNATURE, DATE, COVER, CONTENTS ->
                false;
        }).map(Node::plain).collect(Collectors.joining("\n"));
        if (!text.isEmpty()) {
            add(prefix + "0", null, node.kind() == Kind.ATTACHMENT ? "附件" : ROOT_LABEL, headings, text);
        }
    }

    private void add(String key, @Nullable Integer number, String label, List<String> headings, String text) {
        int seen = used.merge(key, 1, Integer::sum);
        articles.add(
                new Article(seen == 1 ? key : key + "-" + seen, number, label, String.join(" › ", headings), text));
    }

    private static String own(Node node) {
        List<Node> rest = node.children().stream().filter(child -> !child.kind().numbered()).toList();
        return new Node(node.kind(), node.label(), node.text(), node.rows(), rest).plain();
    }

    private static int number(Node node) {
        return ChineseNumeral.parse(BESIDE_NUMBER.matcher(labelOf(node)).replaceAll("")).orElse(0);
    }

    private static String title(Node node) {
        return node.children().stream().filter(child -> child.kind() == Kind.TITLE).map(Node::text).findFirst()
                .orElse("附件");
    }

    private static String labelOf(Node node) {
        String label = node.label();
        return label == null ? "" : label;
    }

    private static List<String> append(List<String> list, String last) {
        List<String> longer = new ArrayList<>(list);
        longer.add(last);
        return longer;
    }
}
