package cn.cityapis.policy.search;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

import cn.cityapis.policy.document.Permalinks;
import cn.cityapis.policy.search.SearchAnswer.ArticleHit;
import cn.cityapis.policy.search.SearchAnswer.DocumentHit;
import cn.cityapis.policy.text.SourceKind;
import cn.cityapis.policy.text.Standing;
import cn.cityapis.policy.text.Validity;
import org.apache.lucene.document.Document;
import org.jspecify.annotations.Nullable;

/** From what the index keeps to what is answered: status on the day, links, snippets. */
final class Answers {

    private Answers() {
    }

    /** @param articles of one document, the best first */
    static DocumentHit hit(List<Document> articles, LocalDate today, Marks marks) {
        Document any = articles.getFirst();
        Validity validity = new Validity(date(any, "issuedOn"), date(any, "inForce"), date(any, "validUntil"),
                Boolean.parseBoolean(any.get("trial")));
        Standing standing = new Standing(validity, RepealFields.read(any), ExtensionFields.read(any));
        UUID id = UUID.fromString(any.get("work"));
        String link = Permalinks.document(any.get("number"), id);
        return new DocumentHit(id, any.get("number"), any.get("title"), Arrays.asList(any.getValues("organ")),
                any.get("topic"), any.get("kind"), validity.issued(), validity.inForce(), validity.until(),
                validity.trial(), SourceKind.of(any.get("sourceKind")), standing.on(today), standing.wording(today),
                today, link, articles.stream().map(article -> article(article, link, marks)).toList());
    }

    private static ArticleHit article(Document article, String link, Marks marks) {
        return new ArticleHit(article.get("key"), article.get("label"), article.get("heading"),
                marks.snippet(article.get("text")), Permalinks.article(link, article.get("key")));
    }

    private static @Nullable LocalDate date(Document document, String field) {
        String day = document.get(field);
        return day == null ? null : LocalDate.parse(day);
    }
}
