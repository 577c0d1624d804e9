package cn.cityapis.pharmacy.report;

import cn.cityapis.pharmacy.money.Fen;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;

/** The report as a spreadsheet; amounts are in yuan. */
final class ReportBook {

    private static final double FEN_PER_YUAN = 100;

    private ReportBook() {
    }

    /** Blocks while it packs: not for an event loop. */
    static byte[] xlsx(QuarterlyReport report) {
        QuarterlyFigures f = report.figures();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Workbook workbook = new Workbook(bytes, "pharmacy", "1.0")) {
            sheet(workbook, "总表", List.of("项目", "数值"), List.of(Arrays.asList("季度", report.quarter()),
                    Arrays.asList("版次", report.edition()), Arrays.asList("采购企业（家）", f.buyers()),
                    Arrays.asList("药品（种）", f.medicines()), Arrays.asList("数量（包装）", f.packs()),
                    Arrays.asList("金额（元）", f.amountFen()), Arrays.asList("比集采前节省（元）", f.savedFen()),
                    Arrays.asList("到期结算单", f.settlementsDue()), Arrays.asList("按时付款（%）", percent(f.paidInTimeBp())),
                    Arrays.asList("验收至付清平均天数", f.meanSettlementDays()),
                    Arrays.asList("送货至付清平均天数", f.meanDaysFromDelivery()),
                    Arrays.asList("季末未验收的送货单", f.undecidedDeliveries()),
                    Arrays.asList("是否含演示数据", f.demo() ? "是" : "否")));
            sheet(workbook, "按药品", List.of("通用名", "规格", "生产企业", "数量（包装）", "金额（元）", "平均采购价（元）", "集采前价格（元）",
                    "节省（元）"),
                    f.byMedicine().stream().<List<@Nullable Object>>map(m -> Arrays.asList(m.genericName(),
                            m.strength(), m.maker(), m.packs(), m.amountFen(), m.meanPriceFen(), m.beforePriceFen(),
                            m.savedFen())).toList());
            sheet(workbook, "按采购方", List.of("采购方", "数量（包装）", "金额（元）", "节省（元）", "应完成（包装）", "已完成（包装）", "完成（%）",
                    "约定项", "落后项"),
                    f.byChain().stream().<List<@Nullable Object>>map(c -> Arrays.asList(c.name(), c.packs(),
                            c.amountFen(), c.savedFen(), c.expectedPacks(), c.fulfilledPacks(),
                            percent(c.fulfilmentBp()), c.agreedLines(), c.linesBehind())).toList());
            sheet(workbook, "按区市", List.of("区划代码", "区市", "数量（包装）", "金额（元）", "节省（元）"),
                    f.byArea().stream().<List<@Nullable Object>>map(a -> Arrays.asList(a.areaCode(), a.name(),
                            a.packs(), a.amountFen(), a.savedFen())).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static @Nullable Double percent(@Nullable Integer bp) {
        return bp == null ? null : bp / FEN_PER_YUAN;
    }

    private static void sheet(Workbook workbook, String name, List<String> head,
            List<? extends List<? extends @Nullable Object>> rows) {
        Worksheet sheet = workbook.newWorksheet(name);
        row(sheet, 0, head);
        for (int i = 0; i < rows.size(); i++) {
            row(sheet, i + 1, rows.get(i));
        }
        sheet.freezePane(0, 1);
    }

    private static void row(Worksheet sheet, int row, List<? extends @Nullable Object> cells) {
        for (int column = 0; column < cells.size(); column++) {
            Object cell = cells.get(column);
            if (cell instanceof Fen fen) {
                sheet.value(row, column, fen.amount() / FEN_PER_YUAN);
            } else if (cell instanceof Number number) {
                sheet.value(row, column, number);
            } else if (cell != null) {
                sheet.value(row, column, cell.toString());
            }
        }
    }
}
