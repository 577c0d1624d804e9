package cn.cityapis.pharmacy.report;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.pharmacy.Api;
import cn.cityapis.pharmacy.money.Fen;
import cn.cityapis.pharmacy.table.Row;
import cn.cityapis.pharmacy.table.Xlsx;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ReportPageTest {

    private static final UUID ID = new UUID(0, 1);
    private static final QuarterlyReport REPORT = new QuarterlyReport(ID, "2026-Q3", 2, "补录", OffsetDateTime
            .parse("2026-10-08T09:00:00+08:00"),
            new QuarterlyFigures("2026-Q3", 1, 1, 10, new Fen(7350), new Fen(48_450), 3, 6666, 27, 29, 4,
                    List.of(new QuarterlyFigures.ByMedicine(ID, "<阿卡波糖片>", "50mg", "厂", 10, new Fen(7350),
                            new Fen(735), new Fen(5580), new Fen(48_450))),
                    List.of(new QuarterlyFigures.ByChain(ID, "连锁", 10, new Fen(7350), new Fen(48_450), 20, 10, 10L,
                            5000, 4, 1)),
                    List.of(new QuarterlyFigures.ByArea("371002", "环翠区", 10, new Fen(7350), new Fen(48_450))), true));

    @Test
    void isOnePageOfItsOwnWithChartsAndNothingOfItIsMarkup() {
        String html = ReportPage.html(REPORT);
        assertThat(html).contains("2026年第三季度药品集中采购季度报告", "@page{size:A4", "第 2 版", "73.50", "484.50",
                "66.66%", "验收至付清平均 27 天", "送货至付清平均 29 天", "4 张送货单", "<td>50.00%</td><td>1/4</td>", "含演示数据",
                "&lt;阿卡波糖片&gt;")
                .doesNotContain("<阿卡波糖片>", "http://", "https://", "<script");
        assertThat(html.split("<svg", -1)).hasSize(4);
    }

    @Test
    void theLongestBarIsAsWideAsTheChart() {
        String svg = ReportPage.bars(List.of(50, 100), n -> "n" + n, n -> n, 1);
        assertThat(svg).contains("width=\"195\"", "width=\"390\"");
        assertThat(ReportPage.bars(List.of(), Object::toString, n -> 0, 1)).contains("<svg");
    }

    @Test
    void theSpreadsheetHasAmountsInYuan() {
        List<Row> rows = Xlsx.read(ReportBook.xlsx(REPORT), 100);
        assertThat(rows).anyMatch(r -> r.cell(0).equals("金额（元）") && r.cell(1).equals("73.5"));
        assertThat(rows).anyMatch(r -> r.cell(0).equals("按时付款（%）") && r.cell(1).equals("66.66"));
    }

    /** As it was published before the lines of an agreed volume were counted. */
    @Test
    void anEarlierReportIsStillRead() {
        String json = Api.JSON.writeValueAsString(REPORT.figures())
                .replaceAll(",\"(countedPacks|agreedLines|linesBehind|meanDaysFromDelivery|undecidedDeliveries)\":\\d+",
                        "");
        assertThat(json).doesNotContain("linesBehind", "undecidedDeliveries");
        QuarterlyReport earlier = new QuarterlyReport(ID, "2026-Q3", 1, "r", REPORT.publishedAt(),
                Api.JSON.readValue(json, QuarterlyFigures.class));
        assertThat(ReportPage.html(earlier)).contains("<td>50.00%</td><td>—</td>");
        assertThat(ReportBook.xlsx(earlier)).isNotEmpty();
    }

    @Test
    void aQuarterHasThreeMonths() {
        Quarter third = Quarter.parse("2026-Q3");
        assertThat(third.first()).isEqualTo(LocalDate.of(2026, 7, 1));
        assertThat(third.next()).isEqualTo(LocalDate.of(2026, 10, 1));
        assertThat(third.hasEnded(LocalDate.of(2026, 9, 30))).isFalse();
        assertThat(third.hasEnded(LocalDate.of(2026, 10, 1))).isTrue();
        assertThat(Quarter.parse("2026-Q4").next()).isEqualTo(LocalDate.of(2027, 1, 1));
        assertThat(third).hasToString("2026-Q3");
    }
}
