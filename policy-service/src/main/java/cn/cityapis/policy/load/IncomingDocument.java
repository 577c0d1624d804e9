package cn.cityapis.policy.load;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import cn.cityapis.policy.gazette.GazetteDocument;
import cn.cityapis.policy.text.Article;
import cn.cityapis.policy.text.ArticleSplitter;

/**
 * A document that is to be stored, with what was read from it: each reading is made once, ahead of the transaction or in it.
 * Safe for use by several threads.
 */
public final class IncomingDocument {

    private record Articles(List<Article> list) {
    }

    private final GazetteDocument document;
    private final Map<Class<?>, Object> readings = new ConcurrentHashMap<>();

    IncomingDocument(GazetteDocument document) {
        this.document = document;
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
