package cn.cityapis.pharmacy.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XlsxTest {

    private static byte[] sheet(int rows, int columns) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Workbook workbook = new Workbook(bytes, "test", "1.0")) {
            Worksheet sheet = workbook.newWorksheet("一");
            for (int row = 0; row < rows; row++) {
                for (int column = 0; column < columns; column++) {
                    sheet.value(row, column, "r" + row + "c" + column);
                }
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] cell(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Workbook workbook = new Workbook(bytes, "test", "1.0")) {
            workbook.newWorksheet("一").value(0, 0, text);
        }
        return bytes.toByteArray();
    }

    private static byte[] zip(String name, byte[] content) throws IOException {
        return zip(List.of(name), content);
    }

    private static byte[] zip(List<String> names, byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (String name : names) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(content);
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] parts(int count) throws IOException {
        return zip(IntStream.range(0, count).mapToObj(i -> "part" + i).toList(), new byte[1]);
    }

    @Test
    void readsTextNumbersAndDates() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Workbook workbook = new Workbook(bytes, "test", "1.0")) {
            Worksheet sheet = workbook.newWorksheet("一");
            sheet.value(0, 0, "列");
            sheet.value(2, 1, 735);
            sheet.value(2, 2, LocalDate.of(2027, 1, 1));
            sheet.style(2, 2).format("yyyy-mm-dd").set();
        }
        List<Row> rows = Xlsx.read(bytes.toByteArray(), 10);
        assertThat(rows).hasSize(2);
        assertThat(rows.getFirst()).isEqualTo(new Row(1, List.of("列")));
        assertThat(rows.getLast().line()).isEqualTo(3);
        assertThat(rows.getLast().cell(0)).isEmpty();
        assertThat(rows.getLast().cell(1)).isEqualTo("735");
        assertThat(rows.getLast().cell(2)).startsWith("46388");
    }

    @Test
    void isBounded() throws IOException {
        assertThat(Xlsx.read(sheet(10, 3), 10)).hasSize(10);
        assertThatThrownBy(() -> Xlsx.read(sheet(11, 3), 10)).isInstanceOf(TableException.class)
                .hasMessageContaining("10 行");
        assertThat(Xlsx.read(sheet(1, 60), 10)).hasSize(1);
        assertThatThrownBy(() -> Xlsx.read(sheet(1, 61), 10)).hasMessageContaining("60 列");
        assertThat(Xlsx.read(cell("x".repeat(2000)), 10)).hasSize(1);
        assertThatThrownBy(() -> Xlsx.read(cell("x".repeat(2001)), 10)).hasMessageContaining("2000 字");
    }

    /** A hundred kilobytes that unpack to more than a hundred megabytes are found out before they are read. */
    @Test
    void aBombIsRefused() throws IOException {
        byte[] bomb = zip("xl/worksheets/sheet1.xml", new byte[(int) Xlsx.MOST_UNPACKED + 1]);
        assertThat(bomb.length).isLessThan(200_000);
        assertThatThrownBy(() -> Xlsx.read(bomb, 10)).isInstanceOf(TableException.class).hasMessageContaining("过大");
        byte[] strings = zip("xl/sharedStrings.xml", new byte[(int) Xlsx.MOST_STRINGS + 1]);
        assertThatThrownBy(() -> Xlsx.read(strings, 10)).hasMessageContaining("过大");
        Xlsx.measure(zip("a", new byte[1000]), 1000, 10);
        assertThatThrownBy(() -> Xlsx.measure(zip("a", new byte[1001]), 1000, 10)).isInstanceOf(TableException.class);
    }

    /** None of its parts is too large, or there is next to nothing in them. */
    @Test
    void theWholeIsMeasuredAndItsPartsAreCounted() throws IOException {
        Xlsx.measure(zip(List.of("a", "b"), new byte[500]), 1000, 10);
        assertThatThrownBy(() -> Xlsx.measure(zip(List.of("a", "b"), new byte[501]), 1000, 10))
                .isInstanceOf(TableException.class).hasMessageContaining("过大");
        Xlsx.measure(parts(500), 1000, 10);
        assertThatThrownBy(() -> Xlsx.measure(parts(501), 1000, 10)).isInstanceOf(TableException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PK\u0003\u0004", "PK\u0003\u0004nonsense that is no archive at all"})
    void whatOnlyLooksLikeOneIsRefused(String text) {
        byte[] bytes = (text + "\0\0").getBytes(StandardCharsets.ISO_8859_1);
        assertThat(Xlsx.looksLike(bytes)).isTrue();
        assertThatThrownBy(() -> Xlsx.read(bytes, 10)).isInstanceOf(TableException.class);
    }

    @Test
    void anArchiveOfSomethingElseIsRefused() {
        assertThatThrownBy(() -> Xlsx.read(zip("readme.txt", new byte[10]), 10)).isInstanceOf(TableException.class);
    }
}
