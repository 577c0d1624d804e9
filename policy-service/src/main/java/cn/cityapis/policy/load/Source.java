package cn.cityapis.policy.load;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;

import cn.cityapis.policy.text.SourceKind;

/**
 * A text handed in to be loaded, in parts as it is stored, so that fifty megabytes are held once and not joined before a
 * worker reads them.
 *
 * @param parts of {@link #PART} bytes, but for the last
 */
record Source(String name, SourceKind kind, List<byte[]> parts) {

    static final int PART = 1 << 20;
    static final int LARGEST = 50 * PART;
    private static final int LONGEST_NAME = 200;

    Source {
        name = name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
        parts = List.copyOf(parts);
    }

    Source(String name, SourceKind kind, byte[] content) {
        this(name, kind, cut(content));
    }

    /** @throws TooLarge where more than {@link #LARGEST} bytes come */
    static Source read(String name, SourceKind kind, InputStream in) throws IOException {
        List<byte[]> parts = new ArrayList<>();
        for (byte[] part = in.readNBytes(PART); part.length > 0; part = in.readNBytes(PART)) {
            parts.add(part);
            if (parts.size() > LARGEST / PART) {
                throw new TooLarge();
            }
        }
        return new Source(name, kind, parts);
    }

    /** More than can be loaded at once. */
    static final class TooLarge extends IOException {
        private static final long serialVersionUID = 1;

        TooLarge() {
            super("larger than " + LARGEST + " bytes");
        }
    }

    private static List<byte[]> cut(byte[] content) {
        List<byte[]> parts = new ArrayList<>();
        for (int from = 0; from < content.length; from += PART) {
            parts.add(Arrays.copyOfRange(content, from, Math.min(content.length, from + PART)));
        }
        return parts;
    }

    InputStream stream() {
        return new SequenceInputStream(
                Collections.enumeration(
                        parts.stream().map(part -> (InputStream) new ByteArrayInputStream(part)).toList()));
    }

    byte[] joined() {
        ByteBuffer whole = ByteBuffer.allocate(parts.stream().mapToInt(part -> part.length).sum());
        parts.forEach(whole::put);
        return whole.array();
    }

    byte[] hash() {
        MessageDigest digest = digest();
        parts.forEach(digest::update);
        return digest.digest();
    }

    String hexHash() {
        return HexFormat.of().formatHex(hash());
    }

    static byte[] sha256(byte[] content) {
        return digest().digest(content);
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
