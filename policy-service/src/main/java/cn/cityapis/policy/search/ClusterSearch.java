package cn.cityapis.policy.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeoutException;

import cn.cityapis.platform.problem.ProblemException;
import cn.cityapis.platform.web.Page;
import cn.cityapis.platform.web.PageRequest;
import cn.cityapis.policy.PolicyProblem;
import cn.cityapis.policy.opensearch.OpenSearchClient;
import cn.cityapis.policy.opensearch.OpenSearchException;
import cn.cityapis.policy.search.ClusterRanking.Found;
import cn.cityapis.policy.search.ClusterSnapshots.Snapshot;
import cn.cityapis.policy.search.SearchAnswer.DocumentHit;
import cn.cityapis.policy.search.SearchAnswer.Dropped;
import cn.cityapis.policy.search.SearchRequest.Filters;
import org.apache.lucene.document.Document;
import org.apache.lucene.search.Query;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** The search on an OpenSearch cluster. What is computed here is computed on {@link IndexThreads}, nothing waits. */
@Component
@OnOpenSearch
class ClusterSearch implements ArticleSearch {

    private static final int MOST_ROUNDS = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final OpenSearchClient cluster;
    private final ClusterIndex index;
    private final IndexThreads threads;
    private final Understanding understanding;
    private final Queries queries;
    private final ClusterSnapshots snapshots;
    private final ClusterLexicon lexicon;
    private final ClusterRanking ranking;

    ClusterSearch(OpenSearchClient cluster, ClusterIndex index, IndexThreads threads) {
        this.cluster = cluster;
        this.index = index;
        this.threads = threads;
        this.understanding = new Understanding(index.analyzer());
        this.queries = new Queries(index.analyzer(), Queries.Weights.TUNED);
        this.snapshots = new ClusterSnapshots(cluster, index);
        this.lexicon = new ClusterLexicon(cluster, index, threads);
        this.ranking = new ClusterRanking(cluster);
    }

    /** What was found, and by which of the questions that were tried. */
    private record Tried(Question question, Filters filters, Found found, List<Dropped> dropped) {
    }

    /** Whether an index is missing shows when it is asked. */
    @Override
    public boolean ready() {
        return true;
    }

    @Override
    public Mono<SearchAnswer> search(SearchRequest request) {
        return request.snapshot().flatMap(snapshots::named).map(Mono::just).orElseGet(snapshots::current)
                .flatMap(snapshot -> search(snapshot, request).onErrorResume(ClusterSearch::gone,
                        gone -> {
                            snapshots.gone(snapshot);
                            return Mono.delay(ClusterSnapshots.FRESH).then(snapshots.current())
                                    .flatMap(latest -> search(latest, request));
                        }))
                .timeout(PATIENCE).onErrorMap(ClusterSearch::problem);
    }

    @Override
    public Mono<List<Suggestion>> suggest(String typed, int limit) {
        return threads.call(() -> SuggestionJson.query(typed))
                .flatMap(query -> cluster.post("/" + index.alias() + "/_search?allow_partial_search_results=false",
                        query))
                .flatMap(answer -> threads
                        .call(() -> Suggestions.of(SuggestionJson.entries(answer)).find(typed, limit)))
                .timeout(PATIENCE).onErrorMap(ClusterSearch::problem);
    }

    /** A state is gone with its index, and with the node that held it though others hold the same shards. */
    private static boolean gone(Throwable error) {
        return error instanceof OpenSearchException.Missing || error instanceof OpenSearchException.Unavailable;
    }

    private static Throwable problem(Throwable error) {
        return switch (error) {
            case OpenSearchException.Missing missing -> ProblemException.of(PolicyProblem.INDEX_BUILDING);
            case OpenSearchException.Unavailable down -> ProblemException.of(PolicyProblem.SEARCH_UNAVAILABLE);
            case TimeoutException late -> ProblemException.of(PolicyProblem.SEARCH_UNAVAILABLE);
            default -> error;
        };
    }

    private Mono<SearchAnswer> search(Snapshot snapshot, SearchRequest request) {
        return lexicon.of(snapshot).flatMap(known -> understood(known, request.text()))
                .flatMap(understood -> tried(snapshot, request, understood)
                        .flatMap(tried -> written(snapshot, request, understood, tried)));
    }

    /** Asks the cluster for the words that were not known here, until nothing new is wanted. */
    private Mono<Understood> understood(ClusterLexicon.Known known, String text) {
        ClusterLexicon.Asked asked = lexicon.new Asked(known);
        return understood(known, asked, text, MOST_ROUNDS);
    }

