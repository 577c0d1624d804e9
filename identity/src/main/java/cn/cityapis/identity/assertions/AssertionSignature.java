package cn.cityapis.identity.assertions;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.util.Set;

/** Asymmetric signatures only, by a key that is registered for the client. */
public final class AssertionSignature {

    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(JWSAlgorithm.ES256, JWSAlgorithm.RS256);

    private AssertionSignature() {
    }

    /** @throws RefusedAssertion unless a registered key made it */
    public static JWTClaimsSet open(String token, JWKSet keys) {
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            if (!ALGORITHMS.contains(jwt.getHeader().getAlgorithm())) {
                throw new RefusedAssertion("断言的签名算法必须是 ES256 或 RS256");
            }
            for (JWK key : new JWKSelector(JWKMatcher.forJWSHeader(jwt.getHeader())).select(keys)) {
                if (verified(jwt, key)) {
                    return jwt.getJWTClaimsSet();
                }
            }
            throw new RefusedAssertion("断言的签名不是该客户端登记的密钥所签");
        } catch (ParseException e) {
            throw new RefusedAssertion("断言不是合法的 JWT", e);
        }
    }

    private static boolean verified(SignedJWT jwt, JWK key) {
        try {
            return key instanceof AsymmetricJWK asymmetric && jwt.verify(
                    new DefaultJWSVerifierFactory().createJWSVerifier(jwt.getHeader(), asymmetric.toPublicKey()));
        } catch (JOSEException e) {
            return false;
        }
    }
}
