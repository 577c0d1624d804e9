package cn.cityapis.policy.format;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

import cn.cityapis.policy.gazette.Line;
import org.jspecify.annotations.Nullable;

/**
 * The text of a Word document, read as a stream: paragraphs with the numbers that Word counts, tables, text boxes, foot and
 * end notes at the end. What was struck out in a revision, headers and footers are left out.
 */
final class DocxReader {

    private final WordNumbers numbers;

    private DocxReader(WordNumbers numbers) {
        this.numbers = numbers;
    }

    static List<Line> read(byte[] content) {
        return DocxPackage.read(content, DocxReader::read);
    }

    private static List<Line> read(DocxPackage opened) {
        DocxReader reader = new DocxReader(WordNumbers.read(opened.part("numbering"), opened.part("styles")));
        Lines lines = new Lines();
        reader.part(opened.body(), lines);
        for (String notes : List.of("footnotes", "endnotes")) {
            reader.part(opened.part(notes), lines);
        }
        return lines.list();
    }

    private void part(@Nullable InputStream part, Sink out) {
        WordXml.each(part, in -> blocks(in, out));
    }

    /** Paragraphs and tables up to the end of the element the reader stands on. */
    private void blocks(XMLStreamReader in, Sink out) throws XMLStreamException {
        for (int depth = 1; depth > 0;) {
            int event = in.next();
            if (event == XMLStreamConstants.END_ELEMENT) {
                depth--;
            } else if (event == XMLStreamConstants.START_ELEMENT) {
                switch (in.getLocalName()) {
                    case "p" -> out.paragraph(WordParagraph.read(in, numbers, () -> blocks(in, out)));
                    case "tr" -> row(in, out);
                    case "sectPr", "Fallback", "del", "moveFrom", "tblPr", "tblGrid", "sdtPr" -> WordXml.skip(in);
                    case "tbl" -> {
                        out.endTable();
                        blocks(in, out);
                        out.endTable();
                    }
                    default -> depth++;
                }
            }
        }
    }

    private void row(XMLStreamReader in, Sink out) throws XMLStreamException {
        List<Cell> cells = new ArrayList<>();
        for (int depth = 1; depth > 0;) {
            int event = in.next();
            if (event == XMLStreamConstants.END_ELEMENT) {
                depth--;
            } else if (event == XMLStreamConstants.START_ELEMENT) {
                switch (in.getLocalName()) {
                    case "tc" -> cells.add(cell(in));
                    case "trPr", "tblPrEx", "Fallback" -> WordXml.skip(in);
                    default -> depth++;
                }
            }
        }
        if (cells.size() == 1) {
            cells.getFirst().paragraphs.forEach(out::paragraph);
        } else {
            out.row(cells.stream().flatMap(cell -> cell.texts().stream()).toList());
        }
    }

    private Cell cell(XMLStreamReader in) throws XMLStreamException {
        Cell cell = new Cell();
        for (int depth = 1; depth > 0;) {
            int event = in.next();
            if (event == XMLStreamConstants.END_ELEMENT) {
                depth--;
            } else if (event == XMLStreamConstants.START_ELEMENT) {
                switch (in.getLocalName()) {
                    case "gridSpan" -> {
                        cell.width = Math.clamp(WordXml.number(in, "val", 1), 1, 100);
                        WordXml.skip(in);
                    }
                    case "p" -> cell.paragraph(WordParagraph.read(in, numbers, () -> blocks(in, cell)));
                    case "tbl" -> blocks(in, cell);
                    case "Fallback", "del", "moveFrom", "sdtPr" -> WordXml.skip(in);
                    default -> depth++;
                }
            }
        }
        return cell;
    }

    /** A cell, and for each further column it reaches over an empty one. */
    private static final class Cell implements Sink {

        private final List<String> paragraphs = new ArrayList<>();
        private int width = 1;

        @Override
        public void paragraph(String text) {
            paragraphs.add(text);
        }

        @Override
        public void row(List<String> cells) {
            paragraphs.add(String.join(" ", cells));
        }

        List<String> texts() {
            List<String> texts = new ArrayList<>(List.of(String.join(" ", paragraphs)));
            while (texts.size() < width) {
                texts.add("");
            }
            return texts;
        }
    }
}
