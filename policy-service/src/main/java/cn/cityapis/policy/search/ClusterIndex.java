package cn.cityapis.policy.search;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import cn.cityapis.policy.opensearch.OpenSearchClient;
import cn.cityapis.policy.opensearch.OpenSearchException;
import cn.cityapis.policy.opensearch.OpenSearchSettings;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.document.Document;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/**
 * The index in a cluster, which all replicas share. It is reached by an alias; a new one is built beside it under another
 * alias and then takes its place at once. Nothing that is written can be found before {@link #publish}. Each document carries
 * the transaction it was read at as its version, so that an older state never replaces a newer one, whoever writes.
 */
@Component
@OnOpenSearch
class ClusterIndex {

    /** Even: an action and its document stay together, and what takes one line comes last. */
    private static final int LINES = 400;
    private static final String POSITION = "position";

    /**
     * A state of the index that can be found.
     *
     * @param mark changes with every publication
     */
    record Published(Changes.Position position, String mark) {
    }

    private final OpenSearchClient cluster;
    private final OpenSearchSettings settings;
    private final IndexThreads threads;
    private final Analyzer analyzer = Analysis.perField();
    private final ArticleJson json = new ArticleJson(analyzer);
    private final String alias;
    private final String building;

    ClusterIndex(OpenSearchClient cluster, OpenSearchSettings settings, IndexThreads threads) {
        this.cluster = cluster;
        this.threads = threads;
        this.settings = settings;
        // an older or newer release of this service, with other fields, keeps an index of its own
        this.alias = settings.index() + "-" + IndexDocuments.FORM;
        this.building = alias + "-building";
    }

    Analyzer analyzer() {
        return analyzer;
    }

    String alias() {
        return alias;
    }

    String building() {
        return building;
    }

    /** What can be found at the moment; empty where there is no whole index. */
    Mono<Optional<Published>> published() {
        return cluster.get("/" + alias + "/_doc/" + POSITION).map(ClusterIndex::read)
                .onErrorResume(OpenSearchException.Missing.class, none -> Mono.just(Optional.empty()));
    }

    private static Optional<Published> read(JsonNode found) {
        JsonNode position = found.at("/_source/" + POSITION);
        String last = position.path("version").asString("");
        return Optional.of(new Published(
                new Changes.Position(UUID.fromString(position.path("corpus").asString()),
                        position.path("transaction").asLong(), last.isEmpty() ? null : UUID.fromString(last)),
                found.path("_index").asString() + ":" + found.path("_seq_no").asLong()));
    }

    /** Begins an empty index that nobody reads; one that was left unfinished is thrown away. */
    Mono<Void> begin() {
        return cluster.get("/_alias/" + building).onErrorResume(OpenSearchException.Missing.class, none -> Mono.empty())
                .flatMapIterable(JsonNode::propertyNames).concatMap(left -> cluster.delete("/" + left))
                .then(cluster.put("/" + alias + "-" + UUID.randomUUID(),
                        ClusterMapping.of(settings.shards(), settings.replicas(), building)))
                .then();
    }

    /** The index that was begun takes the place of the one before, at once. */
    Mono<Void> replace() {
        return cluster.get("/_alias/" + alias + "," + building)
                .onErrorResume(OpenSearchException.Missing.class, none -> cluster.get("/_alias/" + building))
                .flatMap(found -> {
                    List<Object> actions = new ArrayList<>();
                    found.properties().forEach(index -> {
                        boolean fresh = index.getValue().path("aliases").has(building);
                        if (fresh) {
                            actions.add(Map.of("add", Map.of("index", index.getKey(), "alias", alias)));
                            actions.add(Map.of("remove", Map.of("index", index.getKey(), "alias", building)));
                        } else {
                            actions.add(Map.of("remove_index", Map.of("index", index.getKey())));
                        }
                    });
                    return cluster.post("/_aliases", Map.of("actions", actions));
                }).then();
    }

