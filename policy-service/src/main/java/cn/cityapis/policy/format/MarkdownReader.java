package cn.cityapis.policy.format;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import cn.cityapis.policy.gazette.Line;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.CustomBlock;
import org.commonmark.node.CustomNode;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/** Markdown (CommonMark with tables). A number of a list counts as it is written, not as a browser would count. */
final class MarkdownReader extends AbstractVisitor {

    private static final Pattern NUMBER = Pattern.compile("^\\s*(\\d{1,9}[.)])");
    private static final Pattern CELL_END = Pattern.compile("(?<!\\\\)\\|");
    private static final int DEEPEST = 100;

    private final Lines lines = new Lines();
    private final List<String> source;

    private MarkdownReader(String text) {
        this.source = text.lines().toList();
    }

    static List<Line> read(String text) {
        MarkdownReader reader = new MarkdownReader(text);
        Parser.builder().extensions(List.of(TablesExtension.create())).includeSourceSpans(IncludeSourceSpans.BLOCKS)
                .maxOpenBlockParsers(DEEPEST).build().parse(text).accept(reader);
        return reader.lines.list();
    }

    @Override
    public void visit(Heading heading) {
        lines.paragraph(InlineText.of(heading));
    }

    @Override
    public void visit(Paragraph paragraph) {
        lines.paragraph(InlineText.of(paragraph));
    }

    @Override
    public void visit(ListItem item) {
        if (item.getParent() instanceof OrderedList && !item.getSourceSpans().isEmpty()) {
            var start = item.getSourceSpans().getFirst();
            String line = source.get(start.getLineIndex());
            Matcher number = NUMBER.matcher(line.substring(Math.min(start.getColumnIndex(), line.length())));
            if (number.find()) {
                lines.label(number.group(1) + " ");
            }
        }
        visitChildren(item);
    }

    @Override
    public void visit(FencedCodeBlock code) {
        code.getLiteral().lines().forEach(lines::paragraph);
    }

    @Override
    public void visit(IndentedCodeBlock code) {
        code.getLiteral().lines().forEach(lines::paragraph);
    }

    @Override
    public void visit(HtmlBlock html) {
        HtmlReader.into(lines, html.getLiteral());
    }

    @Override
    public void visit(CustomBlock block) {
        if (block instanceof TableBlock) {
            lines.endTable();
        }
        visitChildren(block);
    }

    @Override
    public void visit(CustomNode node) {
        if (node instanceof TableRow row) {
            lines.row(cells(row));
        } else {
            visitChildren(node);
        }
    }

    private List<String> cells(TableRow row) {
        List<String> cells = new ArrayList<>();
        for (Node cell = row.getFirstChild(); cell != null; cell = cell.getNext()) {
            if (cell instanceof TableCell) {
                cells.add(InlineText.of(cell));
            }
        }
        cells.addAll(beyondHead(row, cells.size()));
        return cells;
    }

    /** A row may have more cells than the head; Markdown shows none of them, but they are text. */
    private List<String> beyondHead(TableRow row, int shown) {
        if (row.getSourceSpans().isEmpty()) {
            return List.of();
        }
        String line = source.get(row.getSourceSpans().getFirst().getLineIndex()).strip()
                .replaceFirst("^(?:>\\s*)*\\|", "");
        List<String> written = List.of(CELL_END.split(line));
        return written.size() <= shown ? List.of() : written.subList(shown, written.size());
    }
}
