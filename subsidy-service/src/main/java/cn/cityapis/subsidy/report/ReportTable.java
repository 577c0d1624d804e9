package cn.cityapis.subsidy.report;

import cn.cityapis.subsidy.csv.Csv;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/** A report as rows of cells; the same for CSV and XLSX. Amounts in fen. */
record ReportTable(List<String> head, List<List<Object>> rows) {

    /** With a byte order mark, so that spreadsheets read the Chinese. */
    String csv() {
        StringBuilder csv = new StringBuilder("\uFEFF").append(Csv.line(head));
        rows.forEach(row -> csv.append(Csv.line(row)));
        return csv.toString();
    }

    /** Blocks while it packs: not for an event loop. */
    byte[] xlsx() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Workbook workbook = new Workbook(bytes, "subsidy", "1.0")) {
            Worksheet sheet = workbook.newWorksheet("年度报表");
            row(sheet, 0, head);
            for (int i = 0; i < rows.size(); i++) {
                row(sheet, i + 1, rows.get(i));
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
