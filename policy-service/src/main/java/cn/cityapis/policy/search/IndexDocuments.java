package cn.cityapis.policy.search;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

import cn.cityapis.policy.document.DocumentVersion;
import cn.cityapis.policy.text.Article;
import cn.cityapis.policy.text.DocumentNumber;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.jspecify.annotations.Nullable;

/** How an article and its document look in the index. */
final class IndexDocuments {

    /** A document without a known day in force, or without an end. */
    static final long NEVER = Long.MAX_VALUE;

    private IndexDocuments() {
    }

    static List<Document> of(IndexedDocument indexed) {
        List<Document> articles = new ArrayList<>();
        for (Article article : indexed.articles()) {
            articles.add(article(indexed.document(), article));
        }
        return articles;
    }

    private static Document article(DocumentVersion document, Article article) {
        Document fields = new Document();
        fields.add(new StringField("work", document.id().toString(), Field.Store.YES));
        stored(fields, "version", String.valueOf(document.version()));
        stored(fields, "number", document.number());
        stored(fields, "sourceKind", document.sourceKind().code());
        stored(fields, "trial", String.valueOf(document.validity().trial()));
        stored(fields, "key", article.key());
        stored(fields, "label", article.label());
        stored(fields, "addressees", document.addressees());
        text(fields, document, article);
        exact(fields, document, article);
        dates(fields, document);
        return fields;
    }

    private static void text(Document fields, DocumentVersion document, Article article) {
        fields.add(new TextField("title" + Analysis.WORD, document.title(), Field.Store.NO));
        fields.add(new TextField("title" + Analysis.BIGRAM, document.title(), Field.Store.NO));
        fields.add(new TextField("heading" + Analysis.WORD, article.heading(), Field.Store.NO));
        fields.add(new TextField("heading" + Analysis.BIGRAM, article.heading(), Field.Store.NO));
        fields.add(new TextField("text" + Analysis.WORD, article.text(), Field.Store.NO));
        fields.add(new TextField("text" + Analysis.BIGRAM, article.text(), Field.Store.NO));
        fields.add(new TextField("text" + Analysis.UNIGRAM, article.text(), Field.Store.NO));
        stored(fields, "title", document.title());
        stored(fields, "heading", article.heading());
        stored(fields, "text", article.text());
    }

    /** Numbers are kept as keys: analysed as text they are not found. */
    private static void exact(Document fields, DocumentVersion document, Article article) {
        if (article.key().matches("0(-\\d+)?")) {
            fields.add(new StringField("frame", "true", Field.Store.NO));
        }
        number(fields, "numberKey", document.number());
        number(fields, "numberKey", document.contentsNumber());
        DocumentNumber.findAll(article.text())
                .forEach(cited -> fields.add(new StringField("cited", cited.key(), Field.Store.NO)));
        document.organs().forEach(organ -> fields.add(new StringField("organ", organ, Field.Store.YES)));
        if (document.topic() != null) {
            fields.add(new StringField("topic", document.topic(), Field.Store.YES));
        }
    }

    private static void number(Document fields, String field, @Nullable String number) {
        if (number != null) {
            DocumentNumber.parse(number)
                    .ifPresent(read -> fields.add(new StringField(field, read.key(), Field.Store.NO)));
        }
    }

    private static void dates(Document fields, DocumentVersion document) {
        LocalDate from = document.validity().from();
        LocalDate until = document.standing().lastDay();
        fields.add(new LongPoint("from", from == null ? NEVER : from.toEpochDay()));
        fields.add(new LongPoint("until", until == null ? NEVER : until.toEpochDay()));
        date(fields, "issued", document.validity().issued());
        date(fields, "inForce", document.validity().inForce());
        date(fields, "validUntil", document.validity().until());
        RepealFields.add(fields, document.standing().ending());
    }

    private static void date(Document fields, String field, @Nullable LocalDate day) {
        stored(fields, field, day == null ? null : day.toString());
    }

    private static void stored(Document fields, String field, @Nullable String value) {
        if (value != null) {
            fields.add(new StoredField(field, value));
        }
    }
}
