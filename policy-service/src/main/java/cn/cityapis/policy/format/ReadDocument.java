package cn.cityapis.policy.format;

import java.util.ArrayList;
import java.util.List;

import cn.cityapis.policy.gazette.Line;
import cn.cityapis.policy.gazette.Warning;

/**
 * A document as lines for {@link cn.cityapis.policy.gazette.GazetteParser}: tables as rows of cells parted by tabs, headings
 * and list entries with their numbers, paragraphs as the format marks them.
 *
 * @param warnings what was odd in the file itself
 */
public record ReadDocument(List<Line> lines, List<Warning> warnings) {

    public ReadDocument {
        lines = List.copyOf(lines);
        warnings = List.copyOf(warnings);
    }

    /**
     * Reads plain text, Markdown, HTML, DOCX or PDF. Takes as long as the document wants and its stack: run it on a thread of
     * its own, with a limit.
     *
     * @param name of the file, which tells the format where the content does not
     * @throws Unreadable with the reason
     */
    public static ReadDocument of(byte[] content, String name) {
        if (content.length == 0) {
            throw new Unreadable(Unreadable.Reason.EMPTY, "文件为空");
        }
        ReadDocument read = switch (Format.of(content, name)) {
            case TEXT -> plain(content);
            case MARKDOWN -> decoded(TextCharset.decode(content), Format.MARKDOWN);
            case HTML -> decoded(TextCharset.decodeHtml(content), Format.HTML);
            case DOCX -> new ReadDocument(DocxReader.read(content), List.of());
            case PDF -> PdfReader.read(content);
        };
        if (read.lines().isEmpty()) {
            throw new Unreadable(Unreadable.Reason.EMPTY, "文件中没有文字");
        }
        return read;
    }

    /** Whether what begins so is read as lines of text and as nothing else. */
    public static boolean plainText(byte[] start, String name) {
        try {
            return Format.of(start, name) == Format.TEXT;
        } catch (Unreadable other) {
            return false;
        }
    }

    private static ReadDocument plain(byte[] content) {
        TextCharset.Decoded decoded = TextCharset.decode(content);
        return new ReadDocument(Line.read(decoded.text()), guessed(decoded));
    }

    private static ReadDocument decoded(TextCharset.Decoded decoded, Format format) {
        List<Line> lines = format == Format.HTML
                ? HtmlReader.read(decoded.text())
                : MarkdownReader.read(decoded.text());
        return new ReadDocument(lines, guessed(decoded));
    }

    private static List<Warning> guessed(TextCharset.Decoded decoded) {
        List<Warning> warnings = new ArrayList<>();
        if (decoded.guessed()) {
            warnings.add(new Warning("decoded-as-gb18030", 0, "内容不是 UTF-8，已按 GB18030 读取。"));
        }
        return warnings;
    }
}
