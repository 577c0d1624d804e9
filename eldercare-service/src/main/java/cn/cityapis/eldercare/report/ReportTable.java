package cn.cityapis.eldercare.report;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;

/** The report as rows of cells; the same for CSV and XLSX. */
final class ReportTable {

    static final List<String> HEAD = List.of("月份", "区划代码", "机构代码", "机构名称", "通道", "本月进入", "月末轮候", "本月入住", "其他退出",
            "等待天数中位", "等待天数九成", "发出通知", "已接受", "已拒绝", "已逾期", "错过期限");

    private ReportTable() {
    }

    /** Text, a whole number, or nothing. */
    static List<@Nullable Object> cells(ReportLine line) {
        return Arrays.asList(line.month(), line.districtCode(), line.homeCode(), line.homeName(),
                line.channel().title(), line.entered(), line.waiting(), line.admitted(), line.otherEnds(),
                line.medianWaitDays(), line.longWaitDays(), line.offers(), line.accepted(), line.refused(),
                line.lapsed(), line.deadlinesMissed());
    }

    /** With a byte order mark, so that spreadsheets read the Chinese; no cell can be taken for a formula. */
    static String csv(List<ReportLine> lines) {
        StringBuilder csv = new StringBuilder("\uFEFF").append(String.join(",", HEAD)).append("\r\n");
        for (ReportLine line : lines) {
            csv.append(cells(line).stream().map(ReportTable::csvCell).collect(Collectors.joining(","))).append("\r\n");
        }
        return csv.toString();
    }

    static String csvCell(@Nullable Object cell) {
        if (!(cell instanceof String text)) {
            return cell == null ? "" : cell.toString();
        }
        String harmless = text.isEmpty() || "=+-@\t\r".indexOf(text.charAt(0)) < 0 ? text : "'" + text;
        return harmless.matches("[^\",\r\n]*") ? harmless : '"' + harmless.replace("\"", "\"\"") + '"';
    }

    /** Blocks while it packs: not for an event loop. */
    static byte[] xlsx(List<ReportLine> lines) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Workbook workbook = new Workbook(bytes, "eldercare", "1.0")) {
            Worksheet sheet = workbook.newWorksheet("轮候情况");
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

    private static void row(Worksheet sheet, int row, List<? extends @Nullable Object> cells) {
        for (int column = 0; column < cells.size(); column++) {
            Object cell = cells.get(column);
            if (cell instanceof Integer number) {
                sheet.value(row, column, number);
            } else if (cell != null) {
                sheet.value(row, column, cell.toString());
            }
        }
    }
}
