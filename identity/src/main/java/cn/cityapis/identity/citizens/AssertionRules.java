package cn.cityapis.identity.citizens;

import cn.cityapis.identity.clients.Assurance;
import com.nimbusds.jwt.JWTClaimsSet;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** When an assertion, its signature being good, is believed. */
final class AssertionRules {

    static final Duration LONGEST_LIFE = Duration.ofMinutes(5);
    static final Duration SKEW = Duration.ofSeconds(30);
    private static final int LONGEST_ID = 200;

    private AssertionRules() {
    }

    /** @throws RefusedAssertion with the reason in Chinese */
    static CitizenAssertion check(JWTClaimsSet claims, String clientId, String issuer, Assurance limit, Instant now) {
        if (!clientId.equals(claims.getIssuer())) {
            throw new RefusedAssertion("断言的 iss 必须是调用方自己的 client_id");
        }
        if (!claims.getAudience().contains(issuer)) {
            throw new RefusedAssertion("断言的 aud 必须是 " + issuer);
        }
        Instant expires = life(claims, now);
        String jti = text("jti", claims.getJWTID());
        String externalId = text("sub", claims.getSubject());
        Assurance assurance = assurance(claims);
        if (assurance.exceeds(limit)) {
            throw new RefusedAssertion("断言的 assurance 超过了该客户端获准的上限 " + limit.claim());
        }
        return new CitizenAssertion(externalId, assurance, jti, expires);
    }

    /** Whoever is known by an openid only may look, not apply. */
    static Set<String> scopes(Set<String> allowed, Assurance assurance) {
        return assurance == Assurance.REAL_NAME
                ? allowed
                : allowed.stream().filter(scope -> scope.endsWith(".read")).collect(Collectors.toSet());
    }

    private static Instant life(JWTClaimsSet claims, Instant now) {
        if (claims.getExpirationTime() == null) {
            throw new RefusedAssertion("断言缺少 exp");
        }
        Instant expires = claims.getExpirationTime().toInstant();
        if (!expires.isAfter(now.minus(SKEW))) {
            throw new RefusedAssertion("断言已过期");
        }
        if (expires.isAfter(now.plus(LONGEST_LIFE).plus(SKEW))) {
            throw new RefusedAssertion("断言的有效期不得超过 5 分钟");
        }
        if (claims.getIssueTime() != null && claims.getIssueTime().toInstant().isAfter(now.plus(SKEW))) {
            throw new RefusedAssertion("断言的 iat 在将来");
        }
        if (claims.getNotBeforeTime() != null && claims.getNotBeforeTime().toInstant().isAfter(now.plus(SKEW))) {
            throw new RefusedAssertion("断言尚未生效");
        }
        return expires;
    }

    private static Assurance assurance(JWTClaimsSet claims) {
        try {
            return Optional.ofNullable(claims.getStringClaim("assurance")).flatMap(Assurance::parse)
                    .filter(one -> one != Assurance.NONE)
                    .orElseThrow(() -> new RefusedAssertion("断言的 assurance 必须是 openid 或 real_name"));
        } catch (ParseException e) {
            throw new RefusedAssertion("断言的 assurance 必须是 openid 或 real_name", e);
        }
    }

    private static String text(String name, @Nullable String value) {
        if (value == null || value.isBlank() || value.length() > LONGEST_ID || value.indexOf('\0') >= 0) {
            throw new RefusedAssertion("断言的 " + name + " 缺失或超过 200 个字符");
        }
        return value;
    }
}
