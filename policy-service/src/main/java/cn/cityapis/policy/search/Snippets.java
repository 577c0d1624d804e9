package cn.cityapis.policy.search;

import java.io.IOException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

import java.text.BreakIterator;

import cn.cityapis.platform.web.Page;
import cn.cityapis.platform.web.PageRequest;
import cn.cityapis.policy.document.Permalinks;
import cn.cityapis.policy.search.SearchAnswer.ArticleHit;
import cn.cityapis.policy.search.SearchAnswer.DocumentHit;
import cn.cityapis.policy.text.SourceKind;
import cn.cityapis.policy.text.Standing;
import cn.cityapis.policy.text.Validity;
import org.apache.lucene.document.Document;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.uhighlight.DefaultPassageFormatter;
import org.apache.lucene.search.uhighlight.UnifiedHighlighter;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes the answer of a search from what was found: snippets with the hit marked, status on the day, links. */
@Component
class Snippets {

    /** An article up to this length is shown whole. */
    private static final int WHOLE = 400;
    private static final int PASSAGES = 3;

    private final UnifiedHighlighter whole;
    private final UnifiedHighlighter passages;

    Snippets(ArticleIndex index) {
        DefaultPassageFormatter marks = new DefaultPassageFormatter("<em>", "</em>", "…", true);
        whole = UnifiedHighlighter.builderWithoutSearcher(index.analyzer()).withFormatter(marks).withMaxLength(100_000)
                .withBreakIterator(() -> new org.apache.lucene.search.uhighlight.WholeBreakIterator()).build();
        passages = UnifiedHighlighter.builderWithoutSearcher(index.analyzer()).withFormatter(marks)
                .withMaxLength(100_000)
                .withBreakIterator(() -> BreakIterator.getSentenceInstance(Locale.CHINA)).build();
    }

    SearchAnswer answer(SearchRequest request, SearchArticles.Found found, Query marked) {
        PageRequest page = new PageRequest(request.limit(), List.of());
        Page<SearchArticles.Group> groups = Page.of(found.groups(), page,
                group -> List.of(String.valueOf(group.place().score()), group.place().work()));
        List<DocumentHit> hits = groups.items().stream().map(group -> hit(group, request.today(), marked)).toList();
        return new SearchAnswer(hits, new SearchAnswer.Total(found.articles(), found.atLeast()), groups.nextCursor());
    }

    private DocumentHit hit(SearchArticles.Group group, LocalDate today, Query marked) {
        Document any = group.articles().getFirst();
        Validity validity = new Validity(date(any, "issued"), date(any, "inForce"), date(any, "validUntil"),
                Boolean.parseBoolean(any.get("trial")));
        Standing standing = new Standing(validity, RepealFields.read(any));
        UUID id = UUID.fromString(any.get("work"));
        String link = Permalinks.document(any.get("number"), id);
        return new DocumentHit(id, any.get("number"), any.get("title"), Arrays.asList(any.getValues("organ")),
                any.get("topic"),
                validity.issued(), validity.inForce(), validity.until(), validity.trial(),
                SourceKind.of(any.get("sourceKind")),
                standing.on(today), standing.wording(today), today, link,
                group.articles().stream().map(article -> article(article, link, marked)).toList());
    }

    private ArticleHit article(Document article, String link, Query marked) {
        return new ArticleHit(article.get("key"), article.get("label"), article.get("heading"),
                snippet(article.get("text"), marked), Permalinks.article(link, article.get("key")));
    }

    private String snippet(String text, Query marked) {
        try {
            UnifiedHighlighter highlighter = text.length() <= WHOLE ? whole : passages;
            Object snippet = highlighter.highlightWithoutSearcher("text" + Analysis.BIGRAM, marked, text, PASSAGES);
            return snippet == null ? escaped(text) : snippet.toString();
        } catch (IOException impossible) {
            throw new java.io.UncheckedIOException(impossible);
        }
    }

    private static String escaped(String text) {
        String start = text.length() <= WHOLE ? text : text.substring(0, WHOLE) + "…";
        return start.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static @Nullable LocalDate date(Document document, String field) {
        String day = document.get(field);
        return day == null ? null : LocalDate.parse(day);
    }
}
