package cn.cityapis.platform.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.cityapis.issuer.IssuerKeys;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;

/** The issuer withdraws a key that leaked: a service believes it no longer either, without being started again. */
class WithdrawnKeyTest {

    private final AtomicReference<JWKSet> published = new AtomicReference<>();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
    private RSAKey leaked;
    private RSAKey next;
    private HttpServer issuer;

    @BeforeEach
    void publish() throws Exception {
        leaked = new RSAKeyGenerator(2048).keyID("leaked").generate();
        next = new RSAKeyGenerator(2048).keyID("next").generate();
        published.set(new JWKSet(List.of(leaked, next)));
        issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        issuer.createContext("/jwks", exchange -> {
            byte[] keys = published.get().toString().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, keys.length);
            exchange.getResponseBody().write(keys);
            exchange.close();
        });
        issuer.start();
    }

    @AfterEach
    void close() {
        issuer.stop(0);
    }

    @Test
    void isBelievedTenSecondsLongerAtMost() throws Exception {
        ReactiveJwtDecoder decoder = SecurityConfiguration.decoder(new SecuritySettings("https://issuer.test",
                "http://localhost:" + issuer.getAddress().getPort() + "/jwks"), "sample", now::get);
        assertThat(decoder.decode(token(leaked)).block()).isNotNull();
        String remembered = token(leaked);
        assertThat(decoder.decode(remembered).block()).isNotNull();
        published.set(new JWKSet(next));
        assertThat(decoder.decode(token(leaked)).block()).as("its keys are fresh").isNotNull();
        now.set(now.get().plus(IssuerKeys.FRESH).plusMillis(1));
        assertThatThrownBy(() -> decoder.decode(remembered).block()).isInstanceOf(BadJwtException.class);
        assertThatThrownBy(() -> decoder.decode(token(leaked)).block()).isInstanceOf(BadJwtException.class);
        assertThat(decoder.decode(token(next)).block()).isNotNull();
    }

    private static String token(RSAKey key) throws Exception {
        SignedJWT token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(),
                new JWTClaimsSet.Builder().issuer("https://issuer.test").audience("sample").subject("s")
                        .jwtID(UUID.randomUUID().toString()).issueTime(new Date())
                        .expirationTime(Date.from(Instant.now().plusSeconds(600))).build());
        token.sign(new RSASSASigner(key));
        return token.serialize();
    }
}
