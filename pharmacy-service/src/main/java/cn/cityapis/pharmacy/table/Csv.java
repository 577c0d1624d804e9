package cn.cityapis.pharmacy.table;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** CSV as RFC 4180 has it; UTF-8, or GB18030 as Chinese spreadsheets save it. */
public final class Csv {

    static final int MOST_COLUMNS = 60;
    static final int MOST_CHARACTERS = 2_000;

    private final String text;
    private final List<Row> rows = new ArrayList<>();
    private final int mostRows;
    private int at;
    private int line = 1;

    private Csv(String text, int mostRows) {
        this.text = text;
        this.mostRows = mostRows;
    }

    /**
     * The rows of a file, blank lines left out.
     *
     * @throws TableException for a file that is no text, has too many rows or columns, or an endless quotation
     */
    public static List<Row> read(byte[] bytes, int mostRows) {
        return new Csv(text(bytes), mostRows).rows();
    }

    /** The characters of a file without byte order mark. */
    public static String text(byte[] bytes) {
        String text;
        try {
            text = decode(bytes, StandardCharsets.UTF_8);
        } catch (CharacterCodingException notUtf8) {
            try {
                text = decode(bytes, Charset.forName("GB18030"));
            } catch (CharacterCodingException neither) {
                throw new TableException("文件编码应为 UTF-8 或 GB18030");
            }
        }
        if (text.indexOf('\0') >= 0) {
            throw new TableException("文件不是文本");
        }
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static String decode(byte[] bytes, Charset charset) throws CharacterCodingException {
        return charset.newDecoder().onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT).decode(ByteBuffer.wrap(bytes)).toString();
    }

    private List<Row> rows() {
        while (at < text.length()) {
            int begins = line;
            Row row = new Row(begins, cells());
            if (!row.isBlank()) {
                if (rows.size() == mostRows) {
                    throw new TableException("文件超过 " + mostRows + " 行，请分成几个文件");
                }
                rows.add(row);
            }
        }
        return List.copyOf(rows);
    }

    private List<String> cells() {
        List<String> cells = new ArrayList<>();
        while (true) {
            cells.add(at < text.length() && text.charAt(at) == '"' ? quoted() : plain());
            if (cells.size() > MOST_COLUMNS) {
                throw new TableException("第 " + line + " 行超过 " + MOST_COLUMNS + " 列");
            }
            if (at >= text.length() || text.charAt(at) != ',') {
                endOfLine();
                return cells;
            }
            at++;
        }
    }

    private void endOfLine() {
        if (at < text.length() && text.charAt(at) == '\r') {
            at++;
        }
        if (at < text.length() && text.charAt(at) == '\n') {
            at++;
        }
        line++;
    }

    private String plain() {
        int from = at;
        while (at < text.length() && ",\r\n".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return bounded(text.substring(from, at));
    }

    private String quoted() {
        int begins = line;
        StringBuilder cell = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"') {
                if (at + 1 >= text.length() || text.charAt(at + 1) != '"') {
                    at++;
                    return bounded(cell + plain());
                }
                at++;
            } else if (c == '\n') {
                line++;
            }
            cell.append(c);
        }
        throw new TableException("第 " + begins + " 行的引号没有结束");
    }

    private String bounded(String cell) {
        if (cell.length() > MOST_CHARACTERS) {
            throw new TableException("第 " + line + " 行有一格超过 " + MOST_CHARACTERS + " 字");
        }
        return cell;
    }
}
