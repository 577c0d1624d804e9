package cn.cityapis.policy.format;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** One made-up document, written in every format. */
final class MadeUp {

    /** A block: a paragraph, or a table. */
    record Block(boolean centred, String text, List<List<String>> rows) {
    }

    static final List<Block> DOCUMENT = List.of(centred("海岚市民政局"), centred("关于印发《海岚市社区食堂管理办法（试行）》的通知"),
            centred("海民发〔2031〕8号"), line("各区民政局，各社区食堂："),
            line("为把社区食堂办好，让住在附近的老人走得到、吃得起、吃得好，现将《海岚市社区食堂管理办法（试行）》印发给你们，请结合各自的实际情况认真办理。"),
            line("一、总的要求"), line("（一）把好入口关。食堂每天公布菜单，菜单上写明价格和做菜的人，老人可以提前一天订餐，也可以当天到食堂来点。"), line("1. 每餐不超过15元。"),
            line("2. 每月结算一次。"), line("二、补助标准"), line("补助按下表执行。"),
            table(List.of("序号", "人员", "每餐补助（元）"), List.of("1", "年满80周岁的老人", "5"), List.of("2", "", "3")),
            line("本通知自2031年4月1日起施行。"), line("海岚市民政局"), line("2031年2月25日"), centred("海岚市社区食堂管理办法（试行）"),
            line("第一章 总则"), line("第一条 为办好社区食堂，制定本办法。"), line("第二条 下列人员优先用餐："), line("（一）年满70周岁的人；"), line("（二）独自居住的人。"),
            line("第三条 本办法自2031年4月1日起施行，有效期至2032年3月31日。"));

    private MadeUp() {
    }

    private static Block line(String text) {
        return new Block(false, text, List.of());
    }

    private static Block centred(String text) {
        return new Block(true, text, List.of());
    }

    @SafeVarargs
    private static Block table(List<String>... rows) {
        return new Block(false, "", List.of(rows));
    }

    /** Every character of it, without white space. */
    static String characters() {
        return DOCUMENT.stream()
                .map(block -> block.text()
                        + block.rows().stream().flatMap(List::stream).collect(Collectors.joining()))
                .collect(Collectors.joining()).replaceAll("\\s", "");
    }

    static byte[] text() {
        return DOCUMENT.stream()
                .map(block -> block.rows().isEmpty()
                        ? block.text()
                        : block.rows().stream().map(row -> String.join("\t", row)).collect(Collectors.joining("\n")))
                .collect(Collectors.joining("\n\n", "", "\n")).getBytes(StandardCharsets.UTF_8);
    }

    static byte[] markdown() {
        StringBuilder out = new StringBuilder();
        for (Block block : DOCUMENT) {
            if (block.rows().isEmpty()) {
                out.append(block.centred() ? "# " : "").append(block.text().replace("社区食堂", "**社区食堂**"));
            } else {
                String head = "|---".repeat(block.rows().getFirst().size()) + "|\n";
                for (int i = 0; i < block.rows().size(); i++) {
                    out.append("| ").append(String.join(" | ", block.rows().get(i))).append(" |\n")
                            .append(i == 0 ? head : "");
                }
            }
            out.append("\n\n");
        }
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    static String html() {
        StringBuilder out = new StringBuilder(
                "<!DOCTYPE html>\n<html><head><title>通知</title><style>p{}</style></head><body><div class=\"page\">\n");
        for (Block block : DOCUMENT) {
            if (block.rows().isEmpty()) {
                out.append(block.centred() ? "<h2>" : "<p>&emsp;&emsp;")
                        .append(block.text().replace("社区食堂", "<b>社区\n食堂</b>").replace("《", "&#x300A;"))
                        .append(block.centred() ? "</h2>\n" : "</p>\n");
            } else {
                out.append("<table><tbody>\n");
                block.rows().forEach(row -> out.append(row.stream().map(cell -> "<td><p>" + cell + "</p></td>")
                        .collect(Collectors.joining("\n", "<tr>", "</tr>\n"))));
                out.append("</tbody></table>\n");
            }
        }
        return out.append("<script>alert('不是正文')</script></div></body></html>").toString();
    }

    static byte[] docx() {
        StringBuilder body = new StringBuilder();
        for (Block block : DOCUMENT) {
            if (block.rows().isEmpty()) {
                body.append(Docx.paragraph(block.text()));
            } else {
                body.append("<w:tbl><w:tblPr/>");
                block.rows().forEach(row -> body.append(row.stream().map(cell -> "<w:tc>" + Docx.paragraph(cell)
                        + "</w:tc>").collect(Collectors.joining("", "<w:tr>", "</w:tr>"))));
                body.append("</w:tbl>");
            }
        }
        return Docx.of(body.toString());
    }

    /** Lines of 24 characters between fixed margins, each paragraph indented by two. */
    static byte[] pdf() {
        List<Pdf.Piece> pieces = new ArrayList<>();
        int at = 0;
        for (Block block : DOCUMENT) {
            if (!block.rows().isEmpty()) {
                for (List<String> row : block.rows()) {
                    int y = at++;
                    IntStream.range(0, row.size()).filter(i -> !row.get(i).isEmpty())
                            .forEach(i -> pieces.add(new Pdf.Piece(i * 5 + i / 2 * 6, y, row.get(i))));
                }
            } else if (block.centred()) {
                pieces.add(new Pdf.Piece(Math.max(0, (24 - block.text().length()) / 2.0), at++, block.text()));
            } else {
                at = wrapped(pieces, block.text(), at);
            }
        }
        return Pdf.of(pieces, 20);
    }

    private static int wrapped(List<Pdf.Piece> pieces, String text, int from) {
        int at = from;
        boolean addressees = text.endsWith("：") && !text.startsWith("第");
        String rest = text;
        double indent = addressees ? 0 : 2;
        while (!rest.isEmpty()) {
            int end = 0;
            double width = 0;
            while (end < rest.length() && width + Pdf.width(rest.charAt(end)) <= 24 - indent) {
                width += Pdf.width(rest.charAt(end++));
            }
            pieces.add(new Pdf.Piece(indent, at++, rest.substring(0, end)));
            rest = rest.substring(end);
            indent = 0;
        }
        return at;
    }
}
