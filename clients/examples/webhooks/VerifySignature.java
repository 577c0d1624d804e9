import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Whether a delivery comes from the platform (Standard Webhooks), with nothing but the JDK. */
public final class VerifySignature {

    private VerifySignature() {
    }

    // [signature]
    /**
     * @param secret 订阅的签名密钥，whsec_ 开头
     * @param id 请求头 webhook-id
     * @param timestamp 请求头 webhook-timestamp
     * @param signatures 请求头 webhook-signature
     * @param body 收到的原始请求体，不要先解析
     * @return 是否可以相信
     */
    public static boolean holds(String secret, String id, String timestamp, String signatures, byte[] body, Instant now)
            throws GeneralSecurityException {
        Duration age = Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), now);
        if (age.abs().compareTo(Duration.ofMinutes(5)) > 0) {
            return false; // 旧的请求，可能是别人录下来重放的
        }
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring("whsec_".length())), "HmacSHA256"));
        mac.update((id + "." + timestamp + ".").getBytes(UTF_8));
        byte[] expected = ("v1," + Base64.getEncoder().encodeToString(mac.doFinal(body))).getBytes(UTF_8);
        for (String signature : signatures.split(" ")) { // 更换密钥时有新旧两个
            if (MessageDigest.isEqual(expected, signature.getBytes(UTF_8))) {
                return true;
            }
        }
        return false;
    }
    // [/signature]
}
