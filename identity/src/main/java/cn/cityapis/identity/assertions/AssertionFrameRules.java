package cn.cityapis.identity.assertions;

import com.nimbusds.jwt.JWTClaimsSet;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What every assertion must say, whatever it is for: who made it, for whom, for how long, and an id. */
public final class AssertionFrameRules {

    static final Duration LONGEST_LIFE = Duration.ofMinutes(5);
    static final Duration SKEW = Duration.ofSeconds(30);
    private static final int LONGEST_ID = 200;

    private AssertionFrameRules() {
    }

    /**
     * @param audiences any one of them will do; the first is named in the refusal
     * @throws RefusedAssertion with the reason in Chinese
     */
    public static Assertion check(JWTClaimsSet claims, String clientId, Set<String> audiences, Instant now) {
        if (!clientId.equals(claims.getIssuer())) {
            throw new RefusedAssertion("断言的 iss 必须是调用方自己的 client_id");
        }
        if (Collections.disjoint(claims.getAudience(), audiences)) {
            throw new RefusedAssertion("断言的 aud 必须是 " + audiences.iterator().next());
        }
        Instant expires = life(claims, now);
        String id = text("jti", claims.getJWTID());
        return new Assertion(text("sub", claims.getSubject()), id, expires);
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

    private static String text(String name, @Nullable String value) {
        if (value == null || value.isBlank() || value.length() > LONGEST_ID || value.indexOf('\0') >= 0) {
            throw new RefusedAssertion("断言的 " + name + " 缺失或超过 200 个字符");
        }
        return value;
    }
}
