package cn.cityapis.policy.load;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Bytes read as text: UTF-8, else GB18030 (which holds GBK and GB2312).
 *
 * @param guessed whether the text was no UTF-8
 */
record SourceText(String text, boolean guessed) {

    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final Charset GB18030 = Charset.forName("GB18030");
    /** Text holds no control characters but white space; PostgreSQL could not keep a NUL. */
    private static final Pattern BINARY = Pattern.compile("[\\x00-\\x08\\x0B\\x0E-\\x1F\\x7F]");

    /** Empty when the bytes are no text in either encoding. */
    static Optional<SourceText> read(byte[] bytes) {
        Optional<SourceText> utf8 = decode(bytes, StandardCharsets.UTF_8).map(text -> new SourceText(text, false));
        return utf8.or(() -> decode(bytes, GB18030).map(text -> new SourceText(text, true)))
                .filter(read -> !BINARY.matcher(read.text()).find());
    }

    /** What some bytes turn out to be. */
    enum Finding {
        TEXT, BLANK, NOT_TEXT
    }

    /** Whether the bytes can be read, without keeping the text. */
    static Finding check(Source source) {
        Finding utf8 = check(source, StandardCharsets.UTF_8);
        return utf8 == Finding.NOT_TEXT ? check(source, GB18030) : utf8;
    }

    private static Finding check(Source source, Charset charset) {
        char[] some = new char[8192];
        boolean blank = true;
        try (Reader reader = new InputStreamReader(source.stream(), charset.newDecoder())) {
            for (int read = reader.read(some); read >= 0; read = reader.read(some)) {
                CharBuffer piece = CharBuffer.wrap(some, 0, read);
                if (BINARY.matcher(piece).find()) {
                    return Finding.NOT_TEXT;
                }
                blank &= piece.chars().allMatch(c -> Character.isWhitespace(c) || c == BYTE_ORDER_MARK);
            }
            return blank ? Finding.BLANK : Finding.TEXT;
        } catch (CharacterCodingException other) {
            return Finding.NOT_TEXT;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static Optional<String> decode(byte[] bytes, Charset charset) {
        try {
            return Optional.of(charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException other) {
            return Optional.empty();
        }
    }
}
