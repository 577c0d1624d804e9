package cn.cityapis.policy.search;

import java.io.IOException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import cn.cityapis.policy.text.Status;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;

/** Counts documents, not articles, by what they are. A document's articles stand side by side: its first hit counts. */
final class Facets implements CollectorManager<Facets.Counting, Map<String, List<SearchAnswer.Count>>> {

    private static final int MOST_VALUES = 20;
    private static final List<String> NAMES = List.of("issuer", "topic", "kind", "status", "year");
    private static final Map<String, String> FIELDS = Map.of("issuer", "organFacet", "topic", "topicFacet", "kind",
            "kindFacet");

    private final long today;

    Facets(LocalDate today) {
        this.today = today.toEpochDay();
    }

    @Override
    public Counting newCollector() {
        return new Counting(today);
    }

    @Override
    public Map<String, List<SearchAnswer.Count>> reduce(Collection<Counting> parts) {
        Map<String, List<SearchAnswer.Count>> facets = new TreeMap<>(Comparator.comparingInt(NAMES::indexOf));
        for (String name : NAMES) {
            Map<String, Long> all = new HashMap<>();
            parts.forEach(part -> part.counts.getOrDefault(name, Map.of())
                    .forEach((value, count) -> all.merge(value, count, Long::sum)));
            facets.put(name, all.entrySet().stream()
                    .map(entry -> new SearchAnswer.Count(entry.getKey(), entry.getValue()))
                    .sorted(Comparator.comparingLong(SearchAnswer.Count::count).reversed()
                            .thenComparing(SearchAnswer.Count::value))
                    .limit(MOST_VALUES).toList());
        }
        return facets;
    }

    /** Counts in one part of the index. */
    static final class Counting extends SimpleCollector implements Collector {

        private final Map<String, Map<String, Long>> counts = new HashMap<>();
        private final Map<String, SortedSetDocValues> values = new HashMap<>();
        private final long today;
        private SortedDocValues works = DocValues.emptySorted();
        private NumericDocValues from = DocValues.emptyNumeric();
        private NumericDocValues until = DocValues.emptyNumeric();
        private NumericDocValues repealed = DocValues.emptyNumeric();
        private NumericDocValues issued = DocValues.emptyNumeric();
        private int last = -1;

        Counting(long today) {
            this.today = today;
        }

        @Override
        protected void doSetNextReader(LeafReaderContext leaf) throws IOException {
            for (Map.Entry<String, String> field : FIELDS.entrySet()) {
                values.put(field.getKey(), DocValues.getSortedSet(leaf.reader(), field.getValue()));
            }
            works = DocValues.getSorted(leaf.reader(), "workId");
            from = DocValues.getNumeric(leaf.reader(), "fromDay");
            until = DocValues.getNumeric(leaf.reader(), "untilDay");
            repealed = DocValues.getNumeric(leaf.reader(), "repealedDay");
            issued = DocValues.getNumeric(leaf.reader(), "issuedDay");
            last = -1;
        }

        @Override
        public void collect(int doc) throws IOException {
            int work = works.advanceExact(doc) ? works.ordValue() : -1;
            if (work == last) {
                return;
            }
            last = work;
            for (Map.Entry<String, SortedSetDocValues> field : values.entrySet()) {
                SortedSetDocValues each = field.getValue();
                for (int i = each.advanceExact(doc) ? each.docValueCount() : 0; i > 0; i--) {
                    count(field.getKey(), each.lookupOrd(each.nextOrd()).utf8ToString());
                }
            }
            count("status", status(doc).code());
            if (issued.advanceExact(doc) && issued.longValue() != Long.MIN_VALUE) {
                count("year", String.valueOf(LocalDate.ofEpochDay(issued.longValue()).getYear()));
            }
        }

        private Status status(int doc) throws IOException {
            long begins = from.advanceExact(doc) ? from.longValue() : IndexDocuments.NEVER;
            long ends = until.advanceExact(doc) ? until.longValue() : IndexDocuments.NEVER;
            if (repealed.advanceExact(doc) && repealed.longValue() <= today) {
                return Status.REPEALED;
            }
            if (ends < today) {
                return Status.EXPIRED;
            }
            if (begins == IndexDocuments.NEVER) {
                return Status.UNKNOWN;
            }
            return begins > today ? Status.NOT_YET : Status.IN_FORCE;
        }

        private void count(String facet, String value) {
            counts.computeIfAbsent(facet, first -> new HashMap<>()).merge(value, 1L, Long::sum);
        }

        @Override
        public ScoreMode scoreMode() {
            return ScoreMode.COMPLETE_NO_SCORES;
        }
    }
}
