package cn.cityapis.policy.format;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import cn.cityapis.policy.gazette.Line;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;

/**
 * HTML, all that stands in its body. Nothing is fetched and no entity but those of HTML is known, so that neither another
 * file nor an entity inside an entity can come in.
 */
final class HtmlReader {

    private static final Set<String> UNSEEN = Set.of("head", "script", "style", "template", "noscript", "iframe",
            "object", "svg");
    private static final Pattern BLANKS = Pattern.compile("[ \\t\\r\\n\\f]+");
    private static final Pattern NUMBERED = Pattern
            .compile("^\\s*(?:第|[（(]|[一二三四五六七八九十]{1,3}、|\\d{1,3}\\s*[.．、)）]).*", Pattern.DOTALL);
    private static final int DEEPEST = 400;

    private final Lines lines;
    private final StringBuilder inline = new StringBuilder();
    /** The number of the last entry of each list. */
    private final Map<Element, Integer> counted = new IdentityHashMap<>();

    private HtmlReader(Lines lines) {
        this.lines = lines;
    }

    static List<Line> read(String html) {
        Lines lines = new Lines();
        into(lines, html);
        return lines.list();
    }

    static void into(Lines lines, String html) {
        Parser parser = Parser.htmlParser().setMaxDepth(DEEPEST);
        HtmlReader reader = new HtmlReader(lines);
        reader.children(Jsoup.parse(html, "", parser).body());
        reader.flush();
    }

    private void children(Element element) {
        element.childNodes().forEach(this::node);
    }

    private void node(Node node) {
        if (node instanceof TextNode text) {
            inline.append(BLANKS.matcher(text.getWholeText()).replaceAll(" "));
        } else if (node instanceof Element element && !UNSEEN.contains(element.normalName())) {
            element(element);
        }
    }

    private void element(Element element) {
        switch (element.normalName()) {
            case "br" -> inline.append(Lines.HARD_BREAK);
            case "img" -> inline.append(element.attr("alt"));
            case "pre", "textarea" -> {
                flush();
                element.wholeText().lines().forEach(lines::paragraph);
            }
            case "table" -> {
                flush();
                table(element);
            }
            default -> flow(element);
        }
    }

    private void flow(Element element) {
        boolean block = element.isBlock();
        if (block) {
            flush();
        }
        if (element.nameIs("li")) {
            lines.label(number(element));
        }
        children(element);
        if (block) {
            flush();
        }
    }

    private void table(Element table) {
        lines.endTable();
        if (HtmlTable.arrangesThePage(table)) {
            children(table);
            flush();
        } else {
            table.children().stream().filter(child -> child.nameIs("caption"))
                    .forEach(caption -> lines.paragraph(HtmlTable.text(caption)));
            HtmlTable.rows(table).forEach(lines::row);
        }
        lines.endTable();
    }

    private void flush() {
        if (!inline.isEmpty()) {
            lines.paragraph(inline.toString());
            inline.setLength(0);
        }
    }

    /** The number that a browser shows before an entry, unless the author wrote one. */
    private String number(Element entry) {
        Element list = entry.parent();
        if (list == null || !list.nameIs("ol") || list.attr("style").matches("(?is).*list-style[^;]*none.*")) {
            return "";
        }
        int before = counted.getOrDefault(list, integer(list, "start", 1) - 1);
        int number = integer(entry, "value", before + 1);
        counted.put(list, number);
        return NUMBERED.matcher(entry.wholeText()).matches()
                ? ""
                : Counting.write(style(list.attr("type")), number) + ". ";
    }

    private static String style(String type) {
        return switch (type) {
            case "a" -> "lowerLetter";
            case "A" -> "upperLetter";
            case "i" -> "lowerRoman";
            case "I" -> "upperRoman";
            default -> "decimal";
        };
    }

    private static int integer(Element element, String attribute, int otherwise) {
        String value = element.attr(attribute).strip();
        return value.matches("\\d{1,6}") ? Integer.parseInt(value) : otherwise;
    }
}
