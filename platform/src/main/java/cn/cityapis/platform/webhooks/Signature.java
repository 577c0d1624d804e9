package cn.cityapis.platform.webhooks;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs a delivery as Standard Webhooks 1.0 has it: {@code v1,base64(HMAC-SHA256(secret, id.timestamp.body))}. */
final class Signature {

    static final String SECRET_PREFIX = "whsec_";
    static final int SECRET_BYTES = 32;
    private static final String ALGORITHM = "HmacSHA256";

    private Signature() {
    }

    /**
     * @param secrets those in force, each {@code whsec_} and base64; while a secret is changed there are two
     * @param timestamp seconds since 1970
     * @return the value of {@code webhook-signature}, one signature for each secret
     */
    static String of(List<String> secrets, String id, long timestamp, String body) {
        String signed = id + "." + timestamp + "." + body;
        return secrets.stream().map(secret -> "v1," + sign(secret, signed)).collect(Collectors.joining(" "));
    }

    static String secret(byte[] random) {
        return SECRET_PREFIX + Base64.getEncoder().encodeToString(random);
    }

    private static String sign(String secret, String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(
                    new SecretKeySpec(Base64.getDecoder().decode(secret.substring(SECRET_PREFIX.length())), ALGORITHM));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has " + ALGORITHM, e);
        }
    }
}
