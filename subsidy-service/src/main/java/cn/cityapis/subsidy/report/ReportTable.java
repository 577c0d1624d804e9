package cn.cityapis.subsidy.report;

import cn.cityapis.subsidy.csv.Csv;
import cn.cityapis.subsidy.scheme.Funding;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/** The report as rows of cells; the same for CSV and XLSX. Amounts in fen. */
final class ReportTable {

    static final List<String> HEAD = List.of("方案", "区划代码", "承担方", "预算下达（分）", "可用（分）", "已承诺（分）", "已送银行（分）", "已支付（分）",
            "应收回（分）", "市级拨来待付（分）", "已支付份数");

    private ReportTable() {
    }

    static List<Object> cells(ReportLine line) {
        return List.of(line.schemeId(), line.areaCode(), line.party() == Funding.Party.CITY ? "市级" : "区市",
                line.appropriatedFen(), line.availableFen(), line.committedFen(), line.inTransitFen(), line.paidFen(),
                line.receivableFen(), line.cityFundsFen(), line.paidCases());
    }

    /** With a byte order mark, so that spreadsheets read the Chinese. */
    static String csv(List<ReportLine> lines) {
        StringBuilder csv = new StringBuilder("\uFEFF").append(Csv.line(HEAD));
        lines.forEach(line -> csv.append(Csv.line(cells(line))));
        return csv.toString();
    }

    /** Blocks while it packs: not for an event loop. */
    static byte[] xlsx(List<ReportLine> lines) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Workbook workbook = new Workbook(bytes, "subsidy", "1.0")) {
            Worksheet sheet = workbook.newWorksheet("年度报表");
            row(sheet, 0, HEAD);
            for (int i = 0; i < lines.size(); i++) {
                row(sheet, i + 1, cells(lines.get(i)));
            }
            sheet.freezePane(0, 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void row(Worksheet sheet, int row, List<?> cells) {
        for (int column = 0; column < cells.size(); column++) {
            if (cells.get(column) instanceof Long number) {
                sheet.value(row, column, number);
            } else {
                sheet.value(row, column, cells.get(column).toString());
            }
        }
    }
}
