package cn.cityapis.policy.format;

import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** One paragraph of a Word document (w:p). */
final class WordParagraph {

    /** Reads what stands in a text box, up to its end. */
    interface TextBox {
        void read() throws XMLStreamException;
    }

    private final StringBuilder text = new StringBuilder();
    private String style = "";
    private int list = -1;
    private int level = -1;

    private WordParagraph() {
    }

    /** The text with its number; a text box that hangs on the paragraph comes before it. */
    static String read(XMLStreamReader in, WordNumbers numbers, TextBox box) throws XMLStreamException {
        WordParagraph paragraph = new WordParagraph();
        for (int depth = 1; depth > 0;) {
            int event = in.next();
            if (event == XMLStreamConstants.END_ELEMENT) {
                depth--;
            } else if (event == XMLStreamConstants.START_ELEMENT && !paragraph.element(in, box)) {
                depth++;
            }
        }
        return numbers.next(paragraph.style, paragraph.list, paragraph.level)
                + paragraph.text;
    }

    /** Whether the element was read to its end. */
    private boolean element(XMLStreamReader in, TextBox box) throws XMLStreamException {
        switch (in.getLocalName()) {
            case "t" -> text.append(in.getElementText());
            case "txbxContent" -> box.read();
            case "instrText", "delText", "del", "moveFrom", "Fallback", "rPr", "pPrChange" -> WordXml.skip(in);
            default -> {
                mark(in);
                return false;
            }
        }
        return true;
    }

    private void mark(XMLStreamReader in) {
        switch (in.getLocalName()) {
            case "pStyle" -> style = WordXml.attribute(in, "val");
            case "numId" -> list = WordXml.number(in, "val", -1);
            case "ilvl" -> level = WordXml.number(in, "val", -1);
            case "tab", "ptab" -> text.append(' ');
            case "cr" -> text.append(Lines.HARD_BREAK);
            case "br" -> text.append(WordXml.attribute(in, "type").matches("page|column") ? ' ' : Lines.HARD_BREAK);
            case "noBreakHyphen" -> text.append('-');
            case "sym" -> symbol(WordXml.attribute(in, "char"));
            default -> {
            }
        }
    }

    private void symbol(String hex) {
        if (hex.matches("[0-9A-Fa-f]{1,4}")) {
            text.append((char) Integer.parseInt(hex, 16));
        }
    }
}
