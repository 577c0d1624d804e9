package cn.cityapis.subsidy.scheme;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemeReaderTest {

    /** What is wrong goes into a refusal: whoever proposes a scheme reads it. */
    @ParameterizedTest
    @ValueSource(strings = {"0000-01-01", "[]", "7", "id: [1]", "noSuchField: 1", "id: {a: 1}", "a: b: c", "{\"id\":",
            "\"x", "null", "~", "# nothing"})
    void saysInChineseWhatItCannotReadAndNothingOfOurClasses(String text) {
        assertThatThrownBy(() -> new SchemeReader().read(text)).isInstanceOf(IllegalArgumentException.class).message()
                .containsPattern("\\p{IsHan}").doesNotContain("cn.cityapis", "java.", "Scheme", "Cannot");
    }
}
