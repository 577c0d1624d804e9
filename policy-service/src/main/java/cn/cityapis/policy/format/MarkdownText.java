package cn.cityapis.policy.format;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import cn.cityapis.policy.text.Article;
import cn.cityapis.policy.text.Kind;
import cn.cityapis.policy.text.Node;

/** A document as Markdown with tables, such that reading it back gives the same document. */
public final class MarkdownText {

    private static final Pattern SPECIAL = Pattern.compile("[\\\\`*_\\[\\]<>|~&]");
    /** What would begin a heading, a list or a quotation. A number keeps its full stop: a list counts as written. */
    private static final Pattern BLOCK = Pattern.compile("^([#+=-])");

    private final StringBuilder out = new StringBuilder();

    private MarkdownText() {
    }

    public static String document(Described described, Node tree) {
        MarkdownText text = begin(described);
        tree.walk(text::node);
        return text.out.toString();
    }

    public static String article(Described described, Article article) {
        MarkdownText text = begin(described);
        List<List<String>> rows = new ArrayList<>();
        for (String line : article.text().split("\n", -1)) {
            if (line.contains("\t")) {
                rows.add(List.of(line.split("\t", -1)));
            } else {
                text.table(rows);
                rows.clear();
                text.paragraph("", line);
            }
        }
        text.table(rows);
        return text.out.toString();
    }

    private static MarkdownText begin(Described described) {
        MarkdownText text = new MarkdownText();
        if (described.digest()) {
            text.out.append("> ").append(Described.DIGEST).append("\n\n");
        }
        return text;
    }

    private void node(Node node) {
        if (!node.line().isEmpty()) {
            paragraph(heading(node.kind()), node.line());
        }
        table(node.rows());
    }

    private static String heading(Kind kind) {
        return switch (kind) {
            case TITLE -> "# ";
            case CHAPTER, ATTACHMENT -> "## ";
            case SECTION -> "### ";
            case DOCUMENT, INSTRUMENT, ARTICLE, ITEM, SUBITEM, POINT, SUBPOINT, ORGAN, NUMBER, ADDRESSEES, PARAGRAPH,
                    LIST_ENTRY, TABLE, ATTACHMENT_LIST, SIGNATURE, DATE, NOTE, COVER, CONTENTS ->
                "";
        };
    }

    private void paragraph(String mark, String text) {
        if (!text.isBlank()) {
            out.append(mark).append(BLOCK.matcher(escaped(text.strip())).replaceAll("\\\\$1")).append("\n\n");
        }
    }

    private void table(List<List<String>> rows) {
        int columns = rows.stream().mapToInt(List::size).max().orElse(0);
        for (int i = 0; i < rows.size(); i++) {
            List<String> cells = new ArrayList<>(rows.get(i));
            while (cells.size() < columns) {
                cells.add("");
            }
            out.append(cells.stream().map(MarkdownText::escaped).collect(Collectors.joining(" | ", "| ", " |\n")));
            out.append(i == 0 ? "|---".repeat(columns) + "|\n" : "");
        }
        out.append(rows.isEmpty() ? "" : "\n");
    }

    private static String escaped(String text) {
        return SPECIAL.matcher(text).replaceAll("\\\\$0");
    }
}
