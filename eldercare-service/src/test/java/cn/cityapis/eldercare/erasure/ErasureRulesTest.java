package cn.cityapis.eldercare.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.eldercare.application.ApplicationState;
import cn.cityapis.eldercare.erasure.Obstacle.Kind;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("个人信息保护法 第四十七条: nothing goes that is still needed")
class ErasureRulesTest {

    private static final LocalDate ENDED = LocalDate.of(2026, 1, 31);

    private static Round round(ApplicationState.Name state) {
        return new Round(new UUID(0, 1), state, true, false, false, false, ENDED);
    }

    private static RetentionPeriod months(@Nullable Integer months) {
        return new RetentionPeriod(new UUID(0, 2), ENDED, months, "某号文件", "371000");
    }

    private static List<Kind> kinds(List<Obstacle> obstacles) {
        return obstacles.stream().map(Obstacle::kind).toList();
    }

    @ParameterizedTest
    @EnumSource(ApplicationState.Name.class)
    void whatHasEndedMayGo(ApplicationState.Name state) {
        assertThat(kinds(ErasureRules.obstacles(List.of(round(state)), null, ENDED)))
                .isEqualTo(state.isLive() ? List.of(Kind.APPLICATION_OPEN) : List.of());
    }

    @Test
    void everythingThatNeedsItIsNamedAtOnce() {
        Round lives = new Round(new UUID(0, 3), ApplicationState.Name.ADMITTED, true, true, true, true, ENDED);
        List<Obstacle> found = ErasureRules.obstacles(List.of(round(ApplicationState.Name.WAITING), lives), months(1),
                ENDED);
        assertThat(kinds(found)).containsExactly(Kind.APPLICATION_OPEN, Kind.KEPT_UNTIL, Kind.LIVES_IN_A_BED,
                Kind.CHANGE_UNDECIDED, Kind.PERIOD_RUNS, Kind.KEPT_UNTIL);
        assertThat(found).extracting(Obstacle::detail).allMatch(detail -> !detail.isBlank());
    }

    @ParameterizedTest
    @CsvSource({"1, 2026-02-28, true", "1, 2026-03-01, false", "0, 2026-01-31, true", "0, 2026-02-01, false",
            ", 2026-01-31, false"})
    void itIsKeptToTheLastDayOfThePeriod(@Nullable Integer months, LocalDate today, boolean kept) {
        List<Obstacle> found = ErasureRules.obstacles(List.of(round(ApplicationState.Name.WITHDRAWN)), months(months),
                today);
        assertThat(kinds(found)).isEqualTo(kept ? List.of(Kind.KEPT_UNTIL) : List.of());
    }

    @ParameterizedTest
    @EnumSource(value = ApplicationState.Name.class, names = {"DRAFT", "INCOMPLETE", "WITHDRAWN"})
    void whatWasNeverReceivedIsKeptForNobody(ApplicationState.Name state) {
        Round begun = new Round(new UUID(0, 4), state, false, false, false, true, ENDED);
        assertThat(ErasureRules.obstacles(List.of(begun), months(60), ENDED)).isEmpty();
    }
}
