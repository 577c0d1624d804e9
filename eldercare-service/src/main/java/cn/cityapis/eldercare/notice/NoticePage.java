package cn.cityapis.eldercare.notice;

import cn.cityapis.eldercare.home.Home;
import org.springframework.web.util.HtmlUtils;

/** The notice as a page that prints on A4, for the notice board. */
final class NoticePage {

    private static final String STYLE = """
            @page{size:A4;margin:18mm 15mm}body{font-family:"Songti SC","SimSun",serif;margin:1rem auto;max-width:180mm;color:#000}
            h1{font-size:1.4rem;text-align:center;margin:0 0 .3rem}p{margin:.2rem 0;font-size:.9rem}
            table{border-collapse:collapse;width:100%;margin:.8rem 0;font-size:.95rem}thead{display:table-header-group}
            th,td{border:1px solid #000;padding:.25rem .4rem;text-align:center}tr{break-inside:avoid}
            td:last-child{font-family:monospace;font-size:.8rem}.digest{font-family:monospace;font-size:.7rem;word-break:break-all}
            """;

    private NoticePage() {
    }

    static String head(Home home, PublicNotice notice) {
        return """
                <!doctype html><html lang="zh-CN"><head><meta charset="utf-8">
                <meta name="viewport" content="width=device-width,initial-scale=1"><title>%1$s %2$s 轮候公示</title>
                <style>%3$s</style></head><body><h1>%1$s入住轮候公示（%2$s）</h1>
                <p>依据威民发〔2023〕17号第二十七条公示。发布时间：%4$s；共 %5$d 人，按轮候次序。</p>
                <p>为保护个人信息，姓名只显示姓氏；申请人凭查询码可确认自己的一行。</p>
                <table><thead><tr><th scope="col">次序</th><th scope="col">排队号</th><th scope="col">通道</th>
                <th scope="col">申请月份</th><th scope="col">姓名</th><th scope="col">查询标记</th></tr></thead><tbody>
                """.formatted(HtmlUtils.htmlEscape(home.name()), notice.month(), STYLE,
                NoticeCsv.time(notice.publishedAt()), notice.lineCount());
    }

    static String line(NoticeLine line) {
        return "<tr><td>%d</td><td>%d</td><td>%s</td><td>%s</td><td>%s</td><td>%s</td></tr>%n".formatted(line.place(),
                line.queueNumber(), line.channel().title(), line.appliedMonth(), HtmlUtils.htmlEscape(line.name()),
                line.mark());
    }

    static String foot(Home home, PublicNotice notice) {
        String previous = notice.previousDigest();
        return """
                </tbody></table><p>咨询电话：%s</p><p class="digest">本期摘要（SHA-256）：%s</p>
                <p class="digest">上期摘要：%s</p></body></html>
                """.formatted(HtmlUtils.htmlEscape(home.phone()), notice.digest(), previous == null ? "无" : previous);
    }
}
