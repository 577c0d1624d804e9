package cn.cityapis.policy.format;

import java.util.ArrayList;
import java.util.List;

/** A page of two columns is read down the left one, then down the right one; a line across both parts what is above. */
final class PdfColumns {

    private static final int LEAST_LINES = 6;
    private static final double LEAST_WIDTH = 8;

    private PdfColumns() {
    }

    /** One list of lines, or several that stand beside and below each other, in reading order. */
    static List<List<PdfLine>> inReadingOrder(List<PdfLine> page) {
        double gutter = gutter(page);
        if (Double.isNaN(gutter)) {
            return List.of(page);
        }
        List<List<PdfLine>> ordered = new ArrayList<>();
        List<PdfLine> left = new ArrayList<>();
        List<PdfLine> right = new ArrayList<>();
        for (PdfLine line : page) {
            List<PdfLine.Word> before = line.pieces().stream().filter(piece -> piece.right() <= gutter).toList();
            List<PdfLine.Word> behind = line.pieces().stream().filter(piece -> piece.left() >= gutter).toList();
            if (before.size() + behind.size() < line.pieces().size()) {
                ordered.addAll(List.of(List.copyOf(left), List.copyOf(right), List.of(line)));
                left.clear();
                right.clear();
            } else {
                add(left, before);
                add(right, behind);
            }
        }
        ordered.addAll(List.of(left, right));
        return ordered;
    }

    private static void add(List<PdfLine> column, List<PdfLine.Word> pieces) {
        if (!pieces.isEmpty()) {
            column.add(new PdfLine(pieces));
        }
    }

    /** Where enough lines of two wide pieces all have their gap; not a number where the page has one column. */
    private static double gutter(List<PdfLine> page) {
        double from = Double.NEGATIVE_INFINITY;
        double to = Double.POSITIVE_INFINITY;
        int found = 0;
        for (PdfLine line : page) {
            if (line.pieces().size() == 2 && line.pieces().stream()
                    .allMatch(piece -> piece.right() - piece.left() > LEAST_WIDTH * piece.size())) {
                from = Math.max(from, line.pieces().get(0).right());
                to = Math.min(to, line.pieces().get(1).left());
                found++;
            }
        }
        return found >= LEAST_LINES && found * 2 >= page.size() && from < to ? (from + to) / 2 : Double.NaN;
    }
}
