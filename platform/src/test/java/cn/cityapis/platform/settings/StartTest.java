package cn.cityapis.platform.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.cityapis.platform.sample.SampleApplication;
import cn.cityapis.platform.test.TestDatabase;
import cn.cityapis.platform.test.TestIssuer;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A wrong or missing setting stops the start with one clear line. */
@ExtendWith(OutputCaptureExtension.class)
class StartTest {

    private static Map<String, Object> good() {
        Map<String, Object> environment = new HashMap<>(TestDatabase.create().environment());
        environment.put("OIDC_ISSUER", TestIssuer.ISSUER);
        environment.put("OIDC_JWKS_URI", TestIssuer.shared().jwksUri());
        environment.put("PII_KEYS", "k1:" + "01".repeat(16));
        environment.put("PII_INDEX_KEY", "ab".repeat(32));
        environment.put("ID_NUMBER_KEYS", "k1:" + "cd".repeat(32));
        environment.put("platform.security.id-number-keys", "${ID_NUMBER_KEYS:}");
        environment.put("platform.security.id-number-proof", "${ID_NUMBER_PROOF:required}");
        environment.put("SERVER_PORT", "0");
        return environment;
    }

    private static void start(Map<String, Object> environment) {
        SpringApplication application = new SpringApplication(SampleApplication.class);
        application.setDefaultProperties(environment);
        application.run().close();
    }

    @ParameterizedTest
    @CsvSource({"OIDC_ISSUER,''", "OIDC_JWKS_URI,nowhere", "PII_KEYS,''", "PII_INDEX_KEY,abc", "DB_NAME,''",
            "DB_PASSWORD,''", "ID_NUMBER_KEYS,''", "ID_NUMBER_KEYS,k1:abc", "ID_NUMBER_PROOF,never",
            "PII_KEYS,dev:00112233445566778899aabbccddeeff", "PII_KEYS,k1:00112233445566778899AABBCCDDEEFF",
            "'PII_KEYS','k2:01010101010101010101010101010101,k1:00112233445566778899aabbccddeeff'",
            "PII_INDEX_KEY,00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"})
    void namesTheVariable(String variable, String value, CapturedOutput output) {
        Map<String, Object> environment = good();
        environment.put(variable, value);
        assertThatThrownBy(() -> start(environment)).isNotNull();
        assertThat(output).contains("Environment variable " + variable).doesNotContain("\tat ");
    }

    @Test
    void startsWithAllSet() {
        start(good());
    }
}
