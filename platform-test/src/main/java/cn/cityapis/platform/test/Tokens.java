package cn.cityapis.platform.test;

import cn.cityapis.issuer.IdNumberDigests;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Builds access tokens as the identity server issues them. The audience follows from the scopes unless it is said. */
public final class Tokens {

    private final String subject;
    private final JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder();
    private Set<String> scopes = new LinkedHashSet<>();
    private List<String> audience = List.of();
    /** Longer than all tests of a module take, some of which keep one. */
    private Instant expires = Instant.now().plus(Duration.ofMinutes(55));
    private String issuer = TestIssuer.ISSUER;

    private Tokens(String client, String subject) {
        this.subject = subject;
        claims.claim("client_id", client).subject(subject).claim("assurance", "none");
    }

    /** A back end in its own name. */
    public static Tokens client(String clientId) {
        return new Tokens(clientId, clientId);
    }

    /** A back end acting for a citizen whose identity is proven. */
    public static Tokens citizen(String subject) {
        Tokens tokens = new Tokens("test-app", subject);
        return tokens.claim("assurance", "real_name");
    }

    /** Whose back end has vouched for the ID number too. */
    public Tokens idNumber(String number) {
        return claim(IdNumberDigests.CLAIM, IdNumberDigests.parse("", true).of(subject, number));
    }

    public static Tokens operator(String subject, String org, String... roles) {
        Tokens tokens = new Tokens("test-console", subject);
        return tokens.claim("org", org).claim("roles", Arrays.asList(roles));
    }

    public Tokens scopes(String... names) {
        scopes = new LinkedHashSet<>(Arrays.asList(names));
        return this;
    }

    public Tokens audience(String... services) {
        audience = Arrays.asList(services);
        return this;
    }

    public Tokens issuer(String other) {
        issuer = other;
        return this;
    }

    public Tokens expired() {
        expires = Instant.now().minus(Duration.ofHours(1));
        return this;
    }

    public Tokens claim(String name, Object value) {
        claims.claim(name, value);
        return this;
    }

    /** The signed token. */
    public String token() {
        return TestIssuer.shared().sign(build());
    }

    /** The same claims, signed with a key that the issuer does not have. */
    public String forged() {
        return TestIssuer.sign(build(), Forger.KEY);
    }

    /** Its key takes long to make. */
    private static final class Forger {

        private static final RSAKey KEY = key();

        private static RSAKey key() {
            try {
                return new RSAKeyGenerator(2048).keyID("test").generate();
            } catch (JOSEException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private JWTClaimsSet build() {
        List<String> services = audience.isEmpty()
                ? scopes.stream().map(scope -> scope.replaceAll("\\..*", "")).distinct().collect(Collectors.toList())
                : audience;
        return claims.issuer(issuer)
                .audience(services)
                .claim("scope", List.copyOf(scopes))
                .issueTime(Date.from(expires.minus(Duration.ofHours(1))))
                .expirationTime(Date.from(expires))
                .build();
    }
}
