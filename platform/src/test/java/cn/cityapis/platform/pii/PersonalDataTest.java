package cn.cityapis.platform.pii;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.cityapis.platform.settings.SettingException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.util.UUID;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.bouncycastle.crypto.engines.SM4Engine;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.util.encoders.Hex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PersonalDataTest {

    private static final String INDEX = "ab".repeat(32);
    private static final String OLD = "k1:" + "01".repeat(16);
    private static final String NEW = "k2:" + "02".repeat(16);
    private static final String ID = "370602194001011239";
    private final UUID row = UUID.randomUUID();

    private static FieldCipher cipher(String keys) {
        return new FieldCipher(PiiKeys.parse(keys, INDEX, false), new SecureRandom());
    }

    @Test
    void whatIsSealedOpensAgainAndHidesItsText() {
        FieldCipher cipher = cipher(OLD);
        byte[] sealed = cipher.encrypt("person", "id_number", row, ID);
        assertThat(cipher.decrypt("person", "id_number", row, sealed)).isEqualTo(ID);
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain(ID);
        assertThat(cipher.encrypt("person", "id_number", row, ID)).as("a fresh nonce each time").isNotEqualTo(sealed);
    }

    @Test
    void aSealedValueOpensOnlyInItsPlace() {
        FieldCipher cipher = cipher(OLD);
        byte[] sealed = cipher.encrypt("person", "id_number", row, ID);
        assertThatThrownBy(() -> cipher.decrypt("person", "id_number", UUID.randomUUID(), sealed))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> cipher.decrypt("person", "phone", row, sealed))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> cipher.decrypt("other", "id_number", row, sealed))
                .isInstanceOf(IllegalStateException.class);
        sealed[sealed.length - 1] ^= 1;
        assertThatThrownBy(() -> cipher.decrypt("person", "id_number", row, sealed))
                .isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00", "ff", "01", "026b", "7b226964223a317d", "026b31aabb", "20" + "6b316b316b316b31"})
    void whatIsNoSealedValueIsRefusedAsOne(String hex) {
        assertThatThrownBy(() -> cipher(OLD).decrypt("person", "id_number", row, Hex.decode(hex)))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aNewKeyReadsWhatTheOldOneSealed() {
        byte[] sealed = cipher(OLD).encrypt("person", "id_number", row, ID);
        assertThat(cipher(NEW + "," + OLD).decrypt("person", "id_number", row, sealed)).isEqualTo(ID);
        assertThatThrownBy(() -> cipher(NEW).decrypt("person", "id_number", row, sealed)).hasMessageContaining("k1");
    }

    @Test
    void theBlindIndexIsKeyedByColumn() {
        FieldCipher cipher = cipher(OLD);
        assertThat(cipher.blindIndex("id_number", ID)).isEqualTo(cipher(NEW).blindIndex("id_number", ID)).hasSize(32)
                .isNotEqualTo(cipher.blindIndex("phone", ID));
        FieldCipher other = new FieldCipher(PiiKeys.parse(OLD, "cd".repeat(32), false), new SecureRandom());
        assertThat(other.blindIndex("id_number", ID)).isNotEqualTo(cipher.blindIndex("id_number", ID));
    }

    /** The examples of GB/T 32907-2016 (SM4) and GB/T 32905-2016 (SM3). */
    @Test
    void theAlgorithmsAreTheStandards() {
        SM4Engine sm4 = new SM4Engine();
        byte[] block = Hex.decode("0123456789abcdeffedcba9876543210");
        sm4.init(true, new KeyParameter(block));
        byte[] output = new byte[16];
        sm4.processBlock(block, 0, output, 0);
        assertThat(Hex.toHexString(output)).isEqualTo("681edf34d206965e86b3e94f536e4246");
        SM3Digest sm3 = new SM3Digest();
        sm3.update(new byte[]{'a', 'b', 'c'}, 0, 3);
        byte[] digest = new byte[32];
        sm3.doFinal(digest, 0);
        assertThat(Hex.toHexString(digest))
                .isEqualTo("66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nocolon", "k1:zz", "k1:0102", "dev:00112233445566778899aabbccddeeff"})
    void wrongKeysStopTheStartWithoutShowingThem(String keys) {
        assertThatThrownBy(() -> PiiKeys.parse(keys, INDEX, false)).isInstanceOf(SettingException.class)
                .hasMessageContaining("PII_KEYS").hasMessageNotContaining("0102").hasMessageNotContaining("0011");
    }

    @Test
    void theDevelopmentKeyIsForDevelopment() {
        assertThat(PiiKeys.parse("dev:00112233445566778899aabbccddeeff", INDEX, true).active()).isEqualTo("dev");
        assertThat(PiiKeys.parse(OLD, INDEX, false)).hasToString("PiiKeys[k1]");
    }

    @Test
    void residentIds() {
        ResidentId id = ResidentId.parse(" 11010519491231002x ").orElseThrow();
        assertThat(id.birthDate()).isEqualTo(LocalDate.of(1949, 12, 31));
        assertThat(id.sex()).isEqualTo(ResidentId.Sex.FEMALE);
        assertThat(id).as("never prints itself").hasToString("11****************");
    }

    @ParameterizedTest
    @ValueSource(strings = {"110105194912310021", "11010519491331002X", "11010519490231002X", "1101051949123100", "",
            "a1010519491231002X", "11010519491231002Y"})
    void notResidentIds(String text) {
        assertThat(ResidentId.parse(text)).isEmpty();
    }

    @Test
    void masks() {
        assertThat(Masking.name("张三丰")).isEqualTo("张*");
        assertThat(Masking.name("𠮷野")).isEqualTo("𠮷*");
        assertThat(Masking.name("")).isEqualTo("*");
        assertThat(Masking.phone("13812345678")).isEqualTo("138****5678");
        assertThat(Masking.phone("110")).isEqualTo("***");
    }
}
