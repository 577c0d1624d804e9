package cn.cityapis.stack.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import cn.cityapis.stack.layout.StackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the back end of the demonstration mini-program says of the citizen it has signed in: a JWT of its own key. */
record CitizenAssertion(Path keyFile) {

    private static final String HEADER = "{\"alg\":\"ES256\",\"typ\":\"JWT\",\"kid\":\"demo-app-development\"}";
    private static final int LIFE_SECONDS = 120;

    /** @param idNumber what the citizen's real name was checked by; null: the back end does not say */
    String of(String externalId, @Nullable String idNumber, String issuer, Instant now) {
        String claims = """
                {"iss":"demo-app","sub":"%s","aud":"%s","assurance":"real_name"%s,"iat":%d,"exp":%d,"jti":"%s"}"""
                .formatted(externalId, issuer, idNumber == null ? "" : ",\"id_number\":\"" + idNumber + "\"",
                        now.getEpochSecond(), now.getEpochSecond() + LIFE_SECONDS,
                        UUID.randomUUID());
        String input = encoded(HEADER.getBytes(UTF_8)) + "." + encoded(claims.getBytes(UTF_8));
        return input + "." + encoded(signed(input));
    }

    private byte[] signed(String input) {
        try {
            String pem = Files.readString(keyFile).replaceAll("-----[A-Z ]+-----|\\s", "");
            Signature signer = Signature.getInstance("SHA256withECDSAinP1363Format");
            signer.initSign(KeyFactory.getInstance("EC")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem))));
            signer.update(input.getBytes(UTF_8));
            return signer.sign();
        } catch (IOException | GeneralSecurityException e) {
            throw new StackException("cannot sign with " + keyFile + ": " + e.getMessage(), e);
        }
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
