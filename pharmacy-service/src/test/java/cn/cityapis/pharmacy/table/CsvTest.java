package cn.cityapis.pharmacy.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class CsvTest {

    private static List<Row> read(String text) {
        return Csv.read(text.getBytes(StandardCharsets.UTF_8), 10);
    }

    @Test
    void readsWhatSpreadsheetsWrite() {
        assertThat(read("\uFEFFa,b\r\n\"x, \"\"y\"\"\nz\",2\r\n\r\n 3 ,\n")).containsExactly(
                new Row(1, List.of("a", "b")), new Row(2, List.of("x, \"y\"\nz", "2")),
                new Row(5, List.of(" 3 ", "")));
        assertThat(read("a")).containsExactly(new Row(1, List.of("a")));
        assertThat(new Row(1, List.of(" a ")).cell(0)).isEqualTo("a");
        assertThat(new Row(1, List.of("a")).cell(7)).isEmpty();
    }

    @Test
    void readsTheEncodingsOfChineseSpreadsheets() {
        assertThat(Csv.read("阿卡波糖片".getBytes(Charset.forName("GB18030")), 1)).containsExactly(
                new Row(1, List.of("阿卡波糖片")));
        assertThatThrownBy(() -> Csv.read(new byte[]{(byte) 0xff, (byte) 0xff}, 1))
                .isInstanceOf(TableException.class).hasMessageContaining("编码");
        assertThatThrownBy(() -> read("a\0b")).isInstanceOf(TableException.class);
    }

    @Test
    void isBounded() {
        assertThat(read("a\n".repeat(10))).hasSize(10);
        assertThatThrownBy(() -> read("a\n".repeat(11))).hasMessageContaining("10 行");
        assertThat(read("x".repeat(2000))).hasSize(1);
        assertThatThrownBy(() -> read("x".repeat(2001))).hasMessageContaining("2000 字");
        assertThat(read("\"" + "x".repeat(2000) + "\"")).hasSize(1);
        assertThatThrownBy(() -> read("\"" + "x".repeat(2001) + "\"")).hasMessageContaining("2000 字");
        assertThat(read(",".repeat(59) + "x")).hasSize(1);
        assertThatThrownBy(() -> read(",".repeat(60))).hasMessageContaining("60 列");
        assertThatThrownBy(() -> read("a\n\"b\nc")).hasMessageContaining("第 2 行的引号");
    }

    @Test
    void columnsComeInAnyOrderByEitherName() {
        var known = List.of(new Heading.Column("drugId", "药品编号", true), new Heading.Column("note", "备注", false));
        Heading heading = Heading.of(new Row(1, List.of("备注", "DRUGID")), known);
        assertThat(heading.cell(new Row(2, List.of("n", "d")), "drugId")).isEqualTo("d");
        assertThat(Heading.of(new Row(1, List.of("药品编号")), known).cell(new Row(2, List.of("d")), "note")).isEmpty();
        assertThatThrownBy(() -> Heading.of(new Row(1, List.of("备注", "备注", "颜色")), known))
                .hasMessageContaining("有两列").hasMessageContaining("颜色").hasMessageContaining("缺少列“drugId”");
    }
}
