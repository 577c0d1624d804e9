package cn.cityapis.subsidy.clawback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.cityapis.subsidy.ledger.AccountKey.Budget;
import cn.cityapis.subsidy.money.Fen;
import cn.cityapis.subsidy.scheme.Funding.Party;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** 威金监发〔2023〕25号 第八条、第十四条: what is taken back goes to the budgets that had paid it. */
class ClawbackRulesTest {

    private static final Budget CITY = new Budget("s", 2026, Party.CITY, "371000");
    private static final Budget DISTRICT = new Budget("s", 2026, Party.DISTRICT, "371002");

    private static Map<Budget, Fen> held(long city, long district) {
        Map<Budget, Fen> held = new LinkedHashMap<>();
        held.put(CITY, new Fen(city));
        held.put(DISTRICT, new Fen(district));
        return held;
    }

    @Test
    void theWholeGoesBackToTheFen() {
        assertThat(ClawbackRules.shares(held(750_003, 750_000), new Fen(1_500_003)))
                .isEqualTo(held(750_003, 750_000));
    }

    @Test
    void aPartIsDividedAsItWasPaid() {
        assertThat(ClawbackRules.shares(held(300, 100), new Fen(40))).isEqualTo(held(30, 10));
        assertThat(ClawbackRules.shares(held(100, 100), new Fen(3))).isEqualTo(held(2, 1));
        assertThat(ClawbackRules.shares(held(100, 100), new Fen(1))).isEqualTo(Map.of(CITY, new Fen(1)));
    }

    @Test
    void neverMoreThanWasPaidNorNothing() {
        assertThatThrownBy(() -> ClawbackRules.shares(held(1, 1), new Fen(3)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ClawbackRules.shares(held(1, 1), Fen.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void alwaysAddsUpAndTakesFromNobodyMoreThanHePaid() {
        Random random = new Random(7);
        for (int n = 0; n < 20_000; n++) {
            long city = 1 + random.nextLong(1L << random.nextInt(1, 40));
            long district = 1 + random.nextLong(1L << random.nextInt(1, 40));
            Fen amount = new Fen(1 + random.nextLong(city + district));
            Map<Budget, Fen> shares = ClawbackRules.shares(held(city, district), amount);
            assertThat(ClawbackRules.sum(shares)).isEqualTo(amount);
            assertThat(shares.getOrDefault(CITY, Fen.ZERO).value()).isBetween(0L, city);
            assertThat(shares.getOrDefault(DISTRICT, Fen.ZERO).value()).isBetween(0L, district);
        }
    }
}
