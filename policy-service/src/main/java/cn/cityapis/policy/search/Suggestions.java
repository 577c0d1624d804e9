package cn.cityapis.policy.search;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

import cn.cityapis.policy.document.Permalinks;
import cn.cityapis.policy.search.Suggestion.Kind;
import cn.cityapis.policy.text.DocumentNumber;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/** Everything that can be suggested, held in memory. Made from an index, then fixed. */
final class Suggestions {

    static final Suggestions EMPTY = new Suggestions(List.of());

    private record Entry(Kind kind, String text, String plain, @Nullable String number) {

        static Entry of(String term) {
            String[] parts = term.substring(1).split("\n", 2);
            Kind kind = switch (term.charAt(0)) {
                case 'n' -> Kind.NUMBER;
                case 'c' -> Kind.TOPIC;
                case 'o' -> Kind.ORGAN;
                default -> Kind.TITLE;
            };
            return new Entry(kind, parts[0], Characters.plain(parts[0]), parts.length > 1 ? parts[1] : null);
        }

        Suggestion shown() {
            String of = kind == Kind.NUMBER ? text : number;
            return new Suggestion(kind, text, number, of == null
                    ? null
                    : Permalinks.document(of, new java.util.UUID(0, 0)));
        }
    }

    /** @param at where in its text it says what was typed: the earlier, the better */
    private record Match(Entry entry, int at) {
    }

    private static final Comparator<Match> BEST = Comparator.comparingInt(Match::at)
            .thenComparing(match -> match.entry().kind())
            .thenComparingInt(match -> match.entry().text().length()).thenComparing(match -> match.entry().text());

    private final List<Entry> entries;

    private Suggestions(List<Entry> entries) {
        this.entries = entries;
    }

    static Suggestions read(IndexReader reader) throws IOException {
        var entries = new java.util.LinkedHashSet<Entry>();
        for (LeafReaderContext leaf : reader.leaves()) {
            Terms terms = leaf.reader().terms("suggested");
            if (terms != null) {
                Bits live = leaf.reader().getLiveDocs();
                TermsEnum each = terms.iterator();
                for (BytesRef term = each.next(); term != null; term = each.next()) {
                    if (live == null || anyLive(each.postings(null, PostingsEnum.NONE), live)) {
                        entries.add(Entry.of(term.utf8ToString()));
                    }
                }
            }
        }
        return new Suggestions(List.copyOf(entries));
    }

    /** @param entries as {@link SuggestionJson#FIELD} holds them */
    static Suggestions of(List<String> entries) {
        return new Suggestions(entries.stream().map(Entry::of).toList());
    }

    private static boolean anyLive(PostingsEnum postings, Bits live) throws IOException {
        for (int doc = postings.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = postings.nextDoc()) {
            if (live.get(doc)) {
                return true;
            }
        }
        return false;
    }

    List<Suggestion> find(String text, int limit) {
        String typed = SoundGrams.typed(text);
        if (typed.isEmpty()) {
            return List.of();
        }
        String number = DocumentNumber.find(typed).map(DocumentNumber::toString).orElse("");
        PriorityQueue<Match> best = new PriorityQueue<>(BEST.reversed());
        for (Entry entry : entries) {
            int last = best.size() < limit ? Integer.MAX_VALUE : best.element().at();
            int at = place(entry, typed, number, last);
            if (at >= 0) {
                best.add(new Match(entry, at));
                if (best.size() > limit) {
                    best.remove();
                }
            }
        }
        return best.stream().sorted(BEST).map(match -> match.entry().shown()).toList();
    }

    /** @param last what is said behind this place would not be among the best */
    private static int place(Entry entry, String typed, String number, int last) {
        String plain = entry.plain();
        boolean sound = Characters.latin(typed.charAt(0));
        for (int at = next(plain, 0, typed, sound); at >= 0 && at <= last; at = next(plain, at + 1, typed, sound)) {
            if (SoundMatch.end(plain, at, typed, true) >= 0) {
                return at;
            }
        }
        return entry.kind() == Kind.NUMBER && entry.text().equals(number) ? 0 : -1;
    }

    /** The next place that can say the first letter of what was typed. */
    private static int next(String plain, int from, String typed, boolean sound) {
        int at = sound ? from : plain.indexOf(typed.charAt(0), from);
        while (sound && at < plain.length() && !SoundMatch.mayBegin(plain.charAt(at), typed)) {
            at++;
        }
        return at < plain.length() ? at : -1;
    }
}
