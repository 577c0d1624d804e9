package cn.cityapis.subsidy.entitlement;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.subsidy.catalogue.ShippedSchemes;
import cn.cityapis.subsidy.evaluation.CompiledScheme;
import cn.cityapis.subsidy.evaluation.RandomCases;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class LastingJsonTest {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 21);

    private final JsonMapper usual = JsonMapper.builder().build();
    private final JsonMapper lasting = JsonMapper.builder().addModule(new LastingJson()).build();

    @Test
    void whatIsWrittenOnceReadsAsWhatIsWrittenEachTime() {
        RandomCases cases = new RandomCases(3);
        for (CompiledScheme scheme : ShippedSchemes.all()) {
            for (int i = 0; i < 30; i++) {
                var outcome = Entitlements.SchemeOutcome.of(scheme.decide(cases.facts(scheme), DAY));
                String text = usual.writeValueAsString(outcome);
                assertThat(lasting.writeValueAsString(outcome)).isEqualTo(text).doesNotContain("asting");
                assertThat(new String(lasting.writeValueAsBytes(outcome), java.nio.charset.StandardCharsets.UTF_8))
                        .isEqualTo(text);
            }
        }
    }
}
