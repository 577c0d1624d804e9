package cn.cityapis.identity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Signs assertions as demo-app does, with nothing but the JDK: the example that README.md points to. */
final class Assertions {

    private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();

    private final Map<String, Object> claims = new LinkedHashMap<>();
    private Map<String, Object> header = Map.of("alg", "ES256", "typ", "JWT", "kid", "demo-app-development");

    private Assertions(String user) {
        long now = Instant.now().getEpochSecond();
        claims.put("iss", "demo-app");
        claims.put("sub", user);
        claims.put("aud", RunningIdentity.ISSUER);
        claims.put("assurance", "real_name");
        claims.put("iat", now);
        claims.put("exp", now + 120);
        claims.put("jti", UUID.randomUUID().toString());
    }

    static Assertions of(String user) {
        return new Assertions(user);
    }

    /** An assertion by which a client proves itself, valid from now on by the given clock. */
    static Assertions ofClient(String client, String kid, java.time.InstantSource time) {
        long now = time.instant().getEpochSecond();
        return new Assertions(client).with("iss", client).with("assurance", null).with("iat", now)
                .with("exp", now + 120).header(Map.of("alg", "ES256", "typ", "JWT", "kid", kid));
    }

    Assertions with(String claim, @Nullable Object value) {
        if (value == null) {
            claims.remove(claim);
        } else {
            claims.put(claim, value);
        }
        return this;
    }

    Assertions header(Map<String, Object> other) {
        header = other;
        return this;
    }

    String signed() {
        return signed(demoKey());
    }

    String signed(PrivateKey key) {
        JsonMapper json = new JsonMapper();
        String input = part(json.writeValueAsString(header)) + "." + part(json.writeValueAsString(claims));
        try {
            Signature signer = Signature.getInstance("SHA256withECDSAinP1363Format");
            signer.initSign(key);
            signer.update(input.getBytes(StandardCharsets.US_ASCII));
            return input + "." + URL.encodeToString(signer.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    String unsigned() {
        JsonMapper json = new JsonMapper();
        return part("{\"alg\":\"none\"}") + "." + part(json.writeValueAsString(claims)) + ".";
    }

    static PrivateKey foreignKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair().getPrivate();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static PrivateKey demoKey() {
        try {
            String pem = Files.readString(Path.of("development/demo-app-key.pem")).replaceAll("-----[A-Z ]+-----|\\s",
                    "");
            return KeyFactory.getInstance("EC")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String part(String text) {
        return URL.encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
