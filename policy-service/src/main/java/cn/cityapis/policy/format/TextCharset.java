package cn.cityapis.policy.format;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Bytes as text: by their byte order mark, by what an HTML page declares, as UTF-8, else as GB18030 (which holds GBK). */
final class TextCharset {

    private static final Charset GB18030 = Charset.forName("GB18030");
    private static final Pattern DECLARED = Pattern
            .compile("(?i)<(?:meta|\\?xml)[^>]{0,200}?(?:charset|encoding)\\s*=\\s*[\"']?\\s*([\\w-]{2,40})");
    private static final int DECLARED_WITHIN = 4096;

    /** @param guessed whether the text was no UTF-8 and nothing said what else */
    record Decoded(String text, boolean guessed) {
    }

    private TextCharset() {
    }

    static Decoded decode(byte[] bytes) {
        return marked(bytes).or(() -> decode(bytes, StandardCharsets.UTF_8).map(text -> new Decoded(text, false)))
                .or(() -> decode(bytes, GB18030).map(text -> new Decoded(text, true)))
                .filter(read -> !binary(read.text()))
                .orElseThrow(() -> new Unreadable(Unreadable.Reason.UNKNOWN,
                        "请提交 UTF-8 或 GB18030 编码的纯文本、Markdown、HTML，或 DOCX、PDF 文件"));
    }

    static Decoded decodeHtml(byte[] bytes) {
        String head = new String(bytes, 0, Math.min(bytes.length, DECLARED_WITHIN), StandardCharsets.ISO_8859_1);
        Matcher declared = DECLARED.matcher(head);
        return marked(bytes)
                .or(() -> declared.find()
                        ? charset(declared.group(1)).flatMap(set -> decode(bytes, set))
                                .map(text -> new Decoded(text, false))
                        : Optional.empty())
                .filter(read -> !binary(read.text()))
                .orElseGet(() -> decode(bytes));
    }

    /** Text holds no control characters but white space; PostgreSQL could not keep a NUL. */
    private static boolean binary(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' && c != '\t' && c != '\n' && c != '\f' && c != '\r' || c == 0x7F) {
                return true;
            }
        }
        return false;
    }

    private static Optional<Decoded> marked(byte[] bytes) {
        int first = bytes.length < 2 ? 0 : (bytes[0] & 0xFF) << 8 | bytes[1] & 0xFF;
        return first == 0xFEFF || first == 0xFFFE
                ? decode(bytes, StandardCharsets.UTF_16).map(text -> new Decoded(text, false))
                : Optional.empty();
    }

    private static Optional<Charset> charset(String name) {
        // what calls itself GB2312 or GBK often holds characters of GB18030 only
        return name.matches("(?i)gb.*")
                ? Optional.of(GB18030)
                : Charset.isSupported(name) ? Optional.of(Charset.forName(name)) : Optional.empty();
    }

    private static Optional<String> decode(byte[] bytes, Charset charset) {
        try {
            return Optional.of(charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException other) {
            return Optional.empty();
        }
    }
}
