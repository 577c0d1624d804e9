package cn.cityapis.platform.pii;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.UUID;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.bouncycastle.crypto.engines.SM4Engine;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * Seals a field of a row with SM4-GCM. The sealed value is bound to its table, column and row: moved elsewhere it does
 * not open. Layout: length of key id, key id, nonce (12 bytes), ciphertext with tag (16 bytes).
 */
public final class FieldCipher {

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final PiiKeys keys;
    private final SecureRandom random;

    public FieldCipher(PiiKeys keys, SecureRandom random) {
        this.keys = keys;
        this.random = random;
    }

    public byte[] encrypt(String table, String column, UUID row, String clear) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] id = keys.active().getBytes(StandardCharsets.UTF_8);
        byte[] text = clear.getBytes(StandardCharsets.UTF_8);
        try {
            byte[] sealed = crypt(true, keys.active(), nonce, associated(table, column, row, keys.active()), text);
            return ByteBuffer.allocate(1 + id.length + NONCE_BYTES + sealed.length)
                    .put((byte) id.length).put(id).put(nonce).put(sealed).array();
        } catch (InvalidCipherTextException e) {
            throw new IllegalStateException("Sealing cannot fail", e);
        }
    }

    /** @throws IllegalStateException if the value was sealed for another place, was changed, or its key is not here */
    public String decrypt(String table, String column, UUID row, byte[] sealed) {
        if (!isSealed(sealed) || sealed.length < 1 + sealed[0] + NONCE_BYTES) {
            throw new IllegalStateException("No sealed value in " + table + "." + column);
        }
        ByteBuffer buffer = ByteBuffer.wrap(sealed);
        byte[] id = new byte[buffer.get()];
        buffer.get(id);
        byte[] nonce = new byte[NONCE_BYTES];
        buffer.get(nonce);
        byte[] text = new byte[buffer.remaining()];
        buffer.get(text);
        String keyId = new String(id, StandardCharsets.UTF_8);
        try {
            return new String(crypt(false, keyId, nonce, associated(table, column, row, keyId), text),
                    StandardCharsets.UTF_8);
        } catch (InvalidCipherTextException e) {
            throw new IllegalStateException("Sealed value does not belong to " + table + "." + column, e);
        }
    }

    /** Whether a value begins as sealed ones do: with the length of a key's id, which no text of JSON begins with. */
    public static boolean isSealed(byte[] value) {
        return value.length > 0 && value[0] > 0 && value[0] <= PiiKeys.LONGEST_ID;
    }

    /** The same value, sealed with the key that is active now. */
    byte[] anew(String table, String column, UUID row, byte[] sealed) {
        return encrypt(table, column, row, decrypt(table, column, row, sealed));
    }

    /** What each value begins with that the active key has sealed. */
    byte[] mark() {
        byte[] id = keys.active().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(1 + id.length).put((byte) id.length).put(id).array();
    }

    /** Whether the active key has sealed it. */
    public boolean current(byte[] sealed) {
        byte[] mark = mark();
        return sealed.length > mark.length && Arrays.equals(sealed, 0, mark.length, mark, 0, mark.length);
    }

    /** Whether there are keys that only read what they once sealed. */
    boolean hasOldKeys() {
        return keys.ciphers().size() > 1;
    }

    /** The id of the key that seals. */
    String activeKey() {
        return keys.active();
    }

    /**
     * A keyed digest to look a value up by: HMAC-SM3 under a key of the column's own. An unkeyed digest of an ID number
     * could be reversed by trying all of them.
     */
    public byte[] blindIndex(String column, String value) {
        return hmac(hmac(keys.index(), column), value);
    }

    private byte[] crypt(boolean seal, String keyId, byte[] nonce, byte[] associated, byte[] input)
            throws InvalidCipherTextException {
        byte[] key = keys.ciphers().get(keyId);
        if (key == null) {
            throw new IllegalStateException("No key " + keyId);
        }
        var cipher = GCMBlockCipher.newInstance(new SM4Engine());
        cipher.init(seal, new AEADParameters(new KeyParameter(key), TAG_BITS, nonce, associated));
        byte[] output = new byte[cipher.getOutputSize(input.length)];
        int length = cipher.processBytes(input, 0, input.length, output, 0);
        cipher.doFinal(output, length);
        return output;
    }

    private static byte[] associated(String table, String column, UUID row, String keyId) {
        return String.join("\n", table, column, row.toString(), keyId).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] hmac(byte[] key, String text) {
        HMac hmac = new HMac(new SM3Digest());
        hmac.init(new KeyParameter(key));
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        hmac.update(bytes, 0, bytes.length);
        byte[] output = new byte[hmac.getMacSize()];
        hmac.doFinal(output, 0);
        return output;
    }
}
