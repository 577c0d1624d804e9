package cn.cityapis.subsidy.entitlement;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.subsidy.catalogue.Publication;
import cn.cityapis.subsidy.catalogue.ShippedSchemes;
import cn.cityapis.subsidy.evaluation.CompiledScheme;
import cn.cityapis.subsidy.evaluation.Facts;
import cn.cityapis.subsidy.scheme.SchemeReader;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A scheme whose numbers do not fit answers for itself; the others are answered as if it were not there. */
class BeyondRangeRulesTest {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 21);
    private static final Map<String, Object> WORKS = Map.of("birthDate", LocalDate.of(1994, 5, 2), "engagement",
            "employed-full-time", "engagementStart", LocalDate.of(2026, 11, 16), "employerKind", "company");
    private static final CompiledScheme ALLOWANCE = ShippedSchemes.published(ShippedSchemes.ALLOWANCE);

    /** Matters to nobody who has a degree, and overflows for who has none and served. */
    private static CompiledScheme overflowing() {
        return Publication.publish(new SchemeReader().read(ShippedSchemes
                .allowance("overflowing").replace("  - {id: professionalPost,",
                        "  - {id: served, type: integer, label: 服务年数, question: 服务了几年？, source: 单位证明}\n"
                                + "  - {id: professionalPost,")
                .replace("  periodic:\n", "    - {id: service, label: 服务年数, otherwise: 服务年数不足,"
                        + " citation: {source: report-2019}, expression: 'educationLevel != \"other\" ||"
                        + " served * 4611686018427387904 > 5'}\n  periodic:\n")),
                ShippedSchemes.CALENDAR);
    }

    private static Facts facts(String level) {
        return new Facts(Map.of("educationLevel", level, "served", 3L)).with(new Facts(WORKS));
    }

    /** Fits by itself, but not twice. */
    private static CompiledScheme huge(String id) {
        return Publication.publish(
                new SchemeReader().read(ShippedSchemes.allowance(id).replace("500000", "250000000000000000")),
                ShippedSchemes.CALENDAR);
    }

    @Test
    void theOthersAreAnsweredAsEver() {
        Entitlements all = Entitlements.of(List.of(ALLOWANCE, overflowing()), facts("other"), DAY);
        assertThat(all.outcomes()).isEqualTo(Entitlements.of(List.of(ALLOWANCE), facts("other"), DAY).outcomes());
        assertThat(all.notComputed()).singleElement().satisfies(one -> {
            assertThat(one.schemeId()).isEqualTo("overflowing");
            assertThat(one.code()).isEqualTo("beyond-range");
        });
        assertThat(Entitlements.of(List.of(overflowing()), facts("doctor"), DAY).notComputed()).isEmpty();
    }

    @Test
    void amountsThatCannotBeAddedUpAreNotComputedEither() {
        Entitlements all = Entitlements.of(List.of(ALLOWANCE, huge("huge"), huge("more")), facts("doctor"), DAY);
        assertThat(all.outcomes()).extracting(Entitlements.SchemeOutcome::schemeId)
                .containsExactly(ShippedSchemes.ALLOWANCE, "huge");
        assertThat(all.notComputed()).extracting(Entitlements.NotComputed::schemeId).containsExactly("more");
        assertThat(all.bestCombination().totalFen()).isEqualTo(9_000_000_000_018_000_000L);
    }
}
