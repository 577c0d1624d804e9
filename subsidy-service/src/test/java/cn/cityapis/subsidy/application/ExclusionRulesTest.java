package cn.cityapis.subsidy.application;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.subsidy.catalogue.ShippedSchemes;
import cn.cityapis.subsidy.scheme.Scheme;
import cn.cityapis.subsidy.scheme.SchemeReader;
import java.util.List;
import org.junit.jupiter.api.Test;

/** 不得重复享受. */
class ExclusionRulesTest {

    private final Scheme silent = ShippedSchemes.scheme(ShippedSchemes.ALLOWANCE);
    private final Scheme says = new SchemeReader()
            .read(ShippedSchemes.text(ShippedSchemes.RD)
                    + "excludes: [talent-living-allowance, talent-insurance-rd]\n");
    private final Scheme third = ShippedSchemes.scheme(ShippedSchemes.PERSONAL);

    @Test
    void itIsEnoughThatOneOfTheTwoSaysSo() {
        assertThat(ExclusionRules.exclude(says, silent)).isTrue();
        assertThat(ExclusionRules.exclude(silent, says)).isTrue();
        assertThat(ExclusionRules.exclude(third, silent)).isFalse();
        assertThat(ExclusionRules.exclude(third, says)).isFalse();
    }

    @Test
    void noSchemeExcludesItself() {
        assertThat(ExclusionRules.exclude(says, says)).isFalse();
    }

    @Test
    void aPairHasOneNameWhicheverAsks() {
        List<Scheme> all = List.of(silent, says, third);
        assertThat(ExclusionRules.pairs(says, all)).containsExactly("talent-insurance-rd|talent-living-allowance")
                .isEqualTo(ExclusionRules.pairs(silent, all));
        assertThat(ExclusionRules.pairs(third, all)).isEmpty();
    }
}
