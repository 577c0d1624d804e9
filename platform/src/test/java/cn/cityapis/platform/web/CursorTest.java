package cn.cityapis.platform.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.cityapis.platform.problem.ProblemException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {

    @Test
    void whatWasWrittenIsRead() {
        List<String> key = List.of("2026-11-02", "应急-1", "", "-5", "2026-11-02T09:00:00Z");
        assertThat(Cursor.decode(Cursor.encode(key))).isEqualTo(key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u0000b", "\n", "+999999999-12-31", "-999999999-01-01T00:00:00Z", "+10000-01-01"})
    void whatNoColumnHoldsIsNoKeyOfOurs(String part) {
        String forged = Cursor.encode(List.of("x", part));
        assertThatThrownBy(() -> Cursor.decode(forged)).isInstanceOf(ProblemException.class);
    }
}
