package cn.cityapis.issuer;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * By which a service finds whether an ID number is that of a token's citizen, without the token saying the number:
 * {@code keyId:base64url(HMAC-SHA-256(key, sub + "\n" + number))}. The subject is in it, so that two back ends cannot
 * find by their tokens that they serve the same person.
 */
public final class IdNumberDigests {

    /** Where it stands in an access token. */
    public static final String CLAIM = "id_number_digest";
    /** Of the issuer and of the services that check. */
    public static final String VARIABLE = "ID_NUMBER_KEYS";

    private static final String ALGORITHM = "HmacSHA256";
    /** Keys of this id are public and refused outside the development profile. */
    private static final String DEVELOPMENT_ID = "dev";
    private static final String DEVELOPMENT_KEYS = DEVELOPMENT_ID + ":" + "00112233445566778899aabbccddeeff".repeat(2);
    private static final Pattern KEY = Pattern.compile("([A-Za-z0-9_-]{1,32}):([0-9a-fA-F]{64})");

    private final String active;
    private final Map<String, SecretKeySpec> keys;

    private IdNumberDigests(String active, Map<String, SecretKeySpec> keys) {
        this.active = active;
        this.keys = Map.copyOf(keys);
    }

    /**
     * @param text {@code id:64 hex digits}, comma-separated; the first makes digests, all of them are accepted. Blank in
     *            development: a public key
     * @throws IllegalArgumentException saying what is wrong with the variable, never a key
     */
    public static IdNumberDigests parse(String text, boolean development) {
        if (text.isBlank() && !development) {
            throw new IllegalArgumentException("is not set");
        }
        Map<String, SecretKeySpec> keys = new LinkedHashMap<>();
        for (String each : (text.isBlank() ? DEVELOPMENT_KEYS : text).split(",", -1)) {
            Matcher key = KEY.matcher(each.strip());
            if (!key.matches()) {
                throw new IllegalArgumentException("must be id:64 hexadecimal characters[,id:…]");
            }
            if (keys.put(key.group(1), new SecretKeySpec(HexFormat.of().parseHex(key.group(2)), ALGORITHM)) != null) {
                throw new IllegalArgumentException("has two keys of the id " + key.group(1));
            }
        }
        if (!development && keys.containsKey(DEVELOPMENT_ID)) {
            throw new IllegalArgumentException("holds the development key outside the development profile");
        }
        return new IdNumberDigests(keys.keySet().iterator().next(), keys);
    }

    /** @param number a valid one, its last character a capital X where it is one */
    public String of(String subject, String number) {
        return digest(active, subject, number);
    }

    /** Whether the digest is that of this number; empty if it was made by none of the keys. */
    public Optional<Boolean> matches(String digest, String subject, String number) {
        String id = digest.substring(0, Math.max(0, digest.indexOf(':')));
        return keys.containsKey(id)
                ? Optional.of(MessageDigest.isEqual(bytes(digest), bytes(digest(id, subject, number))))
                : Optional.empty();
    }

    private String digest(String id, String subject, String number) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(keys.get(id));
            return id + ":" + Base64.getUrlEncoder().withoutPadding()
                    .encodeToString(mac.doFinal(bytes(subject + "\n" + number)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "IdNumberDigests" + keys.keySet();
    }
}
