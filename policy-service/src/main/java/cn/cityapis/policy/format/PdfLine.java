package cn.cityapis.policy.format;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One line on a page.
 *
 * @param pieces parted by more than a character's width: the cells of a row, or words spaced out
 */
record PdfLine(List<Word> pieces) {

    /** A gap from this width on, in characters, parts two cells. */
    private static final double WIDE = 1.2;

    /** Characters that stand together, in points from the top left corner. */
    record Word(String text, double left, double right, double top, double size) {

        boolean over(Word other) {
            return left < other.right && other.left < right;
        }
    }

    static PdfLine of(List<Word> words) {
        List<Word> pieces = new ArrayList<>();
        for (Word word : words) {
            Word before = pieces.isEmpty() ? null : pieces.getLast();
            if (before == null || word.left() - before.right() > WIDE * word.size()) {
                pieces.add(word);
            } else {
                pieces.set(pieces.size() - 1, new Word(before.text() + " " + word.text(), before.left(),
                        Math.max(before.right(), word.right()), before.top(), before.size()));
            }
        }
        return new PdfLine(pieces.stream().filter(piece -> !piece.text().isBlank()).toList());
    }

    String text() {
        return pieces.stream().map(Word::text).collect(Collectors.joining(" "));
    }

    double left() {
        return pieces.getFirst().left();
    }

    double right() {
        return pieces.getLast().right();
    }

    double top() {
        return pieces.getFirst().top();
    }

    double size() {
        return pieces.getFirst().size();
    }

    /** How many pieces stand above or below one of another line. */
    int aligned(PdfLine other) {
        return (int) pieces.stream().filter(piece -> other.pieces.stream().anyMatch(piece::over)).count();
    }
}
