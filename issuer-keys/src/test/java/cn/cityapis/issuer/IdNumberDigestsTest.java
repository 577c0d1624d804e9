package cn.cityapis.issuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdNumberDigestsTest {

    private static final String NUMBER = "11010519491231002X";
    private static final String OLD = "k1:" + "a1".repeat(32);
    private static final String NEW = "k2:" + "b2".repeat(32);

    private static IdNumberDigests keys(String text) {
        return IdNumberDigests.parse(text, false);
    }

    /** As openssl computes it, for whoever issues tokens with something else. */
    @Test
    void isAnHmacOfSubjectAndNumber() {
        // printf 'c-1\n11010519491231002X' | openssl dgst -sha256 -mac HMAC -macopt hexkey:a1…a1 -binary | basenc --base64url
        assertThat(keys(OLD).of("c-1", NUMBER)).isEqualTo("k1:3BUq81yP9ros8rCD-OezAFB4lumWTct4U_64CYR-vnM");
    }

    @Test
    void isOfOneNumberAndOneSubject() {
        IdNumberDigests keys = keys(OLD);
        String digest = keys.of("c-1", NUMBER);
        assertThat(keys.matches(digest, "c-1", NUMBER)).contains(true);
        assertThat(keys.matches(digest, "c-1", "371002199405020017")).contains(false);
        assertThat(keys.matches(digest, "c-2", NUMBER)).contains(false);
        assertThat(keys.of("c-2", NUMBER)).isNotEqualTo(digest);
    }

    @Test
    void theFirstKeyMakesDigestsAndAllAreAccepted() {
        String before = keys(OLD).of("c-1", NUMBER);
        IdNumberDigests rotated = keys(NEW + ", " + OLD);
        assertThat(rotated.of("c-1", NUMBER)).startsWith("k2:");
        assertThat(rotated.matches(before, "c-1", NUMBER)).contains(true);
        assertThat(keys(NEW).matches(before, "c-1", NUMBER)).isEmpty();
        assertThat(keys(NEW).matches("", "c-1", NUMBER)).isEmpty();
        assertThat(keys(NEW).matches("k2:", "c-1", NUMBER)).contains(false);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"'' | is not set", "k1 | must be id:64", "k1:abc | must be id:64",
            "k1:g | must be id:64"})
    void whatIsNoKeyIsRefusedWithoutNamingIt(String text, String said) {
        assertThatIllegalArgumentException().isThrownBy(() -> keys(text)).withMessageContaining(said);
    }

    @Test
    void thePublicKeyIsForDevelopmentOnly() {
        assertThat(IdNumberDigests.parse("", true).of("c-1", NUMBER)).startsWith("dev:");
        assertThatIllegalArgumentException().isThrownBy(() -> keys("dev:" + "a1".repeat(32)))
                .withMessageContaining("development key");
        assertThatIllegalArgumentException().isThrownBy(() -> keys(OLD + "," + OLD)).withMessageContaining("two keys");
    }

    @ParameterizedTest
    @CsvSource({"11010519491231002X,true", "11010519491231002x,false", "110105194912310021,false",
            "371002199405020017,true", "371002199413020010,false", "3710021994050200,false", "'',false"})
    void aNumberHasItsCheckDigitAndABirthday(String number, boolean valid) {
        assertThat(IdNumberRules.isValid(number)).isEqualTo(valid);
    }
}
