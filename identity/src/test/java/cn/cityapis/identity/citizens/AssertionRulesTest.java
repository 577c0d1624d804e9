package cn.cityapis.identity.citizens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.cityapis.identity.assertions.Assertion;
import cn.cityapis.identity.assertions.RefusedAssertion;
import cn.cityapis.identity.clients.Assurance;
import com.nimbusds.jwt.JWTClaimsSet;
import java.time.Instant;
import java.util.Date;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AssertionRulesTest {

    private static final Instant NOW = Instant.parse("2026-03-01T04:00:00Z");

    private static JWTClaimsSet.Builder good() {
        return new JWTClaimsSet.Builder().issuer("app").audience("https://city").subject("u").jwtID("j")
                .claim("assurance", "real_name").issueTime(Date.from(NOW))
                .expirationTime(Date.from(NOW.plusSeconds(60)));
    }

    private static CitizenAssertion check(JWTClaimsSet.Builder claims, Assurance limit) {
        return AssertionRules.check(claims.build(), "app", "https://city", limit, NOW);
    }

    @Test
    void aGoodOneIsBelieved() {
        assertThat(check(good(), Assurance.REAL_NAME))
                .isEqualTo(new CitizenAssertion(new Assertion("u", "j", NOW.plusSeconds(60)), Assurance.REAL_NAME,
                        null));
    }

    @ParameterizedTest
    @CsvSource({"11010519491231002X,11010519491231002X", "11010519491231002x,11010519491231002X"})
    void anIdNumberIsToldWithARealName(String told, String number) {
        CitizenAssertion believed = check(good().claim("id_number", told), Assurance.REAL_NAME);
        assertThat(believed.idNumber()).isEqualTo(new IdNumber(number));
        assertThat(believed.toString()).doesNotContainIgnoringCase(number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"110105194912310021", "11010519491331002X", "", "1"})
    void aNumberThatIsNoneIsRefusedWithoutRepeatingIt(String told) {
        assertThatThrownBy(() -> check(good().claim("id_number", told), Assurance.REAL_NAME))
                .isInstanceOf(RefusedAssertion.class).hasMessage("断言的 id_number 不是正确的公民身份号码");
        assertThatThrownBy(() -> check(good().claim("id_number", 11010519491231L), Assurance.REAL_NAME))
                .isInstanceOf(RefusedAssertion.class);
    }

    @Test
    void whoIsKnownByAnOpenidHasNoIdNumber() {
        assertThatThrownBy(() -> check(good().claim("assurance", "openid").claim("id_number", "11010519491231002X"),
                Assurance.REAL_NAME)).isInstanceOf(RefusedAssertion.class).hasMessageContaining("real_name");
    }

    @ParameterizedTest
    @CsvSource({"OPENID,openid,true", "REAL_NAME,openid,true", "REAL_NAME,real_name,true", "OPENID,real_name,false",
            "NONE,openid,false", "NONE,real_name,false"})
    void nobodyVouchesForMoreThanHeMay(Assurance limit, String claimed, boolean believed) {
        var claims = good().claim("assurance", claimed);
        if (believed) {
            assertThat(check(claims, limit).assurance().claim()).isEqualTo(claimed);
        } else {
            assertThatThrownBy(() -> check(claims, limit)).isInstanceOf(RefusedAssertion.class)
                    .hasMessageContaining("上限 " + limit.claim());
        }
    }

    /** Thirty seconds of skew, five minutes of life, each from both sides. */
    @ParameterizedTest
    @CsvSource({"-29,true", "-30,false", "-31,false", "329,true", "330,true", "331,false"})
    void livesNeitherInThePastNorLong(long expiresIn, boolean believed) {
        var claims = good().expirationTime(Date.from(NOW.plusSeconds(expiresIn)));
        if (believed) {
            assertThat(check(claims, Assurance.REAL_NAME).assertion().expires()).isEqualTo(NOW.plusSeconds(expiresIn));
        } else {
            assertThatThrownBy(() -> check(claims, Assurance.REAL_NAME)).isInstanceOf(RefusedAssertion.class);
        }
    }

    @ParameterizedTest
    @CsvSource({"30,true", "31,false"})
    void isNotMadeInTheFuture(long issuedIn, boolean believed) {
        var issued = good().issueTime(Date.from(NOW.plusSeconds(issuedIn)));
        var notBefore = good().notBeforeTime(Date.from(NOW.plusSeconds(issuedIn)));
        if (believed) {
            check(issued, Assurance.REAL_NAME);
            check(notBefore, Assurance.REAL_NAME);
        } else {
            assertThatThrownBy(() -> check(issued, Assurance.REAL_NAME)).hasMessageContaining("iat");
            assertThatThrownBy(() -> check(notBefore, Assurance.REAL_NAME)).hasMessageContaining("尚未生效");
        }
    }

    @Test
    void namesAreBounded() {
        check(good().subject("x".repeat(200)).jwtID("y".repeat(200)), Assurance.REAL_NAME);
        assertThatThrownBy(() -> check(good().subject("x".repeat(201)), Assurance.REAL_NAME))
                .hasMessageContaining("sub");
        assertThatThrownBy(() -> check(good().jwtID("y".repeat(201)), Assurance.REAL_NAME)).hasMessageContaining("jti");
        assertThatThrownBy(() -> check(good().subject("a\0b"), Assurance.REAL_NAME)).hasMessageContaining("sub");
    }

    @Test
    void anOpenidOpensReadingOnly() {
        Set<String> all = Set.of("eldercare.read", "eldercare.apply");
        assertThat(AssertionRules.scopes(all, Assurance.REAL_NAME)).isEqualTo(all);
        assertThat(AssertionRules.scopes(all, Assurance.OPENID)).containsExactly("eldercare.read");
    }
}
