package cn.cityapis.subsidy.insurance;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.platform.problem.Violation;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** 威金监发〔2023〕25号 第五条: the years stated against the years known. */
class YearRulesTest {

    private static final YearRules.Insured SOMEBODY = new YearRules.Insured("talent-insurance-rd", "a");

    private static List<Violation> wrong(int stated, Set<Integer> approved, int unknown) {
        return YearRules.wrong(2026, List.of(new YearRules.Claim(3, SOMEBODY, stated)), Map.of(SOMEBODY, approved),
                unknown);
    }

    /** Two years approved, in 2024 and 2025; 2023 may be unknown. */
    @ParameterizedTest
    @CsvSource({"0,0,false", "1,0,false", "2,0,true", "3,0,false", "1,1,false", "2,1,true", "3,1,true", "4,1,false"})
    void article5TheYearsStatedAreThoseKnownAndAtMostThoseOfWhichNothingIsKnown(int stated, int unknown,
            boolean right) {
        assertThat(wrong(stated, Set.of(2024, 2025), unknown).isEmpty()).isEqualTo(right);
    }

    @Test
    void whatWasFoundIsTold() {
        assertThat(wrong(0, Set.of(2025, 2024), 1)).containsExactly(new Violation("/rows/3/yearsSubsidised", "differs",
                "申报已享受 0 年，补贴记录为 2 年（2024、2025），另有 1 个年度无记录（第五条）"));
        assertThat(wrong(0, Set.of(), 0)).isEmpty();
        assertThat(wrong(1, Set.of(), 0)).singleElement()
                .satisfies(one -> assertThat(one.detail()).isEqualTo("申报已享受 1 年，补贴记录为 0 年（第五条）"));
    }

    @Test
    void article5AnEarlierYearIsNotApprovedAfterALaterOne() {
        assertThat(wrong(0, Set.of(2027), 0)).extracting(Violation::code).containsExactly("later-year");
    }

    @Test
    void anotherKindOfInsuranceIsCountedByItself() {
        assertThat(YearRules.wrong(2026,
                List.of(new YearRules.Claim(1, new YearRules.Insured("talent-insurance-personal", "a"), 0)),
                Map.of(SOMEBODY, Set.of(2025)), 0)).isEmpty();
    }
}
