package cn.cityapis.eldercare.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("威民发〔2023〕17号 第二十二条: fees as published, each item from a day until its next change")
class FeeChangeTest {

    private static final LocalDate DAY = LocalDate.of(2027, 1, 1);
    private static final List<FeeItem> BEFORE = List.of(new FeeItem("餐费", 75_000), new FeeItem("护理费", 90_000));

    private static FeeChange change(String name, Long fen, LocalDate from) {
        return new FeeChange(UUID.randomUUID(), name, fen, from);
    }

    @Test
    void aChangeHoldsFromItsDayNotTheDayBefore() {
        List<FeeChange> changes = List.of(change("餐费", 80_000L, DAY));
        assertThat(FeeChange.inForce(BEFORE, changes, DAY.minusDays(1))).isEqualTo(BEFORE);
        assertThat(FeeChange.inForce(BEFORE, changes, DAY)).containsExactly(new FeeItem("餐费", 80_000),
                new FeeItem("护理费", 90_000));
    }

    @Test
    void theLatestThatHasBegunHoldsInWhateverOrderTheyWereAnnounced() {
        List<FeeChange> changes = List.of(change("餐费", 85_000L, DAY.plusDays(30)), change("餐费", 80_000L, DAY),
                change("餐费", 99_000L, DAY.plusDays(60)));
        assertThat(FeeChange.inForce(BEFORE, changes, DAY.plusDays(59)).getFirst().monthlyFen()).isEqualTo(85_000);
    }

    @Test
    void anItemFallsAwayAndMayComeBack() {
        List<FeeChange> changes = List.of(change("护理费", null, DAY), change("护理费", 1L, DAY.plusDays(9)),
                change("取暖费", 5L, DAY));
        assertThat(FeeChange.inForce(BEFORE, changes, DAY)).containsExactly(new FeeItem("餐费", 75_000),
                new FeeItem("取暖费", 5));
        assertThat(FeeChange.inForce(BEFORE, changes, DAY.plusDays(9))).contains(new FeeItem("护理费", 1));
    }
}
