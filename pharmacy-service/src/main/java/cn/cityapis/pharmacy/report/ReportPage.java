package cn.cityapis.pharmacy.report;

import cn.cityapis.pharmacy.money.Fen;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The report as a page of A4 to be printed: one document, nothing loaded from elsewhere, charts drawn as SVG. */
final class ReportPage {

    private static final int MOST_BARS = 10;
    private static final int BAR = 20;
    private static final int LABEL = 190;
    private static final int WIDTH = 680;
    private static final String STYLE = """
            @page{size:A4;margin:16mm}body{font:11pt/1.6 "Noto Sans SC","Microsoft YaHei","PingFang SC",sans-serif;
            max-width:180mm;margin:0 auto;color:#1b2733}h1{font-size:19pt;margin:0}h2{font-size:13pt;margin:8mm 0 2mm;
            border-bottom:1px solid #9fb3c8}table{border-collapse:collapse;width:100%;font-size:9.5pt}
            th,td{border-bottom:1px solid #d9e2ec;padding:2px 6px;text-align:right}th:first-child,td:first-child{text-align:left}
            thead{display:table-header-group}tr,svg{break-inside:avoid}.note{color:#52606d;font-size:9pt}""";

    private ReportPage() {
    }

    static String html(QuarterlyReport report) {
        QuarterlyFigures f = report.figures();
        String title = Quarter.parse(report.quarter()).text() + "药品集中采购季度报告";
        return """
                <!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>%1$s</title><style>%2$s</style></head>
                <body><h1>%1$s</h1><p class="note">第 %3$d 版 · %4$s · 发布于 %5$s%6$s</p>
                %7$s<h2>节省最多的药品（元）</h2>%8$s<h2>各区市采购金额（元）</h2>%9$s<h2>各采购方约定量完成（%%）</h2>%10$s
                <h2>按药品</h2>%11$s<h2>按采购方</h2>%12$s
                <p class="note">数量与金额为本季度验收的，减去本季度确认的退货，可以为负；节省为与集采前价格相比。完成比例为采购周期至季末，每项至多计至应完成量，一种药品的超额不抵另一种。</p></body></html>
                """.formatted(text(title), STYLE, report.edition(), text(report.reason()),
                report.publishedAt().toLocalDate(), f.demo() ? " · 含演示数据（虚构）" : "", summary(f),
                bars(top(f), QuarterlyFigures.ByMedicine::genericName, m -> m.savedFen().amount(), 100),
                bars(f.byArea(), QuarterlyFigures.ByArea::name, a -> a.amountFen().amount(), 100),
                bars(f.byChain(), QuarterlyFigures.ByChain::name, c -> c.fulfilmentBp() == null ? 0 : c.fulfilmentBp(),
                        100),
                table(List.of("通用名", "规格", "数量", "金额", "均价", "集采前", "节省"), f.byMedicine(),
                        m -> List.of(m.genericName(), m.strength(), number(m.packs()), yuan(m.amountFen()),
                                yuan(m.meanPriceFen()), yuan(m.beforePriceFen()), yuan(m.savedFen()))),
                table(List.of("采购方", "数量", "金额", "节省", "应完成", "已完成", "完成", "落后项"), f.byChain(),
                        c -> List.of(c.name(), number(c.packs()), yuan(c.amountFen()), yuan(c.savedFen()),
                                number(c.expectedPacks()), number(c.fulfilledPacks()), percent(c.fulfilmentBp()),
                                c.linesBehind() == null ? "—" : c.linesBehind() + "/" + c.agreedLines())));
    }

    private static List<QuarterlyFigures.ByMedicine> top(QuarterlyFigures f) {
        return f.byMedicine().stream()
                .sorted((a, b) -> Long.compare(b.savedFen().amount(), a.savedFen().amount())).limit(MOST_BARS).toList();
    }

    private static String summary(QuarterlyFigures f) {
        String paid = f.paidInTimeBp() == null ? "没有到期的结算单" : "到期结算单按时付款 " + f.paidInTimeBp() / 100.0 + "%";
        String days = f.meanSettlementDays() == null ? "" : "，验收至付清平均 " + f.meanSettlementDays() + " 天";
        String fromDelivery = f.meanDaysFromDelivery() == null
                ? ""
                : "，送货至付清平均 " + f.meanDaysFromDelivery() + " 天";
        String undecided = f.undecidedDeliveries() == null || f.undecidedDeliveries() == 0
                ? ""
                : "；季末有 " + f.undecidedDeliveries() + " 张送货单尚未验收或拒收";
        return "<p>%d 家企业采购 %d 种药品 %s 盒（瓶、支），金额 %s 元，比集采前节省 <b>%s</b> 元；%s%s%s%s。</p>".formatted(f.buyers(),
                f.medicines(), number(f.packs()), yuan(f.amountFen()), yuan(f.savedFen()), paid, days, fromDelivery,
                undecided);
    }

    /** Horizontal bars with their labels, as SVG. */
    static <T> String bars(List<T> items, Function<T, String> label, ToLongFunction<T> value, int divisor) {
        long most = Math.max(1, items.stream().mapToLong(value).max().orElse(1));
        StringBuilder svg = new StringBuilder(
                "<svg role=\"img\" viewBox=\"0 0 %d %d\" width=\"100%%\">".formatted(WIDTH,
                        Math.max(1, items.size()) * BAR));
        for (int i = 0; i < items.size(); i++) {
            long amount = value.applyAsLong(items.get(i));
            long width = Math.max(0, amount) * (WIDTH - LABEL - 100) / most;
            svg.append("""
                    <text x="%d" y="%d" text-anchor="end" font-size="11">%s</text>\
                    <rect x="%d" y="%d" width="%d" height="%d" fill="#2b6cb0"/>\
                    <text x="%d" y="%d" font-size="11">%s</text>""".formatted(LABEL - 6, i * BAR + 14,
                    text(label.apply(items.get(i))), LABEL, i * BAR + 3, width, BAR - 6, LABEL + width + 5,
                    i * BAR + 14,
                    number(amount / divisor)));
        }
        return svg.append("</svg>").toString();
    }

    private static <T> String table(List<String> head, List<T> rows, Function<T, List<String>> cells) {
        return "<table><thead><tr>" + head.stream().map(h -> "<th>" + text(h) + "</th>").collect(Collectors.joining())
                + "</tr></thead><tbody>" + rows.stream().map(row -> "<tr>" + cells.apply(row).stream()
                        .map(c -> "<td>" + text(c) + "</td>").collect(Collectors.joining()) + "</tr>")
                        .collect(Collectors.joining("\n"))
                + "</tbody></table>";
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    private static String yuan(@Nullable Fen fen) {
        return fen == null ? "—" : String.format(Locale.ROOT, "%,.2f", BigDecimal.valueOf(fen.amount(), 2));
    }

    private static String percent(@Nullable Integer bp) {
        return bp == null ? "—" : String.format(Locale.ROOT, "%.2f%%", bp / 100.0);
    }

    static String text(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
