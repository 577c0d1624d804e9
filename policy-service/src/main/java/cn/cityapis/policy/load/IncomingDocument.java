package cn.cityapis.policy.load;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import cn.cityapis.policy.gazette.GazetteDocument;
import cn.cityapis.policy.text.Article;
import cn.cityapis.policy.text.ArticleSplitter;
import cn.cityapis.policy.text.DocumentNumber;
import org.jspecify.annotations.Nullable;

/**
 * A document that is to be stored, with what was read from it: each reading is made once, ahead of the transaction or in it.
 * Safe for use by several threads.
 */
public final class IncomingDocument {

    private record Articles(List<Article> list) {
    }

    private final GazetteDocument document;
    private final String key;
    private final Map<Class<?>, Object> readings = new ConcurrentHashMap<>();

    IncomingDocument(GazetteDocument document) {
        this(document, WorkKeys.of(document));
    }

    /** @param key of the work */
    IncomingDocument(GazetteDocument document, String key) {
        this.document = document;
        this.key = key;
    }

    String key() {
        return key;
    }

    /** Its number, unless that is another document's. */
    @Nullable
    DocumentNumber number() {
        DocumentNumber number = document.number();
        return number != null && number.key().equals(key) ? number : null;
    }

    /** The same, with more known of it; what was read from its text stays read. */
    IncomingDocument as(GazetteDocument fuller) {
        IncomingDocument other = new IncomingDocument(fuller, key);
        other.readings.putAll(readings);
        other.readings.remove(StoreDocument.Content.class);
        return other;
    }

    public GazetteDocument document() {
        return document;
    }

    public List<Article> articles() {
        return reading(Articles.class, one -> new Articles(ArticleSplitter.split(one.document().tree()))).list();
    }

    /**
     * What a feature reads from it, by computing only.
     *
     * @param kind tells the readings apart
     */
    public <T> T reading(Class<T> kind, Function<IncomingDocument, T> read) {
        Object known = readings.get(kind);
        if (known == null) {
            // two threads may read the same; both readings are alike
            known = read.apply(this);
            readings.put(kind, known);
        }
        return kind.cast(known);
    }
}
