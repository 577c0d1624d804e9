package cn.cityapis.policy.gazette;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;

import cn.cityapis.policy.text.DocumentNumber;
import cn.cityapis.policy.text.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Tells the number that begins a document from one that a body cites on a line of its own, as a list of repealed documents
 * does: taken for a beginning it would cut the document in two and put the rest of the list in place of what it names.
 */
final class CitedNumbers {

    private static final int LONGEST_ADDRESSEES = 5;
    private static final Pattern ADDRESSED = Pattern.compile("(?!.*(?:下列|以下|如下|。)).+[:：]");
    private static final Pattern FIRST = Pattern.compile("^(?:第[一1][章编条]|一、)");
    private static final Pattern BRACKETED = Pattern.compile("^[（(].*");

    private final List<Line> lines;
    private final ContentsIndex contents;
    private final TreeSet<Integer> dates = new TreeSet<>();
    private final TreeSet<Integer> numbers = new TreeSet<>();

    CitedNumbers(List<Line> lines, ContentsIndex contents) {
        this.lines = lines;
        this.contents = contents;
        Signatures.find(lines, 0, lines.size()).lines().entrySet().stream()
                .filter(closing -> closing.getValue() == Kind.DATE).map(Map.Entry::getKey).forEach(dates::add);
        for (int i = 0; i < lines.size(); i++) {
            if (number(lines.get(i).tight())) {
                numbers.add(i);
            }
        }
    }

    private static boolean number(String text) {
        return (text.endsWith("号") || text.endsWith("号）") || text.endsWith("号)"))
                && DocumentNumber.parse(text.replaceFirst("^[（(](.*)[）)]$", "$1")).isPresent();
    }

    /** @param before the head of the document in whose body the number would stand; none for the first */
    boolean cites(DocumentHead head, @Nullable DocumentHead before) {
        if (contents.lists(head.title())) {
            return false;
        }
        return entry(head)
                || before != null && !contents.lists(head.documentNumber()) && !document(head, before);
    }

    /** Whether what stands above the number is an entry of a list, or a title quoted. */
    private boolean entry(DocumentHead head) {
        int from = Math.min(head.start(), head.number() - 1);
        boolean titled = head.start() < head.number() || BRACKETED.matcher(lines.get(head.number()).tight()).matches();
        if (from < 0 || lines.get(from).table()) {
            return false;
        }
        StringBuilder joined = new StringBuilder();
        lines.subList(from, head.number()).forEach(line -> joined.append(line.tight()));
        String above = joined.toString();
        return open(above, '《', '》') || titled && open(above, '（', '）')
                || above.startsWith("《") && above.endsWith("》")
                || titled && Mark.of(lines.get(from).text()).isPresent() && !above.endsWith("。");
    }

    private static boolean open(String text, char opens, char closes) {
        return text.lastIndexOf(opens) > text.lastIndexOf(closes);
    }

    /** Whether what follows reads as a document: it is addressed, begins with its first article, or is signed as the one before. */
    private boolean document(DocumentHead head, DocumentHead before) {
        int body = head.last() + 1;
        return addressed(body) || body < lines.size() && FIRST.matcher(lines.get(body).tight()).find()
                || signed(before.last(), head.start()) && signed(head.last(), next(body));
    }

    private boolean addressed(int body) {
        StringBuilder text = new StringBuilder();
        for (int i = body; i < Math.min(next(body), body + LONGEST_ADDRESSEES); i++) {
            if (lines.get(i).table() || Mark.of(lines.get(i).text()).isPresent()) {
                return false;
            }
            text.append(lines.get(i).tight());
            if (ADDRESSED.matcher(text).matches()) {
                return true;
            }
        }
        return false;
    }

    /** The line of the next number, or behind the last line. */
    private int next(int from) {
        Integer number = numbers.ceiling(from);
        return number == null ? lines.size() : number;
    }

    private boolean signed(int after, int before) {
        Integer date = dates.higher(after);
        return date != null && date < before;
    }
}
