package cn.cityapis.policy.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import cn.cityapis.platform.web.Page;
import cn.cityapis.platform.web.PageRequest;
import cn.cityapis.policy.search.SearchAnswer.DocumentHit;
import cn.cityapis.policy.search.SearchAnswer.Dropped;
import cn.cityapis.policy.search.SearchRequest.Filters;
import jakarta.annotation.PreDestroy;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** The search on the Lucene index of this replica. */
@Component
@OnLucene
class LuceneSearch implements ArticleSearch {

    private final ArticleIndex index;
    private final IndexThreads threads;
    private final Understanding understanding;
    private final Queries queries;
    private final Snapshots snapshots;
    private final Lexicon lexicon = new Lexicon();
    private final KnownTerms terms = new KnownTerms();

    @Autowired
    LuceneSearch(ArticleIndex index, IndexThreads threads) {
        this(index, threads, Queries.Weights.TUNED);
    }

    LuceneSearch(ArticleIndex index, IndexThreads threads, Queries.Weights weights) {
        this.index = index;
        this.threads = threads;
        this.understanding = new Understanding(index.analyzer());
        this.queries = new Queries(index.analyzer(), weights);
        this.snapshots = new Snapshots(index);
        index.whenWithdrawn(snapshots::forget);
        index.whenWithdrawn(lexicon::forget);
    }

    @Override
    public boolean ready() {
        return index.complete();
    }

    @Override
    public Mono<SearchAnswer> search(SearchRequest request) {
        return threads.call(() -> snapshots.read(request.snapshot(), searcher -> answer(searcher, request)));
    }

    @Override
    public Mono<List<Suggestion>> suggest(String typed, int limit) {
        return threads.call(() -> index.read(searcher -> lexicon.of(searcher).suggestions().find(typed, limit)));
    }

    SearchAnswer answer(IndexSearcher searcher, SearchRequest request) throws IOException {
        Understood understood = understand(searcher, request.text());
        List<Dropped> dropped = new ArrayList<>(understood.unknown());
        Filters filters = request.filters();
        Question question = understood.question();
        Ranking.Found found = find(searcher, understood, question, filters, request);
        if (found.articles() == 0) {
            for (Relaxation.Step step : Relaxation.steps(question, filters)) {
                Ranking.Found nearer = find(searcher, understood, step.question(), step.filters(), request);
                if (nearer.articles() > 0) {
                    found = nearer;
                    filters = step.filters();
                    question = step.question();
                    dropped.addAll(step.dropped());
                    break;
                }
            }
        }
        Query asked = candidates(understood, question, filters, request);
        return written(searcher, request, found, understood, dropped, asked);
    }

    private Ranking.Found find(IndexSearcher searcher, Understood understood, Question question, Filters filters,
            SearchRequest request) throws IOException {
        return Ranking.find(searcher, terms.in(searcher, candidates(understood, question, filters, request)),
                terms.in(searcher, whole(understood, question, request)), request);
    }

    /** The best articles, not grouped, for those who measure the ranking. */
    List<ScoreDoc> best(IndexSearcher searcher, SearchRequest request, int lookedAt) throws IOException {
        Understood understood = understand(searcher, request.text());
        Question question = understood.question();
        return Ranking.articles(searcher, candidates(understood, question, request.filters(), request),
                whole(understood, question, request), lookedAt);
    }

    private Query candidates(Understood understood, Question question, Filters filters, SearchRequest request) {
        return queries.candidates(question, understood.mended(), understood.sounding(), filters, request.today());
    }

    /** For candidates only, which have passed the filters. */
    private Query whole(Understood understood, Question question, SearchRequest request) {
        return queries.of(question, understood.mended(), understood.sounding(), Filters.NONE, request.today());
    }

    private Understood understand(IndexSearcher searcher, String text) throws IOException {
        IndexReader reader = searcher.getIndexReader();
        return understanding.of(text, (field, word) -> reader.docFreq(new Term(field, word)),
                () -> lexicon.of(searcher).vocabulary());
    }

    private SearchAnswer written(IndexSearcher searcher, SearchRequest request, Ranking.Found found,
            Understood understood, List<Dropped> dropped, Query asked) throws IOException {
        Marks marks = Marks.of(understood.all(), understood.sounding());
        StoredFields stored = searcher.storedFields();
        List<DocumentHit> hits = new ArrayList<>();
        for (Ranking.Group group : found.groups().subList(0, Math.min(request.limit(), found.groups().size()))) {
            List<Document> articles = new ArrayList<>();
            for (int article : group.articles()) {
                articles.add(stored.document(article));
            }
            hits.add(Answers.hit(articles, request.today(), marks));
        }
        Map<String, List<SearchAnswer.Count>> facets = request.counted()
                ? searcher.search(asked, new Facets(request.today()))
                : null;
        return new SearchAnswer(hits, new SearchAnswer.Total(found.articles(), found.atLeast()),
                cursor(searcher, request, found), understood.mendedText().orElse(null),
                dropped.isEmpty() || hits.isEmpty()
                        ? null
                        : new SearchAnswer.Relaxed(dropped, Relaxation.wording(dropped)),
                facets);
    }

    private @org.jspecify.annotations.Nullable String cursor(IndexSearcher searcher, SearchRequest request,
            Ranking.Found found) throws IOException {
        if (found.groups().size() <= request.limit()) {
            return null;
        }
        String snapshot = snapshots.keep(searcher);
        return Page.of(found.groups(), new PageRequest(request.limit(), List.of()),
                group -> List.of(String.valueOf(group.place().rank()), group.place().work(), snapshot)).nextCursor();
    }

    @PreDestroy
    void close() throws IOException {
        snapshots.close();
    }
}
