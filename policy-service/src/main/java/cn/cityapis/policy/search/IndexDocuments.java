package cn.cityapis.policy.search;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import cn.cityapis.policy.document.DocumentVersion;
import cn.cityapis.policy.text.Article;
import cn.cityapis.policy.text.DocumentNumber;
import cn.cityapis.policy.text.Repeal;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.SortedSetDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/** How an article and its document look in the index. The articles of a document stand side by side in it. */
final class IndexDocuments {

    /** Of the fields: another one means that the index is built anew. */
    static final String FORM = "7";
    /** A document without a known day in force, or without an end. */
    static final long NEVER = Long.MAX_VALUE;

    /** Single characters are counted, never looked for side by side. */
    private static final FieldType BAG = new FieldType(TextField.TYPE_NOT_STORED);

    static {
        BAG.setIndexOptions(IndexOptions.DOCS_AND_FREQS);
        BAG.freeze();
    }

    private static final Pattern FRAME = Pattern.compile("0(-\\d+)?");

    private IndexDocuments() {
    }

    static List<Document> of(IndexedDocument indexed) {
        Document shared = shared(indexed.document());
        List<Document> articles = new ArrayList<>();
        for (Article article : indexed.articles()) {
            Document fields = new Document();
            shared.forEach(fields::add);
            article(fields, article);
            if (articles.isEmpty()) {
                suggested(fields, indexed.document());
            }
            articles.add(fields);
        }
        return articles;
    }

    /** What every article of a document says of it: the same fields stand in all of them. */
    private static Document shared(DocumentVersion document) {
        Document fields = new Document();
        fields.add(new StringField("work", document.id().toString(), Field.Store.YES));
        fields.add(new SortedDocValuesField("workId", new BytesRef(document.id().toString())));
        stored(fields, "version", String.valueOf(document.version()));
        stored(fields, "number", document.number());
        stored(fields, "sourceKind", document.sourceKind().code());
        stored(fields, "trial", String.valueOf(document.validity().trial()));
        stored(fields, "addressees", document.addressees());
        text(fields, "title", document.title());
        number(fields, "numberKey", document.number());
        number(fields, "numberKey", document.contentsNumber());
        document.organs().forEach(organ -> facet(fields, "organ", organ));
        facet(fields, "topic", document.topic());
        facet(fields, "kind", Genre.of(document.title()));
        dates(fields, document);
        return fields;
    }

    private static void article(Document fields, Article article) {
        stored(fields, "key", article.key());
        stored(fields, "label", article.label());
        text(fields, "heading", article.heading());
        text(fields, "text", article.text());
        if (FRAME.matcher(article.key()).matches()) {
            fields.add(new NumericDocValuesField("frame", 1));
        }
        if (article.number() != null) {
            fields.add(new StringField("articleNumber", article.number().toString(), Field.Store.NO));
        }
        // numbers are kept as keys: analysed as text they are not found
        cited(article.text()).forEach(key -> fields.add(new StringField("cited", key, Field.Store.NO)));
        facts(fields, article);
    }

    private static void text(Document fields, String field, String text) {
        fields.add(new TextField(field + Analysis.WORD, text, Field.Store.NO));
        fields.add(new TextField(field + Analysis.BIGRAM, text, Field.Store.NO));
        fields.add(new Field(field + Analysis.UNIGRAM, text, BAG));
        stored(fields, field, text);
    }

    /** Numbers cited in sentences, and those that fill a cell of a table, where what stands before is no part of them. */
    private static Set<String> cited(String text) {
        Set<String> keys = new LinkedHashSet<>();
        DocumentNumber.findAll(text).forEach(number -> keys.add(number.key()));
        for (String cell : keys.isEmpty() ? new String[0] : text.split("[\t\n]")) {
            DocumentNumber.findAll(cell).forEach(number -> keys.add(number.key()));
        }
        return keys;
    }

    private static void facts(Document fields, Article article) {
        ArticleFacts facts = ArticleFacts.of(article.text());
        facts.responsible().forEach(organ -> fields.add(new StringField("responsible", organ, Field.Store.NO)));
        Fact.statedIn(article.text(), facts)
                .forEach(fact -> fields.add(new StringField("fact", fact.code(), Field.Store.NO)));
        for (long amount : facts.amountsFen()) {
            fields.add(new LongPoint("amount", amount));
        }
    }

    /** What can be suggested of a document, once for each: a letter for its kind, the text, and the number of a title. */
    static void suggested(Document fields, DocumentVersion document) {
        suggested(fields, 't', document.title() + (document.number() == null ? "" : "\n" + document.number()));
        suggested(fields, 'n', document.number());
        suggested(fields, 'c', document.topic());
        document.organs().forEach(organ -> suggested(fields, 'o', organ));
    }

    private static void suggested(Document fields, char kind, @Nullable String text) {
        if (text != null && !text.isBlank() && text.length() < 1_000) {
            fields.add(new StringField("suggested", kind + text, Field.Store.NO));
        }
    }

    private static void facet(Document fields, String field, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            fields.add(new StringField(field, value, Field.Store.YES));
            fields.add(new SortedSetDocValuesField(field + "Facet", new BytesRef(value)));
        }
    }

    private static void number(Document fields, String field, @Nullable String number) {
        if (number != null) {
            DocumentNumber.parse(number)
                    .ifPresent(read -> fields.add(new StringField(field, read.key(), Field.Store.NO)));
        }
    }

    private static void dates(Document fields, DocumentVersion document) {
        LocalDate until = document.standing().lastDay();
        day(fields, "from", document.validity().from(), NEVER);
        day(fields, "until", until, NEVER);
        day(fields, "issued", document.validity().issued(), Long.MIN_VALUE);
        date(fields, "issuedOn", document.validity().issued());
        date(fields, "inForce", document.validity().inForce());
        date(fields, "validUntil", document.validity().until());
        ExtensionFields.add(fields, document.extension());
        Repeal ending = document.standing().ending();
        RepealFields.add(fields, ending);
        if (ending != null) {
            LocalDate since = ending.since();
            fields.add(new NumericDocValuesField("repealedDay", since == null ? 0 : since.toEpochDay()));
        }
    }

    /** To be filtered by, and to be read while scoring, sorting and counting. */
    private static void day(Document fields, String field, @Nullable LocalDate day, long unknown) {
        long epoch = day == null ? unknown : day.toEpochDay();
        fields.add(new LongPoint(field, epoch));
        fields.add(new NumericDocValuesField(field + "Day", epoch));
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
