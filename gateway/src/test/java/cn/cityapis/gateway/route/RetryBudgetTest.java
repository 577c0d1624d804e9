package cn.cityapis.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryBudgetTest {

    private static long taken(RetryBudget budget, int tries) {
        return IntStream.range(0, tries).filter(i -> budget.take()).count();
    }

    @Test
    void aFewAreInHandThenATenthOfTheRequests() {
        RetryBudget budget = new RetryBudget(10);
        assertThat(taken(budget, 50)).isEqualTo(10);
        IntStream.range(0, 9).forEach(i -> budget.firstAttempt());
        assertThat(budget.take()).isFalse();
        budget.firstAttempt();
        assertThat(taken(budget, 5)).isEqualTo(1);
        IntStream.range(0, 10_000).forEach(i -> budget.firstAttempt());
        assertThat(taken(budget, 50)).as("never more than in hand").isEqualTo(10);
    }

    @Test
    void noneIsNone() {
        RetryBudget budget = new RetryBudget(0);
        budget.firstAttempt();
        assertThat(budget.take()).isFalse();
    }
}