    private Mono<Understood> understood(ClusterLexicon.Known known, ClusterLexicon.Asked asked, String text,
            int rounds) {
        return threads.call(() -> {
            try {
                return understanding.of(text, asked, known::vocabulary);
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
        }).flatMap(understood -> rounds == 0
                ? Mono.just(understood)
                : asked.ask().flatMap(
                        more -> more ? understood(known, asked, text, rounds - 1) : Mono.just(understood)));
    }

    private Mono<Tried> tried(Snapshot snapshot, SearchRequest request, Understood understood) {
        Question question = understood.question();
        Mono<Tried> whole = found(snapshot, request, understood, question, request.filters(), List.of());
        return whole.flatMap(first -> first.found().articles() > 0
                ? Mono.just(first)
                : Flux.fromIterable(Relaxation.steps(question, request.filters()))
                        .concatMap(step -> found(snapshot, request, understood, step.question(), step.filters(),
                                step.dropped()), 1)
                        .filter(nearer -> nearer.found().articles() > 0).next().defaultIfEmpty(first));
    }

    private Mono<Tried> found(Snapshot snapshot, SearchRequest request, Understood understood, Question question,
            Filters filters, List<Dropped> dropped) {
        return threads.call(() -> candidates(understood, question, filters, request))
                .flatMap(candidates -> ranking.find(snapshot, candidates, whole(understood, question, request),
                        request))
                .map(found -> new Tried(question, filters, found, dropped));
    }

    private Query candidates(Understood understood, Question question, Filters filters, SearchRequest request) {
        return queries.candidates(question, understood.mended(), understood.sounding(), filters, request.today());
    }

    /** For candidates only, which have passed the filters. */
    private Query whole(Understood understood, Question question, SearchRequest request) {
        return queries.of(question, understood.mended(), understood.sounding(), Filters.NONE, request.today());
    }

    private Mono<SearchAnswer> written(Snapshot snapshot, SearchRequest request, Understood understood, Tried tried) {
        List<ClusterRanking.Group> shown = tried.found().groups().subList(0,
                Math.min(request.limit(), tried.found().groups().size()));
        return texts(snapshot, shown).zipWhen(texts -> facets(snapshot, request, understood, tried))
                .flatMap(read -> threads.call(() -> {
                    Marks marks = Marks.of(understood.all(), understood.sounding());
                    List<DocumentHit> hits = shown.stream().map(group -> Answers.hit(
                            group.articles().stream().map(id -> Objects.requireNonNull(read.getT1().get(id))).toList(),
                            request.today(), marks)).toList();
                    return answer(snapshot, request, understood, tried, hits,
                            request.counted() ? ClusterFacets.read(read.getT2()) : null);
                }));
    }

    private SearchAnswer answer(Snapshot snapshot, SearchRequest request, Understood understood, Tried tried,
            List<DocumentHit> hits, @Nullable Map<String, List<SearchAnswer.Count>> facets) {
        List<Dropped> dropped = new ArrayList<>(understood.unknown());
        dropped.addAll(tried.dropped());
        return new SearchAnswer(hits, new SearchAnswer.Total(tried.found().articles(), tried.found().atLeast()),
                cursor(snapshot, request, tried.found()), understood.mendedText().orElse(null),
                dropped.isEmpty() || hits.isEmpty()
                        ? null
                        : new SearchAnswer.Relaxed(dropped, Relaxation.wording(dropped)),
                facets);
    }

    private @Nullable String cursor(Snapshot snapshot, SearchRequest request, Found found) {
        if (found.groups().size() <= request.limit()) {
            return null;
        }
        String name = snapshots.keep(snapshot);
        return Page.of(found.groups(), new PageRequest(request.limit(), List.of()),
                group -> List.of(String.valueOf(group.place().rank()), group.place().work(), name)).nextCursor();
    }

    /** What is shown of each article, by its id. */
    private Mono<Map<String, Document>> texts(Snapshot snapshot, List<ClusterRanking.Group> groups) {
        List<String> ids = groups.stream().flatMap(group -> group.articles().stream()).toList();
        return ids.isEmpty()
                ? Mono.just(Map.of())
                : cluster.post("/_search?allow_partial_search_results=false", Map.of("size", ids.size(), "pit",
                        snapshot.read(), "query", Map.of("ids", Map.of("values", ids)), "_source", List.of("stored")))
                        .map(answer -> {
                            Map<String, Document> texts = new HashMap<>();
                            answer.at("/hits/hits").forEach(hit -> texts.put(hit.path("_id").asString(),
                                    ArticleJson.stored(hit.path("_source"))));
                            return texts;
                        });
    }

    private Mono<JsonNode> facets(Snapshot snapshot, SearchRequest request, Understood understood, Tried tried) {
        if (!request.counted()) {
            return Mono.just(tools.jackson.databind.node.MissingNode.getInstance());
        }
        return threads.call(() -> Map.<String, Object>of("size", 0, "pit", snapshot.read(), "track_total_hits", false,
                "query", QueryJson.of(candidates(understood, tried.question(), tried.filters(), request)), "aggs",
                ClusterFacets.asked(request.today())))
                .flatMap(asked -> cluster.post("/_search?allow_partial_search_results=false", asked))
                .map(answer -> answer.path("aggregations"));
    }
}
