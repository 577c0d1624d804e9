package cn.cityapis.policy.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StandingRulesTest {

    private static final LocalDate ISSUED = LocalDate.of(2020, 5, 1);

    @ParameterizedTest
    @CsvSource({"2020-04-30,NOT_YET", "2020-05-01,IN_FORCE", "2023-08-08,IN_FORCE", "2023-08-09,REPEALED",
            "2030-01-01,REPEALED"})
    void holdsUntilTheDayBeforeItsRepeal(LocalDate day, Status status) {
        assertThat(standing(null, LocalDate.of(2023, 8, 9)).on(day)).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"2023-08-09,2023-08-08,REPEALED", "2023-08-09,2023-08-09,REPEALED", "2023-08-09,2023-08-07,EXPIRED"})
    void isEndedByWhatCameFirst(LocalDate since, LocalDate until, Status status) {
        Standing standing = standing(until, since);
        assertThat(standing.on(LocalDate.of(2024, 1, 1))).isEqualTo(status);
        assertThat(standing.on(until.minusDays(1))).isEqualTo(Status.IN_FORCE);
        assertThat(standing.lastDay()).isEqualTo(until.isBefore(since) ? until : since.minusDays(1));
    }

    @Test
    void isRepealedBeforeItEverCameIntoForce() {
        Standing standing = standing(null, LocalDate.of(2020, 4, 1));
        assertThat(standing.on(LocalDate.of(2020, 4, 15))).isEqualTo(Status.REPEALED);
        assertThat(standing.on(LocalDate.of(2020, 3, 31))).isEqualTo(Status.NOT_YET);
    }

    @Test
    void announcesAComingRepeal() {
        String wording = standing(null, LocalDate.of(2023, 8, 9)).wording(LocalDate.of(2023, 8, 8));
        assertThat(wording).contains("现行有效", "将自2023年8月9日起由海政发〔2023〕1号第九条废止");
    }

    @Test
    void saysWhatGoesOnUnderTheOldRule() {
        assertThat(standing(null, LocalDate.of(2023, 8, 9)).wording(LocalDate.of(2024, 1, 1)))
                .startsWith("已废止，自2023年8月9日起由海政发〔2023〕1号第九条废止").contains("剩余年限");
    }

    @Test
    void isRepealedOnAnyDayWhereNobodyKnowsSinceWhen() {
        Standing standing = standing(null, null);
        assertThat(standing.on(LocalDate.of(2024, 1, 1))).isEqualTo(Status.REPEALED);
        assertThat(standing.wording(LocalDate.of(2024, 1, 1))).contains("废止日期不详");
    }

    @ParameterizedTest
    @CsvSource({"2024-12-31,IN_FORCE", "2025-01-01,IN_FORCE", "2027-12-31,IN_FORCE", "2028-01-01,EXPIRED"})
    void holdsOnUntilTheLastDayOfItsExtension(LocalDate day, Status status) {
        assertThat(extended(LocalDate.of(2027, 12, 31), null).on(day)).isEqualTo(status);
    }

    @Test
    void holdsOnWithoutAnEndWhereNoneIsNamed() {
        Standing standing = extended(null, null);
        assertThat(standing.on(LocalDate.of(2040, 1, 1))).isEqualTo(Status.IN_FORCE);
        assertThat(standing.lastDay()).isNull();
        assertThat(standing.wording(LocalDate.of(2040, 1, 1))).contains("原有效期至2024年12月31日，由海政发〔2024〕9号第一条宣布继续有效");
    }

    @Test
    void anExtensionShortensNothing() {
        Standing standing = extended(LocalDate.of(2023, 1, 1), null);
        assertThat(standing.lastDay()).isEqualTo("2024-12-31");
        assertThat(standing.wording(LocalDate.of(2024, 1, 1))).doesNotContain("延长");
    }

    @Test
    void saysWhoProlongedIt() {
        Standing standing = extended(LocalDate.of(2027, 12, 31), null);
        assertThat(standing.wording(LocalDate.of(2025, 1, 1)))
                .isEqualTo("现行有效，自2020年5月1日起施行，有效期至2027年12月31日；原有效期至2024年12月31日，由海政发〔2024〕9号第一条延长");
        assertThat(standing.wording(LocalDate.of(2028, 1, 1))).startsWith("已失效，有效期至2027年12月31日，").endsWith("延长");
    }

    @ParameterizedTest
    @CsvSource({"2026-01-01,2025-12-31,REPEALED", "2029-01-01,2027-12-31,EXPIRED"})
    void isRepealedWithinItsExtensionOnly(LocalDate since, LocalDate lastDay, Status status) {
        Standing standing = extended(LocalDate.of(2027, 12, 31), since);
        assertThat(standing.lastDay()).isEqualTo(lastDay);
        assertThat(standing.on(lastDay)).isEqualTo(Status.IN_FORCE);
        assertThat(standing.on(LocalDate.of(2030, 1, 1))).isEqualTo(status);
    }

    private static Standing extended(@Nullable LocalDate until, @Nullable LocalDate repealed) {
        return new Standing(new Validity(ISSUED, null, LocalDate.of(2024, 12, 31), false),
                repealed == null ? null : new Repeal(repealed, "海政发〔2023〕1号", "第九条", null),
                new Extension(until, "海政发〔2024〕9号", "第一条"));
    }

    private static Standing standing(@Nullable LocalDate until, @Nullable LocalDate since) {
        return new Standing(new Validity(ISSUED, null, until, false),
                new Repeal(since, "海政发〔2023〕1号", "第九条", KeptAlive.REMAINING_TERM), null);
    }
}
