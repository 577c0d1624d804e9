package cn.cityapis.subsidy.report;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.subsidy.scheme.Funding;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The year's report as tables. */
class ReportRulesTest {

    private static final ReportTable TABLE = new ReportTable(ReportLine.HEAD, List.of(new ReportLine("=evil", "371002",
            Funding.Party.DISTRICT, 100, 50, 20, 10, 15, 3, 2, 1).cells()));

    @Test
    void csvIsReadByASpreadsheetAndIsNoFormula() {
        assertThat(TABLE.csv()).startsWith("\uFEFF方案,")
                .contains("\r\n'=evil,371002,区市,100,50,20,10,15,3,2,1\r\n");
    }

    @Test
    void xlsxHoldsTheSameCells(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("report.xlsx"), TABLE.xlsx());
        StringBuilder sheet = new StringBuilder();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                sheet.append(new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        assertThat(sheet).contains("<v>100</v>").contains("371002");
    }
}
