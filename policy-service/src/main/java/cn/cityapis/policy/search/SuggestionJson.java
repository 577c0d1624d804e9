package cn.cityapis.policy.search;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import cn.cityapis.policy.text.DocumentNumber;
import org.apache.lucene.document.Document;
import tools.jackson.databind.JsonNode;

/** What can be suggested, as documents of their own beside the articles, and how they are asked for. */
final class SuggestionJson {

    /** Of the Lucene document: a letter for the kind, the text, and for a title the number after a line break. */
    static final String FIELD = "suggested";
    /** So many are looked at closely. */
    private static final int CANDIDATES = 200;
    /** In the order in which kinds are shown. */
    private static final String KINDS = "cont";

    private SuggestionJson() {
    }

    /** @return by id; what stands for many documents, an organ or a topic, has one id for all */
    static Map<String, Map<String, Object>> of(UUID work, Document article) {
        Map<String, Map<String, Object>> suggestions = new LinkedHashMap<>();
        for (String entry : article.getValues(FIELD)) {
            char kind = entry.charAt(0);
            boolean own = kind == 't' || kind == 'n';
            Map<String, Object> json = new LinkedHashMap<>();
            if (own) {
                json.put("e", Map.of("work", work.toString()));
            }
            json.put("s", suggested(entry));
            json.put("stored", Map.of(FIELD, List.of(entry)));
            String id = own
                    ? work + "~" + kind
                    : "~" + UUID.nameUUIDFromBytes(entry.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            suggestions.put(id, json);
        }
        return suggestions;
    }

    private static Map<String, Object> suggested(String entry) {
        String text = entry.substring(1).split("\n", 2)[0];
        String plain = Characters.plain(text);
        return Map.of("kind", KINDS.indexOf(entry.charAt(0)), "text", text, "length", text.length(), "grams",
                List.copyOf(SoundGrams.ofText(plain)), "begins", List.copyOf(SoundGrams.ofBeginning(plain)));
    }

    /** The entries that may say what was typed; empty where nothing that counts was typed. */
    static Map<String, Object> query(String typed) {
        String said = SoundGrams.typed(typed);
        List<String> grams = SoundGrams.ofTyped(said);
        List<Object> all = new ArrayList<>();
        grams.forEach(gram -> all.add(Map.of("term", Map.of("s.grams", gram))));
        List<Object> any = new ArrayList<>();
        any.add(Map.of("bool", Map.of("filter", all, "should", List.of(Map.of("constant_score",
                Map.of("filter", Map.of("term", Map.of("s.begins", grams.isEmpty() ? "" : grams.getFirst()))))))));
        DocumentNumber.find(said).ifPresent(number -> any.add(Map.of("term", Map.of("s.text", number.toString()))));
        return Map.of("size", grams.isEmpty() ? 0 : CANDIDATES, "query", Map.of("bool", Map.of("should", any)), "sort",
                List.of(Map.of("_score", "desc"), Map.of("s.kind", "asc"), Map.of("s.length", "asc"),
                        Map.of("s.text", "asc")),
                "_source", List.of("stored"));
    }

    static List<String> entries(JsonNode answer) {
        List<String> entries = new ArrayList<>();
        answer.at("/hits/hits").forEach(hit -> entries.add(hit.at("/_source/stored/" + FIELD + "/0").asString()));
        return entries;
    }
}
