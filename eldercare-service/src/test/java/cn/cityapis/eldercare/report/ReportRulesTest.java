package cn.cityapis.eldercare.report;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.eldercare.waitlist.Channel;
import java.time.YearMonth;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportRulesTest {

    private static final UUID HOME = UUID.randomUUID();
    private static final YearMonth MARCH = YearMonth.of(2026, 3);

    private static Movements.Key key(int month) {
        return new Movements.Key(HOME, Channel.PRIORITY, YearMonth.of(2026, month));
    }

    @Test
    @DisplayName("第七条: how many wait at the end of a month is all who came less all who went")
    void theQueueAtTheEndOfEachMonth() {
        Movements movements = new Movements(
                List.of(new Movements.Entered(key(2), 10), new Movements.Entered(key(4), 3)),
                List.of(new Movements.Ended(key(2), 1, 0, 5, 5), new Movements.Ended(key(3), 2, 1, 20, 30)), List.of(),
                List.of());
        List<ReportLine> lines = ReportRules.lines(
                List.of(new ReportRules.Place(HOME, "h", "院", "371002")), MARCH, MARCH.plusMonths(1), movements)
                .stream()
                .filter(line -> line.channel() == Channel.PRIORITY)
                .toList();
        assertThat(lines).extracting(ReportLine::month).containsExactly("2026-03", "2026-04");
        assertThat(lines).extracting(ReportLine::waiting).containsExactly(6, 9);
        assertThat(lines).extracting(ReportLine::entered).containsExactly(0, 3);
        assertThat(lines.getFirst().medianWaitDays()).isEqualTo(20);
        assertThat(lines.getLast().medianWaitDays()).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {"=1+1|'=1+1", "+86|'+86", "@x|'@x", "院|院", "a,b|\"a,b\"",
            "say \"a\"|\"say \"\"a\"\"\""})
    void noCellIsAFormulaOrBreaksTheLine(String cell, String written) {
        assertThat(ReportTable.csvCell(cell)).isEqualTo(written);
    }
}
