package cn.cityapis.policy.format;

import java.util.ArrayList;
import java.util.List;

import cn.cityapis.policy.text.Article;
import cn.cityapis.policy.text.Kind;
import cn.cityapis.policy.text.Node;

/**
 * A document, or one article, as Akoma Ntoso 3.0 (OASIS LegalDocML). What the standard has no element for (一、, a name list,
 * an instrument inside a notice) is a named container. Read in order, the elements give back the text.
 */
public final class AkomaNtoso {

    private static final String NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0";

    private final Markup xml = new Markup(NAMESPACE);

    private AkomaNtoso() {
    }

    public static byte[] document(Described described, Node tree) {
        AkomaNtoso akn = new AkomaNtoso();
        akn.xml.open("akomaNtoso").open("act", "name", "regulatory-document", "contains", "originalVersion");
        AknMeta.write(akn.xml, described, "");
        int head = head(tree);
        akn.preface(described, tree.children().subList(0, head));
        akn.xml.open("body");
        akn.children(tree.children().subList(head, tree.children().size()), "");
        akn.xml.close().close().close();
        return akn.xml.bytes();
    }

    public static byte[] article(Described described, Article article) {
        AkomaNtoso akn = new AkomaNtoso();
        akn.xml.open("akomaNtoso").open("portion", "includedIn", AknMeta.work(described));
        AknMeta.write(akn.xml, described, "!" + AknMeta.encoded(article.key()));
        akn.xml.open("portionBody");
        boolean numbered = article.number() != null;
        akn.xml.open(numbered ? "article" : "hcontainer", numbered
                ? List.of("eId", "art_" + article.key())
                : List.of("eId", "item_" + article.key(), "name", "item"));
        boolean printed = article.text().startsWith(article.label());
        if (printed) {
            akn.xml.leaf("num", article.label());
        }
        akn.lines(printed ? article.text().substring(article.label().length()).strip() : article.text());
        akn.xml.close().close().close().close();
        return akn.xml.bytes();
    }

    /** How many nodes stand above the body. */
    private static int head(Node tree) {
        int head = 0;
        while (head < tree.children().size() && switch (tree.children().get(head).kind()) {
            case COVER, ORGAN, TITLE, NUMBER, ADDRESSEES -> true;
            case DOCUMENT, INSTRUMENT, ATTACHMENT, CHAPTER, SECTION, ARTICLE, ITEM, SUBITEM, POINT, SUBPOINT, PARAGRAPH,
                    LIST_ENTRY, TABLE, ATTACHMENT_LIST, SIGNATURE, DATE, NOTE, CONTENTS ->
                false;
        }) {
            head++;
        }
        return head;
    }

    private void preface(Described described, List<Node> nodes) {
        if (nodes.isEmpty() && !described.digest()) {
            return;
        }
        xml.open("preface");
        if (described.digest()) {
            xml.leaf("p", Described.DIGEST, "class", "digest");
        }
        nodes.forEach(node -> xml.open("p", "class", node.kind().code()).wrapped(inline(node.kind()), node.line())
                .close());
        xml.close();
    }

    /** The inline element that says what a line of the head is; none: the line as it stands. */
    private static String inline(Kind kind) {
        return switch (kind) {
            case ORGAN -> "docAuthority";
            case TITLE -> "docTitle";
            case NUMBER -> "docNumber";
            case SIGNATURE -> "signature";
            case DATE, DOCUMENT, INSTRUMENT, ATTACHMENT, CHAPTER, SECTION, ARTICLE, ITEM, SUBITEM, POINT, SUBPOINT,
                    ADDRESSEES, PARAGRAPH, LIST_ENTRY, TABLE, ATTACHMENT_LIST, NOTE, COVER, CONTENTS ->
                "";
        };
    }

    private static String element(Kind kind) {
        return switch (kind) {
            case CHAPTER -> "chapter";
            case SECTION -> "section";
            case ARTICLE -> "article";
            case ITEM -> "paragraph";
            case SUBITEM -> "subparagraph";
            case POINT -> "point";
            case SUBPOINT -> "indent";
            case DOCUMENT, INSTRUMENT, ATTACHMENT, TITLE, ORGAN, NUMBER, ADDRESSEES, PARAGRAPH, LIST_ENTRY, TABLE,
                    ATTACHMENT_LIST, SIGNATURE, DATE, NOTE, COVER, CONTENTS ->
                "hcontainer";
        };
    }

    private void children(List<Node> nodes, String within) {
        AknIds ids = new AknIds(within);
        nodes.forEach(node -> node(node, ids));
    }

    private void node(Node node, AknIds ids) {
        String element = element(node.kind());
        String name = element.equals("hcontainer") ? node.kind().code() : element;
        String id = ids.next(name);
        xml.open(element, element.equals("hcontainer") ? List.of("eId", id, "name", name) : List.of("eId", id));
        String label = node.label();
        if (label != null) {
            xml.leaf("num", label);
        }
        boolean chapter = node.kind() == Kind.CHAPTER || node.kind() == Kind.SECTION;
        if (chapter && !node.text().isEmpty()) {
            xml.leaf("heading", node.text());
        }
        if (node.children().isEmpty()) {
            content(node, chapter);
        } else {
            intro(node, chapter);
            children(node.children(), id);
        }
        xml.close();
    }

    private void content(Node node, boolean headed) {
        xml.open("content");
        boolean text = !headed && !node.text().isEmpty();
        if (text || node.rows().isEmpty()) {
            xml.open("p").wrapped(inline(node.kind()), text ? node.text() : "").close();
        }
        table(node.rows());
        xml.close();
    }

    private void intro(Node node, boolean headed) {
        boolean text = !headed && !node.text().isEmpty();
        if (text || !node.rows().isEmpty()) {
            xml.open("intro");
            if (text) {
                xml.leaf("p", node.text());
            }
            table(node.rows());
            xml.close();
        }
    }

    private void lines(String text) {
        xml.open("content");
        List<List<String>> rows = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            if (line.contains("\t")) {
                rows.add(List.of(line.split("\t", -1)));
            } else {
                table(rows);
                rows.clear();
                xml.leaf("p", line);
            }
        }
        table(rows);
        xml.close();
    }

    private void table(List<List<String>> rows) {
        if (rows.isEmpty()) {
            return;
        }
        xml.open("table");
        for (List<String> row : rows) {
            xml.open("tr");
            row.forEach(cell -> xml.open("td").leaf("p", cell).close());
            xml.close();
        }
        xml.close();
    }
}
