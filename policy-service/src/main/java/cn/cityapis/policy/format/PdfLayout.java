package cn.cityapis.policy.format;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

import cn.cityapis.policy.gazette.Line;
import org.jspecify.annotations.Nullable;

/**
 * From lines on pages to paragraphs and tables: a line that reaches the right margin goes on in the next unless that is
 * indented; lines of three and more pieces that stand below each other are a table.
 */
final class PdfLayout {

    private static final Pattern PAGE_NUMBER = Pattern.compile("[-—–－·\\s]*\\d{1,4}[-—–－·\\s]*");
    /** Chinese lines end up to so many characters short, lest a comma begin the next. */
    private static final double RAGGED = 2.2;
    private static final double INDENT = 0.8;
    private static final double SPACING = 2.6;
    private static final int LEAST_COLUMNS = 3;

    /** Two lines begin, or end, at the same place if no more than so many points lie between. */
    private static final double SAME = 6;

    private record Margins(double left, double right) {

        static Margins of(List<PdfLine> lines) {
            return new Margins(outermost(lines.stream().map(PdfLine::left).sorted().toList()),
                    -outermost(lines.stream().map(line -> -line.right()).sorted().toList()));
        }

        /** The outermost position that more than a stray line keeps to. */
        private static double outermost(List<Double> sorted) {
            for (int i = 0; i + 1 < sorted.size(); i++) {
                if (sorted.get(i + 1) - sorted.get(i) < SAME) {
                    return sorted.get(i);
                }
            }
            return sorted.isEmpty() ? 0 : sorted.getFirst();
        }
    }

    /** A line between the margins of its column. */
    private record Placed(PdfLine line, Margins margins) {

        boolean full() {
            return line.right() > margins.right() - RAGGED * line.size();
        }

        boolean indented() {
            return line.left() > margins.left() + INDENT * line.size();
        }
    }

    private final Lines out = new Lines();
    private final StringBuilder paragraph = new StringBuilder();

    private PdfLayout() {
    }

    /** The number of a page is layout, no text. */
    static List<PdfLine> withoutPageNumber(List<PdfLine> page) {
        List<PdfLine> kept = new ArrayList<>(page);
        if (!kept.isEmpty() && PAGE_NUMBER.matcher(kept.getLast().text()).matches()) {
            kept.removeLast();
        }
        if (!kept.isEmpty() && PAGE_NUMBER.matcher(kept.getFirst().text()).matches()) {
            kept.removeFirst();
        }
        return kept;
    }

    static List<Line> lines(List<List<PdfLine>> pages) {
        PdfLayout layout = new PdfLayout();
        List<Placed> all = placed(pages.stream().map(PdfColumns::inReadingOrder).toList());
        List<PdfLine> lines = all.stream().map(Placed::line).toList();
        for (int i = 0; i < all.size();) {
            int rows = rows(lines, i);
            if (rows > 1) {
                layout.table(lines.subList(i, i + rows));
                i += rows;
            } else {
                boolean last = i + 1 == all.size() || rows(lines, i + 1) > 1;
                layout.print(all.get(i), last ? null : all.get(i + 1));
                i++;
            }
        }
        return layout.out.list();
    }

    /** Pages of one column share their margins: the last page alone may have too few lines to show them. */
    private static List<Placed> placed(List<List<List<PdfLine>>> pages) {
        List<PdfLine> single = pages.stream().filter(page -> page.size() == 1).map(List::getFirst)
                .flatMap(List::stream).toList();
        Margins shared = Margins.of(single);
        List<Placed> placed = new ArrayList<>();
        for (List<List<PdfLine>> page : pages) {
            for (List<PdfLine> column : page) {
                Margins margins = page.size() == 1 ? shared : Margins.of(column);
                column.forEach(line -> placed.add(new Placed(line, margins)));
            }
        }
        return placed;
    }

    private void print(Placed line, @Nullable Placed next) {
        paragraph.append(paragraph.isEmpty() ? "" : " ").append(line.line().text());
        if (next == null || !line.full() || next.indented() || !near(line.line(), next.line())) {
            out.print(paragraph.toString());
            paragraph.setLength(0);
        }
    }

    /** On the next line, or at the top of the next page or column. */
    private static boolean near(PdfLine line, PdfLine next) {
        return next.top() <= line.top() || next.top() - line.top() < SPACING * line.size();
    }

    /** How many lines from here on are rows of one table; 1 or less: none. */
    private static int rows(List<PdfLine> lines, int from) {
        int end = from;
        int widest = 0;
        while (end < lines.size() && lines.get(end).pieces().size() > 1
                && (end == from || lines.get(end).aligned(lines.get(end - 1)) > 1)) {
            widest = Math.max(widest, lines.get(end).pieces().size());
            end++;
        }
        return widest >= LEAST_COLUMNS ? end - from : 0;
    }

    private void table(List<PdfLine> rows) {
        List<PdfLine.Word> columns = columns(rows);
        out.endTable();
        for (PdfLine row : rows) {
            List<String> cells = new ArrayList<>();
            for (PdfLine.Word column : columns) {
                StringBuilder cell = new StringBuilder();
                row.pieces().stream().filter(piece -> first(columns, piece) == column)
                        .forEach(piece -> cell.append(cell.isEmpty() ? "" : " ").append(piece.text()));
                cells.add(cell.toString());
            }
            out.row(cells);
        }
        out.endTable();
    }

    private static PdfLine.Word first(List<PdfLine.Word> columns, PdfLine.Word piece) {
        return columns.stream().filter(piece::over).findFirst().orElse(columns.getLast());
    }

    /** What the pieces of all rows take up together, from left to right. */
    private static List<PdfLine.Word> columns(List<PdfLine> rows) {
        List<PdfLine.Word> columns = new ArrayList<>();
        rows.stream().map(PdfLine::pieces).flatMap(List::stream).sorted(Comparator.comparing(PdfLine.Word::left))
                .forEach(piece -> {
                    PdfLine.Word last = columns.isEmpty() ? null : columns.getLast();
                    if (last == null || !last.over(piece)) {
                        columns.add(piece);
                    } else {
                        columns.set(columns.size() - 1, new PdfLine.Word("", last.left(),
                                Math.max(last.right(), piece.right()), last.top(), last.size()));
                    }
                });
        return columns;
    }
}
