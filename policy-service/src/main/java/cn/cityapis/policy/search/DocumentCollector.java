package cn.cityapis.policy.search;

import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.LeafCollector;
import org.apache.lucene.search.Scorable;
import org.apache.lucene.search.ScoreMode;

/**
 * Collects the best documents of a query with their best articles, in one pass: the articles of a document stand side by side in
 * the index. What cannot be of a document among the best is skipped, so that further articles of one may be missing.
 */
final class DocumentCollector implements Collector {

    private static final int ARTICLES_KEPT = 32;
    /** So many are counted before the first is skipped. */
    private static final int COUNTED = 1_000;

    /** A document with its best articles, the best first, by their places in the index. */
    record Candidate(int[] articles, float[] scores) {

        int best() {
            return articles[0];
        }

        float score() {
            return scores[0];
        }
    }

    /** The worst first; of two as good the later in the index, so that the best few do not depend on how many are asked for. */
    private static final Comparator<Candidate> WORST = Comparator.comparingDouble(Candidate::score)
            .thenComparing(Comparator.comparingInt(Candidate::best).reversed());

    private final int wanted;
    private final PriorityQueue<Candidate> best = new PriorityQueue<>(WORST);
    private long articles;
    private boolean skipped;

    DocumentCollector(int wanted) {
        this.wanted = wanted;
    }

    /** The best first. */
    List<Candidate> documents() {
        return best.stream().sorted(WORST.reversed()).toList();
    }

    long articles() {
        return articles;
    }

    /** Whether there may be more articles than were counted. */
    boolean skipped() {
        return skipped;
    }

    @Override
    public ScoreMode scoreMode() {
        return ScoreMode.TOP_SCORES;
    }

    @Override
    public LeafCollector getLeafCollector(LeafReaderContext leaf) throws IOException {
        return new Leaf(leaf.docBase, DocValues.getSorted(leaf.reader(), "workId"));
    }

    /** Reads the articles of a part of the index in their order. */
    private final class Leaf implements LeafCollector {

        private final int base;
        private final SortedDocValues works;
        private final int[] kept = new int[ARTICLES_KEPT];
        private final float[] scores = new float[ARTICLES_KEPT];
        private Scorable scorer = new Scorable() {
            @Override
            public float score() {
                return 0;
            }
        };
        private int size;
        private int work = -1;

        Leaf(int base, SortedDocValues works) {
            this.base = base;
            this.works = works;
        }

        @Override
        public void setScorer(Scorable scorer) throws IOException {
            this.scorer = scorer;
            skip();
        }

        @Override
        public void collect(int doc) throws IOException {
            float score = scorer.score();
            articles++;
            int of = works.advanceExact(doc) ? works.ordValue() : -1;
            if (of != work) {
                close();
                work = of;
            }
            keep(base + doc, score);
        }

        /** The best first. */
        private void keep(int article, float score) {
            int at = Math.min(size, ARTICLES_KEPT);
            while (at > 0 && scores[at - 1] < score) {
                at--;
            }
            if (at == ARTICLES_KEPT) {
                return;
            }
            size = Math.min(size + 1, ARTICLES_KEPT);
            System.arraycopy(kept, at, kept, at + 1, size - at - 1);
            System.arraycopy(scores, at, scores, at + 1, size - at - 1);
            kept[at] = article;
            scores[at] = score;
        }

        /** The document that was read is over. */
        private void close() throws IOException {
            boolean room = best.size() < wanted;
            if (size > 0 && (room || scores[0] > best.element().score())) {
                best.add(new Candidate(Arrays.copyOf(kept, size), Arrays.copyOf(scores, size)));
                if (!room) {
                    best.remove();
                }
                skip();
            }
            size = 0;
        }

        private void skip() throws IOException {
            if (best.size() == wanted && articles > COUNTED) {
                skipped = true;
                scorer.setMinCompetitiveScore(Math.nextUp(best.element().score()));
            }
        }

        @Override
        public void finish() throws IOException {
            close();
        }
    }
}
