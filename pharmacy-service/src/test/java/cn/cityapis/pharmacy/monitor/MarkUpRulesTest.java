package cn.cityapis.pharmacy.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.pharmacy.money.Fen;
import java.time.LocalDate;
import java.util.List;
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

    @Test
    void weiyibaofa2023_33_isInForceForFiveYears() {
        List<MarkUpRules.Rule> all = List.of(MEDICINE, PIECES);
        assertThat(MarkUpRules.inForce(all, "medicine", FROM.minusDays(1))).isEmpty();
        assertThat(MarkUpRules.inForce(all, "medicine", FROM)).contains(MEDICINE);
        assertThat(MarkUpRules.inForce(all, "decoction_piece", TO)).contains(PIECES);
        assertThat(MarkUpRules.inForce(all, "medicine", TO.plusDays(1))).isEmpty();
    }
}
