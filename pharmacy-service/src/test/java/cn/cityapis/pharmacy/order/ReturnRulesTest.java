package cn.cityapis.pharmacy.order;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.pharmacy.money.Fen;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ReturnRulesTest {

    private static final List<Delivery.Part> DELIVERED = List.of(part(1, "A", 10, 3, 735), part(1, "B", 5, 0, 735),
            part(2, "A", 1, 1, 100));

    private static Delivery.Part part(int line, String batch, int quantity, int returned, long fen) {
        return new Delivery.Part(line, new UUID(0, line), "n", new Fen(fen), quantity, returned, batch, LocalDate.MAX);
    }

    private static List<String> wrong(GoodsReturn.Part... parts) {
        return ReturnRules.check(DELIVERED, List.of(parts)).list().stream().map(v -> v.pointer() + " " + v.code())
                .toList();
    }

    @Test
    void whatIsLeftOfABatchMayGoBackAndNoMore() {
        assertThat(wrong(new GoodsReturn.Part(1, "A", 7), new GoodsReturn.Part(1, "B", 5))).isEmpty();
        assertThat(wrong(new GoodsReturn.Part(1, "A", 8))).containsExactly("/lines/0/quantity above-delivery");
        assertThat(wrong(new GoodsReturn.Part(2, "A", 1))).containsExactly("/lines/0/quantity above-delivery");
    }

    @Test
    void unknownBatchesAndRepeatedOnesAreNamed() {
        assertThat(wrong(new GoodsReturn.Part(2, "B", 1), new GoodsReturn.Part(1, "B", 1),
                new GoodsReturn.Part(1, "B", 1)))
                .containsExactly("/lines/0/batchNo unknown", "/lines/2 duplicate");
    }

    @Test
    void isWorthWhatItWasDeliveredFor() {
        assertThat(ReturnRules.amount(DELIVERED, List.of(new GoodsReturn.Part(1, "A", 2),
                new GoodsReturn.Part(2, "A", 1)))).isEqualTo(new Fen(2 * 735 + 100));
    }
}
