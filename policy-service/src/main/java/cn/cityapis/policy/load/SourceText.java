package cn.cityapis.policy.load;

import java.nio.ByteBuffer;
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

    private static final Charset GB18030 = Charset.forName("GB18030");
    /** Text holds no control characters but white space; PostgreSQL could not keep a NUL. */
    private static final Pattern BINARY = Pattern.compile("[\\x00-\\x08\\x0B\\x0E-\\x1F\\x7F]");

    /** Empty when the bytes are no text in either encoding. */
    static Optional<SourceText> read(byte[] bytes) {
        Optional<SourceText> utf8 = decode(bytes, StandardCharsets.UTF_8).map(text -> new SourceText(text, false));
        return utf8.or(() -> decode(bytes, GB18030).map(text -> new SourceText(text, true)))
                .filter(read -> !BINARY.matcher(read.text()).find());
    }

    private static Optional<String> decode(byte[] bytes, Charset charset) {
        try {
            return Optional.of(charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException other) {
            return Optional.empty();
        }
    }
}
