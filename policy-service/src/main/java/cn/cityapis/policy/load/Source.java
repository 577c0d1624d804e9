package cn.cityapis.policy.load;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import cn.cityapis.policy.text.SourceKind;

/** A text handed in to be loaded. */
record Source(String name, SourceKind kind, byte[] content) {

    byte[] hash() {
        return sha256(content);
    }

    String hexHash() {
        return HexFormat.of().formatHex(hash());
    }

    static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
