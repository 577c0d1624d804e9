package cn.cityapis.subsidy.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.subsidy.application.ApplicationState;
import cn.cityapis.subsidy.erasure.ErasureRules.Periods;
import cn.cityapis.subsidy.erasure.Obstacle.Kind;
import cn.cityapis.subsidy.erasure.RetentionPeriod.Records;
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
    private static final Periods NONE = new Periods(null, null);

    private static Round round(ApplicationState state, boolean open, @Nullable LocalDate ordered) {
        return new Round(new UUID(0, 1), state, open, open, open, open, ENDED, ordered);
    }

    private static RetentionPeriod months(Records records, @Nullable Integer months) {
        return new RetentionPeriod(new UUID(0, 2), records, ENDED, months, "某号文件", "371000");
    }

    private static List<Kind> kinds(List<Obstacle> obstacles) {
        return obstacles.stream().map(Obstacle::kind).toList();
    }

    @ParameterizedTest
    @EnumSource(ApplicationState.class)
    void whatHasEndedMayGoAndADraftToo(ApplicationState state) {
        List<Kind> expected = switch (state) {
            case DRAFT, ENDED, CLAWED_BACK, REJECTED, WITHDRAWN -> List.of();
            case PAYING, SUSPENDED -> List.of(Kind.PAYMENTS_RUN);
            case APPEALED -> List.of(Kind.APPEAL_OPEN);
            default -> List.of(Kind.APPLICATION_OPEN);
        };
        assertThat(kinds(ErasureRules.obstacles(List.of(round(state, false, null)), NONE, ENDED))).isEqualTo(expected);
    }

    @Test
    void everythingThatNeedsItIsNamedAtOnce() {
        List<Obstacle> found = ErasureRules.obstacles(
                List.of(round(ApplicationState.PAYING, false, null), round(ApplicationState.CLAWED_BACK, true, ENDED)),
                new Periods(months(Records.APPLICATIONS, 1), months(Records.PAYMENTS, 360)), ENDED);
        assertThat(kinds(found)).containsExactly(Kind.PAYMENTS_RUN, Kind.KEPT_UNTIL, Kind.ORDERS_OPEN, Kind.OWES,
                Kind.OBJECTION_OPEN, Kind.PERIOD_RUNS, Kind.KEPT_UNTIL, Kind.KEPT_UNTIL);
        assertThat(found.getLast().until()).as("from the end of the year").isEqualTo(LocalDate.of(2056, 12, 31));
        assertThat(found).extracting(Obstacle::detail).allMatch(detail -> !detail.isBlank());
    }

    @ParameterizedTest
    @CsvSource({"1, 2026-02-28, true", "1, 2026-03-01, false", "0, 2026-01-31, true", "0, 2026-02-01, false",
            ", 2026-01-31, false"})
    void itIsKeptToTheLastDayOfThePeriod(@Nullable Integer months, LocalDate today, boolean kept) {
        List<Obstacle> found = ErasureRules.obstacles(List.of(round(ApplicationState.WITHDRAWN, false, null)),
                new Periods(months(Records.APPLICATIONS, months), months(Records.PAYMENTS, 360)), today);
        assertThat(kinds(found)).isEqualTo(kept ? List.of(Kind.KEPT_UNTIL) : List.of());
    }
}
