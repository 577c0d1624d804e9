package cn.cityapis.policy.search;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;

import com.ibm.icu.text.Transliterator;

/**
 * One spelling of each character for query and index: simplified, half width, lower case, no control characters. One
 * character becomes one character, so that places found in the plain text are places in the original.
 */
final class Characters {

    private static final int WIDTH = 'Ａ' - 'A';
    private static final char[] PLAIN = table();

    private Characters() {
    }

    static char plain(char c) {
        return PLAIN[c];
    }

    static String plain(String text) {
        char[] chars = text.toCharArray();
        for (int i = 0; i < chars.length; i++) {
            chars[i] = PLAIN[chars[i]];
        }
        return new String(chars);
    }

    static boolean han(int codePoint) {
        return Character.UnicodeScript.of(codePoint) == Character.UnicodeScript.HAN;
    }

    static boolean latin(int codePoint) {
        return codePoint >= 'a' && codePoint <= 'z';
    }

    private static char[] table() {
        CharsetEncoder simplified = Charset.forName("GB2312").newEncoder();
        Transliterator transliterator = Transliterator.getInstance("Traditional-Simplified");
        char[] table = new char[Character.MAX_VALUE + 1];
        for (int c = 0; c < table.length; c++) {
            table[c] = Character.isISOControl(c) || c == 0xFEFF ? ' ' : width((char) c);
            // characters of the simplified standard stay: 乾, 著 and others are both
            if (c >= 0x3400 && c <= 0x9FFF && !simplified.canEncode((char) c)) {
                String other = transliterator.transliterate(String.valueOf((char) c));
                table[c] = other.length() == 1 ? other.charAt(0) : (char) c;
            }
        }
        return table;
    }

    private static char width(char c) {
        char half = c >= '！' && c <= '～' ? (char) (c - WIDTH) : c == '　' ? ' ' : c;
        return Character.toLowerCase(half);
    }

    /** The same for what the analysers read. */
    static Reader plain(Reader reader) {
        return new FilterReader(reader) {
            @Override
            public int read() throws IOException {
                int c = super.read();
                return c < 0 ? c : PLAIN[c];
            }

            @Override
            public int read(char[] into, int offset, int length) throws IOException {
                int read = super.read(into, offset, length);
                for (int i = offset; i < offset + read; i++) {
                    into[i] = PLAIN[into[i]];
                }
                return read;
            }
        };
    }
}
