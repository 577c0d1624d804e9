package cn.cityapis.subsidy.payment;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.subsidy.application.ApplicationState;
import cn.cityapis.subsidy.catalogue.ShippedSchemes;
import cn.cityapis.subsidy.evaluation.Facts;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PaymentRulesTest {

    private static List<Payment.Reason> recheck(String engagement) {
        return PaymentRules.recheck(ShippedSchemes.published(ShippedSchemes.ALLOWANCE),
                new Facts(Map.of("educationLevel", "doctor", "engagement", engagement, "employerKind", "company",
                        "engagementStart", LocalDate.of(2026, 11, 16))),
                YearMonth.of(2026, 11), LocalDate.of(2026, 11, 21));
    }

    @Test
    void paysWhoIsStillEmployed() {
        assertThat(recheck("employed-full-time")).isEmpty();
    }

    @Test
    void whatWasOrderedGoesOutOnlyOfACaseThatIsPayingOrEnded() {
        List<Payment.Reason> gone = recheck("none");
        for (ApplicationState state : List.of(ApplicationState.PAYING, ApplicationState.ENDED)) {
            assertThat(PaymentRules.standing(state, List.of())).isEqualTo(new Standing.Due());
            assertThat(PaymentRules.standing(state, gone)).isEqualTo(new Standing.NotDue(gone));
        }
        assertThat(PaymentRules.standing(ApplicationState.SUSPENDED, gone)).isEqualTo(new Standing.OnHold());
        assertThat(PaymentRules.standing(ApplicationState.CLAWED_BACK, List.of()))
                .isInstanceOf(Standing.NotDue.class);
    }

    @Test
    void withholdsFromWhoHasLeftAndSaysWhy() {
        assertThat(recheck("none")).extracting(Payment.Reason::condition).containsExactly("still-engaged");
        assertThat(recheck("none").getFirst().citation()).contains("2019").contains("演示");
    }
}
