package cn.cityapis.policy.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import cn.cityapis.platform.web.Page;
import cn.cityapis.platform.web.PageRequest;
import cn.cityapis.policy.search.SearchAnswer.DocumentHit;
import cn.cityapis.policy.search.SearchAnswer.Dropped;
import cn.cityapis.policy.search.SearchRequest.Filters;
import cn.cityapis.policy.search.Synonyms.Alternative;
import jakarta.annotation.PreDestroy;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** The search on the Lucene index of this replica. */
@Component
class LuceneSearch implements ArticleSearch {

    private final ArticleIndex index;
    private final IndexThreads threads;
    private final QuestionReader questions;
    private final Queries queries;
    private final Snapshots snapshots;
    private final Lexicon lexicon = new Lexicon();

    @Autowired
    LuceneSearch(ArticleIndex index, IndexThreads threads) {
        this(index, threads, Queries.Weights.TUNED);
    }

    LuceneSearch(ArticleIndex index, IndexThreads threads, Queries.Weights weights) {
        this.index = index;
        this.threads = threads;
        this.questions = new QuestionReader(index.analyzer());
        this.queries = new Queries(index.analyzer(), weights);
        this.snapshots = new Snapshots(index);
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

    /** A question with all that was made of it. */
    private record Understood(Question question, Optional<String> mendedText, Optional<Question> mended,
            List<Sounding> sounding) {

        List<Question> all() {
            List<Question> all = new ArrayList<>(List.of(question));
            mended.ifPresent(all::add);
            return all;
        }
    }

    private SearchAnswer answer(IndexSearcher searcher, SearchRequest request) throws IOException {
        Understood understood = understand(searcher, request.text());
        List<Dropped> dropped = unknown(searcher.getIndexReader(), understood);
        Filters filters = request.filters();
        Question question = understood.question();
        Ranking.Found found = Ranking.find(searcher, query(understood, question, filters, request), request);
        if (found.articles() == 0) {
            for (Relaxation.Step step : Relaxation.steps(question, filters)) {
                Ranking.Found nearer = Ranking.find(searcher, query(understood, step.question(), step.filters(),
                        request), request);
                if (nearer.articles() > 0) {
                    found = nearer;
                    filters = step.filters();
                    question = step.question();
                    dropped.addAll(step.dropped());
                    break;
                }
            }
        }
        Query asked = query(understood, question, filters, request);
        return written(searcher, request, found, understood, dropped, asked);
    }

    /** What a text is looked for by, for those who measure the ranking. */
    Query query(IndexSearcher searcher, SearchRequest request) throws IOException {
        Understood understood = understand(searcher, request.text());
        return query(understood, understood.question(), request.filters(), request);
    }

    private Query query(Understood understood, Question question, Filters filters, SearchRequest request) {
        return queries.of(question, understood.mended(), understood.sounding(), filters, request.today());
    }

    private Understood understand(IndexSearcher searcher, String text) throws IOException {
        Question asked = questions.read(text);
        Vocabulary vocabulary = asked.latin().isEmpty()
                ? Vocabulary.EMPTY
                : lexicon.of(searcher).vocabulary();
        List<Sounding> sounding = new ArrayList<>();
        List<Alternative> others = new ArrayList<>(asked.alternatives());
        for (String letters : asked.latin()) {
            if (searcher.getIndexReader().docFreq(new Term("text" + Analysis.BIGRAM, letters)) == 0) {
                vocabulary.sounding(letters).ifPresent(sounding::add);
                Synonyms.sounding(letters).ifPresent(others::add);
            }
        }
        Question question = new Question(asked.number(), asked.article(), asked.phrases(), asked.pieces(),
                asked.words(), others, asked.latin());
        Optional<String> better = new SpellingCheck(searcher.getIndexReader()).mend(text,
                Analysis.words(index.analyzer(), text));
        return new Understood(question, better, better.map(questions::read), sounding);
    }

    /** Words that stand nowhere, under no other name: the search goes on without them, and says so. */
    private static List<Dropped> unknown(IndexReader reader, Understood understood) throws IOException {
        List<Dropped> unknown = new ArrayList<>();
        Question question = understood.question();
        for (String word : question.words()) {
            boolean read = understood.sounding().stream().anyMatch(sounding -> sounding.typed().equals(word))
                    || understood.mended().isPresent()
                    || question.alternatives().stream().anyMatch(other -> word.contains(other.said())
                            || other.said().contains(word));
            if (word.length() > 1 && !read && !stands(reader, word)) {
                unknown.add(new Dropped("word", word));
            }
        }
        return unknown.size() == question.words().size() ? new ArrayList<>() : unknown;
    }

    private static boolean stands(IndexReader reader, String word) throws IOException {
        for (String field : List.of("text", "title", "heading")) {
            if (reader.docFreq(new Term(field + Analysis.WORD, word)) > 0) {
                return true;
            }
        }
        boolean han = word.chars().allMatch(Characters::han);
        for (int at = 0; at + 1 < word.length() && han; at++) {
            String pair = word.substring(at, at + 2);
            if (reader.docFreq(new Term("text" + Analysis.BIGRAM, pair)) == 0
                    && reader.docFreq(new Term("title" + Analysis.BIGRAM, pair)) == 0) {
                return false;
            }
        }
        return han;
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
