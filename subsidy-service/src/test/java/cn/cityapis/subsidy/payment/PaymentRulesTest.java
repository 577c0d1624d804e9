package cn.cityapis.subsidy.payment;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.subsidy.catalogue.ShippedSchemes;
import cn.cityapis.subsidy.evaluation.Facts;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PaymentRulesTest {

    private static java.util.List<Payment.Reason> recheck(String engagement) {
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
    void withholdsFromWhoHasLeftAndSaysWhy() {
        assertThat(recheck("none")).extracting(Payment.Reason::condition).containsExactly("still-engaged");
        assertThat(recheck("none").getFirst().citation()).contains("2019").contains("演示");
    }
}
