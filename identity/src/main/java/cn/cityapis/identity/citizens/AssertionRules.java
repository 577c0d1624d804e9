package cn.cityapis.identity.citizens;

import cn.cityapis.identity.assertions.Assertion;
import cn.cityapis.identity.assertions.AssertionFrameRules;
import cn.cityapis.identity.assertions.RefusedAssertion;
import cn.cityapis.identity.clients.Assurance;
import com.nimbusds.jwt.JWTClaimsSet;
import java.text.ParseException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** When an assertion of a citizen, its signature being good, is believed. */
final class AssertionRules {

    private AssertionRules() {
    }

    /** @throws RefusedAssertion with the reason in Chinese */
    static CitizenAssertion check(JWTClaimsSet claims, String clientId, String issuer, Assurance limit, Instant now) {
        Assertion assertion = AssertionFrameRules.check(claims, clientId, Set.of(issuer), now);
        Assurance assurance = assurance(claims);
        if (assurance.exceeds(limit)) {
            throw new RefusedAssertion("断言的 assurance 超过了该客户端获准的上限 " + limit.claim());
        }
        return new CitizenAssertion(assertion, assurance, idNumber(claims, assurance));
    }

    /** Whoever is known by an openid only may look, not apply. */
    static Set<String> scopes(Set<String> allowed, Assurance assurance) {
        return assurance == Assurance.REAL_NAME
                ? allowed
                : allowed.stream().filter(scope -> scope.endsWith(".read")).collect(Collectors.toSet());
    }

    private static @Nullable IdNumber idNumber(JWTClaimsSet claims, Assurance assurance) {
        Object told = claims.getClaim("id_number");
        if (told == null) {
            return null;
        }
        if (assurance != Assurance.REAL_NAME) {
            throw new RefusedAssertion("断言的 id_number 只能与 assurance = real_name 一起给出");
        }
        return Optional.of(told).filter(String.class::isInstance).map(String.class::cast).flatMap(IdNumber::parse)
                .orElseThrow(() -> new RefusedAssertion("断言的 id_number 不是正确的公民身份号码"));
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
}
