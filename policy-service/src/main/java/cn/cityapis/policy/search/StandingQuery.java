package cn.cityapis.policy.search;

import java.io.IOException;
import java.util.Objects;

import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.search.BulkScorer;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.Explanation;
import org.apache.lucene.search.FilterLeafCollector;
import org.apache.lucene.search.FilterWeight;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.LeafCollector;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.Scorable;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.ScorerSupplier;
import org.apache.lucene.search.TwoPhaseIterator;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.Bits;
import org.jspecify.annotations.Nullable;

/**
 * Multiplies the score by what an article is: in force on a day or not, the frame around a rule or the rule. It keeps the
 * bounds that let the search skip what cannot be among the best, which Lucene's own function queries do not.
 */
final class StandingQuery extends Query {

    /** A document in force ranks before a dead one that answers about as well, not before one that answers much better. */
    static final float IN_FORCE = 1.3f;
    /** The notice around a rule names its subject, but seldom answers. */
    static final float FRAME = 0.75f;

    private final Query query;
    private final long day;
    private final float frame;

    /** @param frame what the notice around a rule counts: all of it where a question asks for what stands there */
    StandingQuery(Query query, long day, float frame) {
        this.query = query;
        this.day = day;
        this.frame = frame;
    }

    Query inner() {
        return query;
    }

    long day() {
        return day;
    }

    float frame() {
        return frame;
    }

    @Override
    public Query rewrite(IndexSearcher searcher) throws IOException {
        Query rewritten = query.rewrite(searcher);
        return rewritten == query ? super.rewrite(searcher) : new StandingQuery(rewritten, day, frame);
    }

    @Override
    public Weight createWeight(IndexSearcher searcher, ScoreMode mode, float boost) throws IOException {
        Weight inner = query.createWeight(searcher, mode, boost);
        return mode.needsScores() ? new StandingWeight(inner) : inner;
    }

    @Override
    public void visit(QueryVisitor visitor) {
        query.visit(visitor);
    }

    @Override
    public String toString(@Nullable String field) {
        return "standing(" + query.toString(field) + ", " + day + ", " + frame + ")";
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof StandingQuery standing && standing.day == day && standing.frame == frame
                && standing.query.equals(query);
    }

    @Override
    public int hashCode() {
        return Objects.hash(classHash(), query, day, frame);
    }

    /** Reads what an article is; documents must be asked for in order. */
    private final class Factors {

        private final NumericDocValues from;
        private final NumericDocValues until;
        private final NumericDocValues frames;

        Factors(LeafReaderContext leaf) throws IOException {
            from = DocValues.getNumeric(leaf.reader(), "fromDay");
            until = DocValues.getNumeric(leaf.reader(), "untilDay");
            frames = DocValues.getNumeric(leaf.reader(), "frame");
        }

        float of(int doc) throws IOException {
            boolean inForce = from.advanceExact(doc) && from.longValue() <= day && until.advanceExact(doc)
                    && until.longValue() >= day;
            return (inForce ? IN_FORCE : 1f) * (frames.advanceExact(doc) ? frame : 1f);
        }
    }

    private final class StandingWeight extends FilterWeight {

        StandingWeight(Weight inner) {
            super(StandingQuery.this, inner);
        }

        @Override
        public Explanation explain(LeafReaderContext leaf, int doc) throws IOException {
            Explanation inner = in.explain(leaf, doc);
            float factor = new Factors(leaf).of(doc);
            return inner.isMatch()
                    ? Explanation.match(inner.getValue().floatValue() * factor, "times standing " + factor, inner)
                    : inner;
        }

        @Override
        public @Nullable ScorerSupplier scorerSupplier(LeafReaderContext leaf) throws IOException {
            ScorerSupplier inner = in.scorerSupplier(leaf);
            return inner == null ? null : new ScorerSupplier() {
                @Override
                public Scorer get(long leadCost) throws IOException {
                    return new StandingScorer(inner.get(leadCost), new Factors(leaf));
                }

                @Override
                public @Nullable BulkScorer bulkScorer() throws IOException {
                    BulkScorer bulk = inner.bulkScorer();
                    return bulk == null ? null : new StandingBulkScorer(bulk, new Factors(leaf));
                }

                @Override
                public long cost() {
                    return inner.cost();
                }

                @Override
                public void setTopLevelScoringClause() throws IOException {
                    inner.setTopLevelScoringClause();
                }
            };
        }
    }

    private static final class StandingScorer extends Scorer {

        private final Scorer in;
        private final Factors factors;

        StandingScorer(Scorer in, Factors factors) {
            this.in = in;
            this.factors = factors;
        }

        @Override
        public int docID() {
            return in.docID();
        }

        @Override
        public DocIdSetIterator iterator() {
            return in.iterator();
        }

        @Override
        public @Nullable TwoPhaseIterator twoPhaseIterator() {
            return in.twoPhaseIterator();
        }

        @Override
        public float score() throws IOException {
            return in.score() * factors.of(in.docID());
        }

        @Override
        public int advanceShallow(int target) throws IOException {
            return in.advanceShallow(target);
        }

        @Override
        public float getMaxScore(int upTo) throws IOException {
            return in.getMaxScore(upTo) * IN_FORCE;
        }

        @Override
        public void setMinCompetitiveScore(float score) throws IOException {
            in.setMinCompetitiveScore(Math.nextDown(score / IN_FORCE));
        }
    }

    private static final class StandingBulkScorer extends BulkScorer {

        private final BulkScorer in;
        private final Factors factors;

        StandingBulkScorer(BulkScorer in, Factors factors) {
            this.in = in;
            this.factors = factors;
        }

        @Override
        public int score(LeafCollector collector, @Nullable Bits accepted, int min, int max) throws IOException {
            StandingScorable scorable = new StandingScorable(factors);
            return in.score(new FilterLeafCollector(collector) {
                @Override
                public void setScorer(Scorable scorer) throws IOException {
                    scorable.in = scorer;
                    collector.setScorer(scorable);
                }

                @Override
                public void collect(int doc) throws IOException {
                    scorable.doc = doc;
                    collector.collect(doc);
                }
            }, accepted, min, max);
        }

        @Override
        public long cost() {
            return in.cost();
        }
    }

    private static final class StandingScorable extends Scorable {

        private final Factors factors;
        private @Nullable Scorable in;
        private int doc;

        StandingScorable(Factors factors) {
            this.factors = factors;
        }

        @Override
        public float score() throws IOException {
            return Objects.requireNonNull(in).score() * factors.of(doc);
        }

        @Override
        public void setMinCompetitiveScore(float score) throws IOException {
            Objects.requireNonNull(in).setMinCompetitiveScore(Math.nextDown(score / IN_FORCE));
        }
    }
}
