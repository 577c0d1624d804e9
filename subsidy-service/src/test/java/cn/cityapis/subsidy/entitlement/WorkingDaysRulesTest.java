package cn.cityapis.subsidy.entitlement;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.subsidy.catalogue.Publication;
import cn.cityapis.subsidy.catalogue.ShippedSchemes;
import cn.cityapis.subsidy.evaluation.CompiledScheme;
import cn.cityapis.subsidy.evaluation.Facts;
import cn.cityapis.subsidy.expression.TriState;
import cn.cityapis.subsidy.scheme.SchemeReader;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A scheme that asks for something within so many working days: its examples reach over 国庆节 2026. */
class WorkingDaysRulesTest {

    private static final String CONDITION = """
            - id: in-time
              label: 博士在入职后 10 个工作日内申请
              expression: educationLevel != "doctor" || workingDaysBetween(engagementStart, asOf) <= 10
              otherwise: 须在入职后 10 个工作日内申请
              citation: {source: report-2019}
            """.indent(4);
    private static final String EXAMPLES = """
            - name: 国庆节后第 10 个工作日之后的休息日
              asOf: 2026-10-18
              facts: {educationLevel: doctor, birthDate: "1990-05-02", engagement: employed-full-time, engagementStart: "2026-09-28", employerKind: company}
              expect: {outcome: yes, fen: 500000, periods: 36}
            - name: 国庆节后第 11 个工作日
              asOf: 2026-10-19
              facts: {educationLevel: doctor, birthDate: "1990-05-02", engagement: employed-full-time, engagementStart: "2026-09-28", employerKind: company}
              expect: {outcome: no, failed: [in-time]}
            """.indent(2);

    private final CompiledScheme scheme = Publication.publish(new SchemeReader().read(ShippedSchemes
            .allowance("in-time").replace("  periodic:\n", CONDITION + "  periodic:\n").stripTrailing() + "\n"
            + EXAMPLES),
            ShippedSchemes.CALENDAR);

    private Entitlements.SchemeOutcome decided(LocalDate start, LocalDate asOf) {
        return Entitlements.SchemeOutcome.of(scheme.decide(new Facts(Map.of("educationLevel", "doctor", "birthDate",
                LocalDate.of(1990, 5, 2), "engagement", "employed-full-time", "engagementStart", start,
                "employerKind", "company")), asOf));
    }

    @Test
    void whatRestsOnAYearThatIsNotAnnouncedIsNotKnownYet() {
        assertThat(decided(LocalDate.of(2026, 12, 28), LocalDate.of(2026, 12, 31)).outcome()).isEqualTo(TriState.YES);
        Entitlements.SchemeOutcome open = decided(LocalDate.of(2026, 12, 28), LocalDate.of(2027, 1, 5));
        assertThat(open.outcome()).isEqualTo(TriState.UNKNOWN);
        assertThat(open.missingFacts()).isEmpty();
        assertThat(open.explanation()).contains("尚不能确定").contains("放假安排");
        assertThat(open.potentialFen()).isEqualTo(18_000_000);
    }

    @Test
    void theShortAnswerIsTheSame() {
        Facts facts = new Facts(Map.of("educationLevel", "doctor", "birthDate", LocalDate.of(1990, 5, 2),
                "engagement", "employed-full-time", "engagementStart", LocalDate.of(2026, 12, 28), "employerKind",
                "company"));
        assertThat(scheme.verdict(facts, LocalDate.of(2027, 1, 5)).result()).isEqualTo(TriState.UNKNOWN);
        assertThat(scheme.verdict(facts, LocalDate.of(2027, 1, 5)).names()).isEmpty();
    }
}
