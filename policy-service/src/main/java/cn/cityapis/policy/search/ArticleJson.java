package cn.cityapis.policy.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.index.DocValuesType;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexableField;
import tools.jackson.databind.JsonNode;

/**
 * The fields of a Lucene document as an OpenSearch document. Texts are cut into words here, by the same analysers, so that the
 * cluster needs no plugin for Chinese and both indexes hold the same words at the same places: {@code t} cut texts, {@code e}
 * exact values, {@code p} numbers for ranges, {@code n} and {@code d} numbers and values to sort and count by, {@code stored}
 * what is shown.
 */
final class ArticleJson {

    /** Holds the place of what an analyser leaves out, so that words around it do not stand side by side. */
    static final String GAP = "\uE000";
    private static final int LONGEST_WORD = 6;

    private final Analyzer analyzer;

    ArticleJson(Analyzer analyzer) {
        this.analyzer = analyzer;
    }

    Map<String, Object> of(Document document) {
        Map<String, Object> json = new LinkedHashMap<>();
        for (IndexableField field : document) {
            if (!field.name().equals(SuggestionJson.FIELD)) {
                write(json, field);
            }
        }
        distinct(json, "words", document.get("text"), Analysis.WORD);
        distinct(json, "titlePairs", document.get("title"), Analysis.BIGRAM);
        return json;
    }

    private void write(Map<String, Object> json, IndexableField field) {
        if (field.fieldType().indexOptions() != IndexOptions.NONE) {
            if (field.fieldType().tokenized()) {
                part(json, "t").put(field.name(), cut(field.name(), field.stringValue()));
            } else {
                add(json, "e", field.name(), text(field));
            }
        }
        if (field.fieldType().pointDimensionCount() > 0) {
            add(json, "p", field.name(), field.numericValue().longValue());
        }
        if (field.fieldType().docValuesType() != DocValuesType.NONE) {
            if (field.numericValue() != null) {
                add(json, "n", field.name(), field.numericValue().longValue());
            } else {
                add(json, "d", field.name(), text(field));
            }
        }
        if (field.fieldType().stored()) {
            add(json, "stored", field.name(), text(field));
        }
    }

    private static String text(IndexableField field) {
        return field.stringValue() != null
                ? field.stringValue()
                : field.binaryValue() != null ? field.binaryValue().utf8ToString() : field.numericValue().toString();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> part(Map<String, Object> json, String part) {
        return (Map<String, Object>) json.computeIfAbsent(part, first -> new LinkedHashMap<String, Object>());
    }

    @SuppressWarnings("unchecked")
    private static void add(Map<String, Object> json, String part, String name, Object value) {
        ((List<Object>) part(json, part).computeIfAbsent(name, first -> new ArrayList<>())).add(value);
    }

    /** The different words of a text, to be listed for the whole corpus. */
    private void distinct(Map<String, Object> json, String name, @org.jspecify.annotations.Nullable String text,
            String analysis) {
        Set<String> words = new LinkedHashSet<>();
        Analysis.terms(analyzer, "text" + analysis, text == null ? "" : text).stream().map(Analysis.Word::text)
                .filter(word -> word.length() <= LONGEST_WORD && word.chars().allMatch(Characters::han))
                .forEach(words::add);
        words.forEach(word -> add(json, "d", name, word));
    }

    /** The words that a field keeps of a text, at their places. */
    private String cut(String field, String text) {
        StringBuilder words = new StringBuilder();
        try (TokenStream stream = analyzer.tokenStream(field, text)) {
            CharTermAttribute word = stream.addAttribute(CharTermAttribute.class);
            PositionIncrementAttribute step = stream.addAttribute(PositionIncrementAttribute.class);
            stream.reset();
            while (stream.incrementToken()) {
                words.repeat(GAP + " ", step.getPositionIncrement() - 1).append(word).append(' ');
            }
            stream.end();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return words.toString();
    }

    /** What was stored, as a Lucene document again. */
    static Document stored(JsonNode source) {
        Document document = new Document();
        source.path("stored").properties().forEach(field -> field.getValue()
                .forEach(value -> document.add(new StoredField(field.getKey(), value.asString()))));
        return document;
    }
}
