package cn.cityapis.gateway.pages;

import cn.cityapis.gateway.settings.SettingException;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.UUID;

/** Vouches for the made-up citizen of the demonstration, as a mini-program's back end would for somebody it knows. */
final class DemoCitizen {

    private static final Duration LIFE = Duration.ofMinutes(2);
    private static final String WHO = "demo";

    private final String clientId;
    private final String issuer;
    private final ECPrivateKey key;

    DemoCitizen(String clientId, String issuer, Path keyFile) {
        this.clientId = clientId;
        this.issuer = issuer;
        this.key = read(keyFile);
    }

    /** A JWT that is good once, for two minutes. */
    String assertion(Instant now) {
        SignedJWT signed = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(clientId + "-development")
                .build(),
                new JWTClaimsSet.Builder().issuer(clientId).subject(WHO).audience(issuer)
                        .claim("assurance", "real_name")
                        .issueTime(Date.from(now)).expirationTime(Date.from(now.plus(LIFE)))
                        .jwtID(UUID.randomUUID().toString()).build());
        try {
            signed.sign(new ECDSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException("cannot sign for the demonstration citizen", e);
        }
        return signed.serialize();
    }

    private static ECPrivateKey read(Path file) {
        try {
            String pem = Files.readString(file).replaceAll("-----[A-Z ]+-----|\\s", "");
            return (ECPrivateKey) KeyFactory.getInstance("EC")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem)));
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new SettingException("PAGES_DEMO_CITIZEN_KEY is no readable private key: " + file);
        }
    }
}
