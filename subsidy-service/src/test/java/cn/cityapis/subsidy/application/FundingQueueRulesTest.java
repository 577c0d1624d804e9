package cn.cityapis.subsidy.application;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.subsidy.ledger.AccountKey.Budget;
import cn.cityapis.subsidy.money.Fen;
import cn.cityapis.subsidy.scheme.Funding.Party;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FundingQueueRulesTest {

    private static final Budget CITY = new Budget("s", 2026, Party.CITY, "371000");
    private static final Budget NORTH = new Budget("s", 2026, Party.DISTRICT, "371002");
    private static final Budget SOUTH = new Budget("s", 2026, Party.DISTRICT, "371003");

    private static FundingQueue.Waiting waiting(Budget district, long fen) {
        return new FundingQueue.Waiting(UUID.randomUUID(), Map.of(CITY, new Fen(fen), district, new Fen(fen)));
    }

    private static List<FundingQueue.Waiting> funded(List<FundingQueue.Waiting> waiting, Map<Budget, Fen> available) {
        FundingQueue queue = new FundingQueue(available);
        return waiting.stream().filter(queue::reaches).peek(queue::take).toList();
    }

    @Test
    void fundsToTheLastFen() {
        var first = waiting(NORTH, 60);
        var second = waiting(NORTH, 40);
        assertThat(funded(List.of(first, second), Map.of(CITY, new Fen(100), NORTH, new Fen(100))))
                .containsExactly(first, second);
        assertThat(funded(List.of(first, second), Map.of(CITY, new Fen(99), NORTH, new Fen(100))))
                .containsExactly(first);
    }

    @Test
    void nobodyOvertakesWhoWaitsForTheSameMoney() {
        var big = waiting(NORTH, 200);
        var small = waiting(SOUTH, 10);
        assertThat(funded(List.of(big, small),
                Map.of(CITY, new Fen(100), NORTH, new Fen(500), SOUTH, new Fen(500))))
                .isEmpty();
    }

    @Test
    void whoLacksHisDistrictsMoneyDoesNotHoldUpOtherDistricts() {
        var poor = waiting(NORTH, 50);
        var other = waiting(SOUTH, 50);
        assertThat(funded(List.of(poor, other),
                Map.of(CITY, new Fen(100), NORTH, new Fen(10), SOUTH, new Fen(50))))
                .containsExactly(other);
    }

    @Test
    void aBudgetThatWasNeverOpenedHoldsNothing() {
        assertThat(funded(List.of(waiting(NORTH, 1)), Map.of(CITY, new Fen(100)))).isEmpty();
    }

    @Test
    void whatAWithdrawnCaseDoesNotTakeIsThereForTheNext() {
        FundingQueue queue = new FundingQueue(Map.of(CITY, new Fen(100), NORTH, new Fen(100)));
        assertThat(queue.reaches(waiting(NORTH, 100))).isTrue();
        assertThat(queue.reaches(waiting(NORTH, 100))).isTrue();
    }
}
