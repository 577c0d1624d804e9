package cn.cityapis.policy.document;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** An answer with a strong entity tag made of its bytes; one that has them is told 304 by the framework. */
public final class Tagged {

    private static final int LENGTH = 32;

    private Tagged() {
    }

    /** May be kept by the client, but is to be asked for again each time, unless the handler's {@code Access} says more. */
    public static ResponseEntity<byte[]> of(MediaType type, byte[] body) {
        return ResponseEntity.ok().eTag(tag(type, body)).cacheControl(CacheControl.noCache().cachePrivate())
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT).contentType(type).body(body);
    }

    /** What was shown on a day that is over: hardly ever another answer. */
    static ResponseEntity<byte[]> ofADayThatIsOver(ResponseEntity<byte[]> answer) {
        return ResponseEntity.ok().headers(answer.getHeaders())
                .cacheControl(CacheControl.maxAge(Duration.ofMinutes(1)).cachePublic()).body(answer.getBody());
    }

    private static String tag(MediaType type, byte[] body) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(type.toString().getBytes(StandardCharsets.US_ASCII));
            return "\"" + HexFormat.of().formatHex(digest.digest(body)).substring(0, LENGTH) + "\"";
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
