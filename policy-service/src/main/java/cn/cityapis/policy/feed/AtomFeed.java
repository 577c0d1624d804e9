package cn.cityapis.policy.feed;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import cn.cityapis.platform.web.Page;
import cn.cityapis.platform.web.PageRequest;
import cn.cityapis.policy.document.Permalinks;
import cn.cityapis.policy.format.Markup;
import cn.cityapis.policy.text.SourceKind;
import org.jspecify.annotations.Nullable;

/** One page of the feed as Atom (RFC 4287), with links to the next (RFC 5005). The same content gives the same bytes. */
final class AtomFeed {

    private static final String ATOM = "http://www.w3.org/2005/Atom";
    private static final String SELF = "/api/policy/v1/feed";
    private static final OffsetDateTime NOTHING_YET = OffsetDateTime.parse("2000-01-01T00:00:00Z");
    private static final Map<String, String> FORMS = Map.of("markdown", "text/markdown", "akn", "application/akn+xml");

    private final Markup xml = new Markup(ATOM);

    private AtomFeed() {
    }

    static byte[] write(UUID corpus, @Nullable String since, PageRequest request, Page<NewDocuments.Entry> page) {
        AtomFeed feed = new AtomFeed();
        List<NewDocuments.Entry> entries = page.items();
        feed.xml.open("feed").leaf("id", "urn:uuid:" + corpus).leaf("title", "政策文件：新收录、更新和效力有变化")
                .leaf("updated", time(entries.isEmpty() ? NOTHING_YET : entries.getFirst().updated()));
        feed.author("政策文件服务");
        String here = SELF + "?limit=" + request.limit()
                + (since == null ? "" : "&since=" + URLEncoder.encode(since, StandardCharsets.UTF_8));
        feed.xml.empty("link", "rel", request.isFirst() ? "self" : "first", "href", here);
        String next = page.nextCursor();
        if (next != null) {
            feed.xml.empty("link", "rel", "next", "href", here + "&cursor=" + next);
        }
        entries.forEach(feed::entry);
        feed.xml.close();
        return feed.xml.bytes();
    }

    private void entry(NewDocuments.Entry entry) {
        String link = Permalinks.document(entry.number(), entry.id());
        xml.open("entry").leaf("id", "urn:uuid:" + entry.id()).leaf("title", entry.title())
                .leaf("updated", time(entry.updated())).leaf("published", time(entry.published()));
        (entry.organs().isEmpty() ? List.of("发文机关不详") : entry.organs()).forEach(this::author);
        xml.empty("link", "rel", "alternate", "type", "application/json", "href", link);
        FORMS.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(form -> xml.empty("link", "rel",
                "alternate", "type", form.getValue(), "href", link + "?format=" + form.getKey()));
        String topic = entry.topic();
        if (topic != null) {
            xml.empty("category", "term", topic);
        }
        xml.leaf("summary", summary(entry)).close();
    }

    private static String summary(NewDocuments.Entry entry) {
        return (entry.number() == null ? "无文号" : entry.number())
                + (entry.issued() == null ? "" : "，成文于 " + entry.issued())
                + (entry.version() == 1 ? "，首次收录" : "，第 " + entry.version() + " 版")
                + (entry.sourceKind() == SourceKind.DIGEST ? "（摘要，不是官方文本）" : "");
    }

    private void author(String name) {
        xml.open("author").leaf("name", name).close();
    }

    private static String time(OffsetDateTime moment) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(moment.withOffsetSameInstant(ZoneOffset.UTC));
    }
}
