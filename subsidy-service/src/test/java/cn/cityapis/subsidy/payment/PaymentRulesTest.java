package cn.cityapis.subsidy.payment;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.subsidy.catalogue.ShippedSchemes;
import cn.cityapis.subsidy.evaluation.Facts;
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PaymentRulesTest {

    private static final Payments.Due NOVEMBER = new Payments.Due(UUID.randomUUID(), ShippedSchemes.ALLOWANCE, 1,
            "owner",
            "371002", LocalDate.of(2026, 11, 1), 500_000, 2026, LocalDate.of(2026, 11, 21));

    private static java.util.List<Payment.Reason> recheck(String engagement) {
        return PaymentRules.recheck(ShippedSchemes.published(ShippedSchemes.ALLOWANCE),
                new Facts(Map.of("educationLevel", "doctor", "engagement", engagement, "employerKind", "company",
                        "engagementStart", LocalDate.of(2026, 11, 16))),
                NOVEMBER);
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
