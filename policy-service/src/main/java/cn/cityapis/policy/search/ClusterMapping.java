package cn.cityapis.policy.search;

import java.util.List;
import java.util.Map;

/** How OpenSearch is told to keep what {@link ArticleJson} and {@link SuggestionJson} write. */
final class ClusterMapping {

    /** As far as the ranking reads. */
    static final int LONGEST_RESULT = 50_000;

    private ClusterMapping() {
    }

    static Map<String, Object> of(int shards, int replicas, String alias) {
        return Map.of("aliases", Map.of(alias, Map.of()), "settings", settings(shards, replicas), "mappings",
                mappings());
    }

    private static Map<String, Object> settings(int shards, int replicas) {
        Map<String, Object> gaps = Map.of("type", "stop", "stopwords", List.of(ArticleJson.GAP));
        Map<String, Object> cut = Map.of("type", "custom", "tokenizer", "whitespace", "filter", List.of("gaps"));
        return Map.of("number_of_shards", shards, "number_of_replicas", replicas,
                // only what is published is found
                "refresh_interval", "-1", "max_result_window", LONGEST_RESULT, "analysis",
                Map.of("filter", Map.of("gaps", gaps), "analyzer", Map.of("cut", cut)));
    }

    private static Map<String, Object> mappings() {
        Map<String, Object> exact = Map.of("type", "keyword", "doc_values", false);
        Map<String, Object> suggested = Map.of("kind", Map.of("type", "integer"), "length", Map.of("type", "integer"),
                "text", Map.of("type", "keyword"), "grams", exact, "begins", exact);
        Map<String, Object> opaque = Map.of("type", "object", "enabled", false);
        return Map.of("_source", Map.of("excludes", List.of("t.*", "s.grams", "s.begins", "d.words", "d.titlePairs")),
                "properties",
                Map.of("stored", opaque, "position", opaque, "place", Map.of("type", "integer"), "s",
                        Map.of("properties", suggested)),
                "dynamic_templates",
                List.of(part("t", "string", Map.of("type", "text", "analyzer", "cut")), part("e", "string", exact),
                        part("d", "string", Map.of("type", "keyword")),
                        part("p", "long", Map.of("type", "long", "doc_values", false)),
                        part("n", "long", Map.of("type", "long"))));
    }

    private static Map<String, Object> part(String part, String type, Map<String, Object> mapping) {
        return Map.of(part, Map.of("path_match", part + ".*", "match_mapping_type", type, "mapping", mapping));
    }
}
