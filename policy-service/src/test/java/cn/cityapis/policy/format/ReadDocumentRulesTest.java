package cn.cityapis.policy.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import cn.cityapis.policy.format.Unreadable.Reason;
import cn.cityapis.policy.gazette.GazetteIssue;
import cn.cityapis.policy.gazette.GazetteParser;
import cn.cityapis.policy.gazette.Line;
import cn.cityapis.policy.gazette.Warning;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ReadDocumentRulesTest {

    static Stream<Arguments> formats() {
        return Stream.of(Arguments.of("a.md", MadeUp.markdown()), Arguments.of("a.html", utf8(MadeUp.html())),
                Arguments.of("no-ending", utf8(MadeUp.html())),
                Arguments.of("gbk.html", MadeUp.html().getBytes(Charset.forName("GBK"))),
                Arguments.of("declared.html",
                        MadeUp.html().replace("<head>", "<head><meta charset=gb2312>")
                                .getBytes(Charset.forName("GB18030"))),
                Arguments.of("a.docx", MadeUp.docx()), Arguments.of("no-ending", MadeUp.docx()),
                Arguments.of("a.pdf", MadeUp.pdf()), Arguments.of("no-ending", MadeUp.pdf()),
                Arguments.of("utf16.txt", new String(MadeUp.text(), StandardCharsets.UTF_8)
                        .getBytes(StandardCharsets.UTF_16)),
                Arguments.of("gbk.txt", new String(MadeUp.text(), StandardCharsets.UTF_8)
                        .getBytes(Charset.forName("GBK"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("formats")
    void losesNoCharacterInAnyFormat(String name, byte[] content) {
        assertThat(tight(ReadDocument.of(content, name).lines())).isEqualTo(MadeUp.characters());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("formats")
    void givesTheSameTreeInEveryFormat(String name, byte[] content) {
        GazetteIssue expected = GazetteParser.parse(ReadDocument.of(MadeUp.text(), "a.txt").lines());
        GazetteIssue read = GazetteParser.parse(ReadDocument.of(content, name).lines());
        assertThat(read.documents()).isEqualTo(expected.documents());
        assertThat(read.documents().getFirst().tree().plain()).contains("第三条", "（二）独自居住的人", "2\t\t3");
    }

    @Nested
    class InMarkdown {

        @Test
        void keepsTheNumbersOfAListAsTheyAreWritten() {
            assertThat(markdown("3. 甲\n5. 乙\n\n   续\n\n1) 丙\n")).containsExactly("3. 甲", "5. 乙", "续", "1) 丙");
        }

        @Test
        void keepsCellsThatTheHeadHasNoColumnFor() {
            assertThat(markdown("| 甲 | 乙 |\n|---|---|\n| 1 | 2 | 多出的 | 也是 |\n")).containsExactly("甲\t乙",
                    "1\t2\t多出的\t也是");
        }

        @Test
        void readsWhatAReaderSees() {
            assertThat(markdown(
                    "甲*乙*`丙` [丁](http://x \"t\") ![戊](y.png)\n己\\*<b>庚</b><br>辛\n\n> 壬\n\n```\n癸 1\n```\n\n<div><p>子</p></div>\n"))
                    .containsExactly("甲乙丙 丁 戊", "己*庚", "辛", "壬", "癸 1", "子");
        }

        @Test
        void leavesALineOfASourceOpenAndEndsAParagraph() {
            List<Line> lines = ReadDocument.of(utf8("第一行\n第二行\n\n另一段\n"), "a.md").lines();
            assertThat(lines).extracting(Line::whole).containsExactly(true, false, true);
        }
    }

    @Nested
    class InHtml {

        @Test
        void fillsWhatACellReachesOver() {
            assertThat(html(
                    "<table><caption>表</caption><tr><td rowspan=2>甲<td colspan=2>乙<tr><td>丙<td>丁</table><table><tr><td>戊<td>己</table>"))
                    .containsExactly("表", "甲\t乙\t", "\t丙\t丁", "戊\t己");
        }

        @Test
        void writesTheNumbersThatABrowserShows() {
            assertThat(html(
                    "<ol start=3><li>甲<li value=7>乙<li>丙</ol><ol type=a><li>丁</ol><ol><li>（一）戊</ol><ul><li>己</ul>"))
                    .containsExactly("3. 甲", "7. 乙", "8. 丙", "a. 丁", "（一）戊", "己");
        }

        @Test
        void readsATableThatArrangesThePageAsText() {
            assertThat(html("<table><tr><td><p>甲<table><tr><td>乙<td>丙</table><p>丁</table>")).containsExactly("甲",
                    "乙\t丙", "丁");
        }

        @Test
        void resolvesNoEntityOfItsOwn() {
            String trick = "<!DOCTYPE html [<!ENTITY x SYSTEM \"file:///etc/hostname\"><!ENTITY y \"&z;&z;\">]><html><body><p>甲&x;&y;</p></body></html>";
            assertThat(html(trick).toString()).contains("甲&x;&y;").doesNotContain("&z;&z;&z;");
        }

        @Test
        void survivesElementsInsideElementsWithoutEnd() {
            assertThat(html("<div>".repeat(200_000) + "甲")).containsExactly("甲");
        }
    }

    @Nested
    class InWord {

        private static final String NUMBERED = "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"%d\"/><w:numId w:val=\"%d\"/></w:numPr></w:pPr><w:r><w:t>%s</w:t></w:r></w:p>";

        @Test
        void writesTheNumbersThatWordCounts() {
            String level = "<w:lvl w:ilvl=\"%d\"><w:start w:val=\"1\"/><w:numFmt w:val=\"%s\"/><w:suff w:val=\"nothing\"/><w:lvlText w:val=\"%s\"/></w:lvl>";
            String lists = Docx.part("numbering",
                    "<w:abstractNum w:abstractNumId=\"5\">" + level.formatted(0, "chineseCounting", "第%1条 ")
                            + level.formatted(1, "chineseCounting", "（%2）") + level.formatted(2, "decimal", "%1.%3 ")
                            + level.formatted(3, "bullet", "●") + "</w:abstractNum>"
                            + "<w:num w:numId=\"2\"><w:abstractNumId w:val=\"5\"/></w:num>"
                            + "<w:num w:numId=\"3\"><w:abstractNumId w:val=\"5\"/><w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"11\"/></w:lvlOverride></w:num>");
            String styles = Docx.part("styles",
                    "<w:style w:styleId=\"T\"><w:pPr><w:numPr><w:numId w:val=\"2\"/></w:numPr></w:pPr></w:style><w:style w:styleId=\"U\"><w:basedOn w:val=\"T\"/></w:style>");
            String body = NUMBERED.formatted(0, 2, "甲") + NUMBERED.formatted(1, 2, "乙") + NUMBERED.formatted(1, 2, "丙")
                    + NUMBERED.formatted(0, 2, "丁") + NUMBERED.formatted(1, 2, "戊") + NUMBERED.formatted(2, 2, "己")
                    + NUMBERED.formatted(3, 2, "庚") + NUMBERED.formatted(0, 3, "辛") + NUMBERED.formatted(0, 0, "壬")
                    + "<w:p><w:pPr><w:pStyle w:val=\"U\"/></w:pPr><w:r><w:t>癸</w:t></w:r></w:p>";
            assertThat(lines(ReadDocument.of(Docx.of(body, Map.of("numbering", lists, "styles", styles)), "a.docx")))
                    .containsExactly("第一条 甲", "（一）乙", "（二）丙", "第二条 丁", "（一）戊", "二.1 己", "庚", "第十一条 辛", "壬",
                            "第三条 癸");
        }

        @Test
        void readsWhatThePageShows() {
            String body = "<w:p><w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t></w:r><w:del><w:r><w:delText>删</w:delText></w:r></w:del>"
                    + "<w:ins><w:r><w:t>增</w:t></w:r></w:ins><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>"
                    + "<w:p><w:r><mc:AlternateContent xmlns:mc=\"m\"><mc:Choice><w:txbxContent>" + Docx.paragraph("红头")
                    + "</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>" + Docx.paragraph("红头")
                    + "</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>丁</w:t></w:r></w:p>"
                    + "<w:sdt><w:sdtContent>" + Docx.paragraph("戊") + "</w:sdtContent></w:sdt>"
                    + "<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val=\"2\"/></w:tcPr>" + Docx.paragraph("宽")
                    + Docx.paragraph("格") + "</w:tc><w:tc>" + Docx.paragraph("己") + "</w:tc></w:tr></w:tbl>";
            byte[] content = Docx.of(body,
                    Map.of("footnotes",
                            Docx.part("footnotes", "<w:footnote>" + Docx.paragraph("脚注") + "</w:footnote>")));
            assertThat(lines(ReadDocument.of(content, "a.docx"))).containsExactly("甲 乙", "丙增", "红头", "丁", "戊",
                    "宽 格\t\t己", "脚注");
        }

        @Test
        void refusesADocumentTypeAndWithItEveryEntity() {
            for (String entity : List.of("SYSTEM \"file:///etc/hostname\"", "\"甲\"")) {
                String document = Docx.HEAD + "<!DOCTYPE d [<!ENTITY x " + entity + ">]>"
                        + Docx.part("document", "<w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body>")
                                .substring(Docx.HEAD.length());
                refuses(Docx.ofMainPart(utf8(document)), "a.docx", Reason.BROKEN);
            }
        }

        @Test
        void refusesABomb() {
            byte[] zeros = new byte[80 << 20];
            Arrays.fill(zeros, (byte) ' ');
            refuses(Docx.ofMainPart(zeros), "a.docx", Reason.BOMB);
        }

        @Test
        void refusesADamagedFile() {
            byte[] content = MadeUp.docx();
            refuses(Arrays.copyOf(content, content.length / 2), "a.docx", Reason.BROKEN);
            refuses(Docx.ofMainPart(utf8("<w:document")), "a.docx", Reason.BROKEN);
        }
    }

    @Nested
    class InPdf {

        @Test
        void readsTwoColumnsOneAfterTheOther() {
            List<Pdf.Piece> pieces = IntStream.range(0, 8)
                    .mapToObj(i -> Stream.of(new Pdf.Piece(0, i, "左栏的第" + i + "行写满整个宽度"),
                            new Pdf.Piece(16, i, "右栏的第" + i + "行写满整个宽度")))
                    .flatMap(s -> s).toList();
            assertThat(tight(ReadDocument.of(Pdf.of(pieces, 20), "a.pdf").lines()))
                    .matches("(左栏的第\\d行写满整个宽度){8}(右栏的第\\d行写满整个宽度){8}");
        }

        @Test
        void namesPagesWithoutText() {
            List<Pdf.Piece> pieces = List.of(new Pdf.Piece(0, 0, "甲"), new Pdf.Piece(0, 65, "乙"));
            assertThat(ReadDocument.of(Pdf.of(pieces, 20), "a.pdf").warnings()).extracting(Warning::detail)
                    .containsExactly("PDF 第 2、3 页没有文字（空白页或图片）。");
        }

        @Test
        void refusesWhatHasNoTextOrCannotBeOpened() {
            refuses(Pdf.of(List.of(), 20), "a.pdf", Reason.SCANNED);
            refuses(Pdf.locked(List.of(new Pdf.Piece(0, 0, "甲"))), "a.pdf", Reason.ENCRYPTED);
            refuses(utf8("%PDF-1.7\n乱七八糟"), "a.pdf", Reason.BROKEN);
            refuses(utf8("不是PDF"), "a.pdf", Reason.BROKEN);
        }
    }

    @Test
    void refusesWhatIsNoDocument() {
        refuses(new byte[0], "a.txt", Reason.EMPTY);
        refuses(utf8(" \n\t "), "a.txt", Reason.EMPTY);
        refuses(utf8("<html><body><script>x</script></body></html>"), "a.html", Reason.EMPTY);
        refuses(Docx.of(""), "a.docx", Reason.EMPTY);
        refuses(new byte[]{(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 0, 0, 13}, "a.png", Reason.UNKNOWN);
        refuses(new byte[]{(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, 0, 0}, "a.doc", Reason.UNKNOWN);
        refuses(new byte[]{'P', 'K', 3, 4, 0, 0, 1}, "a.zip", Reason.UNKNOWN);
        refuses(utf8("{\\rtf1 text}"), "a.rtf", Reason.UNKNOWN);
    }

    private static void refuses(byte[] content, String name, Reason reason) {
        assertThatThrownBy(() -> ReadDocument.of(content, name)).isInstanceOfSatisfying(Unreadable.class,
                refused -> assertThat(refused.reason()).isEqualTo(reason));
    }

    private static List<String> markdown(String text) {
        return lines(ReadDocument.of(utf8(text), "a.md"));
    }

    private static List<String> html(String text) {
        return lines(ReadDocument.of(utf8(text), "a.html"));
    }

    private static List<String> lines(ReadDocument document) {
        return document.lines().stream().map(Line::text).toList();
    }

    private static String tight(List<Line> lines) {
        return lines.stream().map(Line::text).reduce("", String::concat).replaceAll("\\s", "");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
