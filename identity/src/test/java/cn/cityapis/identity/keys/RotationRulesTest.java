package cn.cityapis.identity.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.cityapis.identity.settings.SettingException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RotationRulesTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final RotationSettings SETTINGS = new RotationSettings(Duration.ofDays(90), Duration.ofDays(1),
            Duration.ofMinutes(5));
    private static final Duration LIFE = Duration.ofMinutes(15);

    private static KeyTimes key(String kid, Instant from, @Nullable Instant retires) {
        return new KeyTimes(kid, from, retires);
    }

    /** Published a day before the ninety are over, from both sides, and never with less than a day's notice. */
    @ParameterizedTest
    @CsvSource({"PT0S,", "P88DT23H59M59S,", "P89D,P90D", "P89DT1H,P90DT1H", "P90D,P91D", "P200D,P201D"})
    void theNextKeyIsPublishedADayBeforeItSigns(Duration after, @Nullable Duration signsAfter) {
        var next = RotationRules.next(List.of(key("a", START, null)), START.plus(after), SETTINGS);
        assertThat(next).isEqualTo(java.util.Optional.ofNullable(signsAfter).map(START::plus));
    }

    @Test
    void aPublishedNextKeyIsEnough() {
        Instant now = START.plus(Duration.ofDays(89).plusHours(12));
        assertThat(RotationRules.next(
                List.of(key("b", START.plus(Duration.ofDays(90)), null), key("a", START, null)), now, SETTINGS))
                .isEmpty();
    }

    @Test
    void aKeyStaysUntilItsLastTokenHasRunOut() {
        Instant second = START.plus(Duration.ofDays(90));
        Instant retires = second.plus(LIFE).plus(Duration.ofMinutes(5));
        assertThat(RotationRules.retirements(List.of(key("b", second, null), key("a", START, null)), LIFE, SETTINGS))
                .isEqualTo(Map.of("a", retires));
        assertThat(RotationRules.retirements(List.of(key("b", second, null), key("a", START, retires)), LIFE, SETTINGS))
                .isEmpty();
    }

    @Test
    void longerTokensKeepTheirKeyLongerShorterOnesDoNotCutItShort() {
        Instant second = START.plus(Duration.ofDays(90));
        Instant retires = second.plus(Duration.ofMinutes(20));
        var keys = List.of(key("b", second, null), key("a", START, retires));
        assertThat(RotationRules.retirements(keys, Duration.ofHours(1), SETTINGS))
                .isEqualTo(Map.of("a", second.plus(Duration.ofMinutes(65))));
        assertThat(RotationRules.retirements(keys, Duration.ofMinutes(1), SETTINGS)).isEmpty();
    }

    @Test
    void theNewestKeyWhoseTimeHasComeSigns() {
        Instant second = START.plus(Duration.ofDays(90));
        var keys = List.of(key("b", second, null), key("a", START, second.plus(LIFE)));
        assertThat(RotationRules.signing(keys, second.minusNanos(1)).orElseThrow().kid()).isEqualTo("a");
        assertThat(RotationRules.signing(keys, second).orElseThrow().kid()).isEqualTo("b");
        assertThat(RotationRules.signing(keys, START.minusNanos(1))).isEmpty();
    }

    @Test
    void aKeyThatRetiresWithoutAFollowerGetsOneAndWhereNoneSignsOneDoesAtOnce() {
        Instant now = START.plus(Duration.ofDays(10));
        var ending = List.of(key("a", START, now.plusSeconds(1)));
        assertThat(RotationRules.next(ending, now, SETTINGS)).contains(now.plus(Duration.ofDays(1)));
        assertThat(RotationRules.next(ending, now.plusSeconds(1), SETTINGS)).contains(now.plusSeconds(1));
        assertThat(RotationRules.next(List.of(), now, SETTINGS)).contains(now);
    }

    @Test
    void theNewestKeyStaysWhenItsFollowerIsWithdrawn() {
        Instant second = START.plus(Duration.ofDays(90));
        var before = key("a", START, second.plus(LIFE));
        assertThat(RotationRules.staying(List.of(key("b", second, second.plusSeconds(9)), before))).contains("b");
        assertThat(RotationRules.staying(List.of(key("b", second, null), before))).isEmpty();
        assertThat(RotationRules.staying(List.of())).isEmpty();
    }

    @Test
    void settingsThatLeaveNoRoomAreRefused() {
        assertThatThrownBy(() -> new RotationSettings(Duration.ofDays(90), Duration.ofMinutes(14), Duration.ZERO))
                .isInstanceOf(SettingException.class).hasMessageContaining("IDENTITY_KEY_AHEAD");
        assertThatThrownBy(() -> new RotationSettings(Duration.ofHours(1), Duration.ofMinutes(31), Duration.ZERO))
                .isInstanceOf(SettingException.class).hasMessageContaining("IDENTITY_KEY_EVERY");
    }
}
