package cn.cityapis.identity.keys;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES-256-GCM with a random nonce in front; the key id is bound in, so that sealed keys cannot be swapped. */
final class KeySeal {

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec key;
    private final SecureRandom random = new SecureRandom();

    KeySeal(String hexSecret) {
        key = new SecretKeySpec(HexFormat.of().parseHex(hexSecret), "AES");
    }

    byte[] seal(String kid, String clear) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] body = run(Cipher.ENCRYPT_MODE, kid, nonce, clear.getBytes(StandardCharsets.UTF_8));
        byte[] sealed = Arrays.copyOf(nonce, NONCE_BYTES + body.length);
        System.arraycopy(body, 0, sealed, NONCE_BYTES, body.length);
        return sealed;
    }

    /** @throws IllegalStateException if it was sealed by another secret */
    String open(String kid, byte[] sealed) {
        byte[] nonce = Arrays.copyOf(sealed, NONCE_BYTES);
        byte[] body = Arrays.copyOfRange(sealed, NONCE_BYTES, sealed.length);
        return new String(run(Cipher.DECRYPT_MODE, kid, nonce, body), StandardCharsets.UTF_8);
    }

    private byte[] run(int mode, String kid, byte[] nonce, byte[] input) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(kid.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Signing key " + kid + " cannot be opened", e);
        }
    }
}
