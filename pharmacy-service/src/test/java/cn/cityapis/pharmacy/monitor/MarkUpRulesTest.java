package cn.cityapis.pharmacy.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.pharmacy.catalogue.ProductKind;
import cn.cityapis.pharmacy.money.Fen;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** 威医保发〔2023〕33号 二（一）, in force from 2023-09-01 to 2028-08-31. */
class MarkUpRulesTest {

    private static final LocalDate FROM = LocalDate.of(2023, 9, 1);
    private static final LocalDate TO = LocalDate.of(2028, 8, 31);
    private static final MarkUpRules.Rule MEDICINE = new MarkUpRules.Rule("medicine", FROM, TO, 0, "b");
    private static final MarkUpRules.Rule PIECES = new MarkUpRules.Rule("decoction_piece", FROM, TO, 2500, "b");

    @Test
    void weiyibaofa2023_33_2_1_medicinesAreSoldForWhatTheyCost() {
        assertThat(MarkUpRules.highest(new Fen(735), MEDICINE)).isEqualTo(new Fen(735));
    }

    @Test
    void weiyibaofa2023_33_2_1_decoctionPiecesForAQuarterMoreAtMost() {
        assertThat(MarkUpRules.highest(new Fen(1000), PIECES)).isEqualTo(new Fen(1250));
        assertThat(MarkUpRules.highest(new Fen(999), PIECES)).isEqualTo(new Fen(1248));
    }

    private static PriceRules.Judgement judged(long retail, Optional<MarkUpRules.Rule> rule, PriceLevel before,
            String... reasons) {
        return MarkUpRules.judge(new PriceRules.Judgement(before, List.of(reasons)), new Fen(retail), new Fen(1000),
                rule);
    }

    @Test
    void weiyibaofa2023_33_2_1_oneFenAboveWhatAPublicInstitutionMayAskIsRed() {
        assertThat(judged(1000, Optional.of(MEDICINE), PriceLevel.GREEN).level()).isEqualTo(PriceLevel.GREEN);
        assertThat(judged(1001, Optional.of(MEDICINE), PriceLevel.GREEN))
                .isEqualTo(new PriceRules.Judgement(PriceLevel.RED, List.of("markup")));
        assertThat(judged(1250, Optional.of(PIECES), PriceLevel.YELLOW, "procured").reasons())
                .containsExactly("procured");
        assertThat(judged(1251, Optional.of(PIECES), PriceLevel.YELLOW, "procured").reasons())
                .containsExactly("markup");
        assertThat(judged(2000, Optional.of(MEDICINE), PriceLevel.RED, "procured", "history").reasons())
                .containsExactly("markup", "procured", "history");
        assertThat(judged(1001, Optional.empty(), PriceLevel.GREEN).level()).isEqualTo(PriceLevel.GREEN);
    }

    @Test
    void weiyibaofa2023_33_isInForceForFiveYears() {
        List<MarkUpRules.Rule> all = List.of(MEDICINE, PIECES);
        assertThat(MarkUpRules.inForce(all, "medicine", FROM.minusDays(1))).isEmpty();
        assertThat(MarkUpRules.inForce(all, "medicine", FROM)).contains(MEDICINE);
        assertThat(MarkUpRules.inForce(all, "decoction_piece", TO)).contains(PIECES);
        assertThat(MarkUpRules.inForce(all, "medicine", TO.plusDays(1))).isEmpty();
    }

    /** 药品……以及可另行单独收费的一次性医用耗材; of reagents it says nothing. */
    @Test
    void weiyibaofa2023_33_2_1_bindsMedicinesAndConsumablesAndNoReagents() {
        MarkUpRules.Rule consumable = new MarkUpRules.Rule("consumable", FROM, TO, 0, "b");
        MarkUpRules.InForce rules = MarkUpRules.inForce(List.of(PIECES, consumable, MEDICINE), FROM);
        assertThat(rules.of(ProductKind.MEDICINE)).contains(MEDICINE);
        assertThat(rules.of(ProductKind.CONSUMABLE)).contains(consumable);
        assertThat(rules.of(ProductKind.REAGENT)).isEmpty();
        assertThat(rules.of(ProductKind.DECOCTION_PIECE)).contains(PIECES);
    }
}