    /** What was written by one who died before publishing becomes visible, so that it can be replaced. */
    Mono<Void> refresh(String into) {
        return cluster.post("/" + into + "/_refresh", Map.of()).then();
    }

    /** Replaces all articles of each document. */
    Mono<Void> put(String into, List<IndexedDocument> documents, long transaction) {
        return threads.call(() -> {
            Map<String, Object> wanted = new LinkedHashMap<>();
            documents.forEach(document -> wanted.putAll(entries(document)));
            return wanted;
        }).flatMap(wanted -> stale(into, documents, wanted.keySet()).flatMap(stale -> {
            List<Object> lines = new ArrayList<>();
            wanted.forEach((id, entry) -> {
                lines.add(Map.of("index", versioned(id, transaction)));
                lines.add(entry);
            });
            stale.forEach(id -> lines.add(Map.of("delete", versioned(id, transaction))));
            return bulk(into, lines);
        }));
    }

    private Map<String, Object> entries(IndexedDocument document) {
        UUID work = document.document().id();
        Map<String, Object> entries = new LinkedHashMap<>();
        int place = 0;
        for (Document article : IndexDocuments.of(document)) {
            Map<String, Object> entry = json.of(article);
            entry.put("place", place++);
            entries.put(work + "#" + article.get("key"), entry);
            entries.putAll(SuggestionJson.of(work, article));
        }
        return entries;
    }

    private static Map<String, Object> versioned(String id, long transaction) {
        return Map.of("_id", id, "version", transaction, "version_type", "external_gte");
    }

    /** What the index holds of some documents and should no longer. */
    private Mono<Set<String>> stale(String into, List<IndexedDocument> documents, Set<String> wanted) {
        List<String> works = documents.stream().map(one -> one.document().id().toString()).toList();
        return cluster.post("/" + into + "/_search", Map.of("size", ClusterMapping.LONGEST_RESULT, "_source", false,
                "query", Map.of("terms", Map.of("e.work", works)))).map(answer -> {
                    Set<String> stale = new LinkedHashSet<>();
                    answer.at("/hits/hits").forEach(hit -> stale.add(hit.path("_id").asString()));
                    stale.removeAll(wanted);
                    return stale;
                });
    }

    private Mono<Void> bulk(String into, List<Object> lines) {
        return Flux.fromIterable(chunks(lines))
                .concatMap(chunk -> cluster.lines("/" + into + "/_bulk?require_alias=true", chunk))
                .doOnNext(ClusterIndex::check).then();
    }

    /** An action and its document stay together. */
    private static List<List<Object>> chunks(List<Object> lines) {
        List<List<Object>> chunks = new ArrayList<>();
        for (int from = 0; from < lines.size(); from += LINES) {
            chunks.add(lines.subList(from, Math.min(from + LINES, lines.size())));
        }
        return chunks;
    }

    /** That a newer state is there already is as good as done. */
    private static void check(JsonNode answer) {
        answer.path("items").forEach(item -> item.forEach(result -> {
            int status = result.path("status").asInt();
            if (status == 429 || status >= 500) {
                throw new OpenSearchException.Unavailable(result.path("error").toString());
            }
            if (status >= 400 && status != 404 && status != 409) {
                throw new OpenSearchException.Refused(result.path("error").toString());
            }
        }));
    }

    /** Makes everything put so far visible, then notes the place it leads to. */
    Mono<Void> publish(String into, Changes.Position position) {
        UUID last = position.lastVersion();
        Map<String, Object> noted = Map.of("corpus", position.corpus().toString(), "transaction",
                position.transaction(), "version", last == null ? "" : last.toString());
        return refresh(into)
                .then(cluster.lines("/" + into + "/_bulk?require_alias=true",
                        List.of(Map.of("index", versioned(POSITION, position.transaction())),
                                Map.of(POSITION, noted))))
                .doOnNext(ClusterIndex::check).then();
    }
}
