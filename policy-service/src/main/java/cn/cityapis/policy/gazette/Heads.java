package cn.cityapis.policy.gazette;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import cn.cityapis.policy.text.DocumentNumber;
import org.jspecify.annotations.Nullable;

/**
 * Finds where documents begin: at the line of a number, with the title above it (as a gazette prints it) or below it (as
 * orders, announcements and documents with a letterhead have it), and at the titles that the contents page lists without
 * a number.
 */
final class Heads {

    /** A title takes no more lines than this. */
    private static final int LONGEST_TITLE = 5;
    private static final Pattern SEQUENCE = Pattern.compile("^(?:\\d{4}年)?第\\d{1,5}号$");
    private static final Pattern SERIES = Pattern.compile("^(\\p{IsHan}{2,30}(?:令|公告|通告))$");
    private static final Pattern ANNOUNCES = Pattern.compile(".*(公告|通告)(?:[（(].{1,8}[）)])?$");
    private static final Pattern LETTERHEAD = Pattern.compile("^\\p{IsHan}{2,40}文件$");
    private static final Pattern PROCLAIMED = Pattern.compile("《([^《》]{4,60}(?:〈[^〉]{2,40}〉[^《》]{0,30})?)》");

    private final List<Line> lines;
    private final Map<String, ContentsPage.Entry> unnumbered;
    private final CitedNumbers cited;
    private final Consumer<Warning> warnings;
    private final List<DocumentHead> heads = new ArrayList<>();

    private Heads(List<Line> lines, Map<String, ContentsPage.Entry> unnumbered, CitedNumbers cited,
            Consumer<Warning> warnings) {
        this.lines = lines;
        this.unnumbered = unnumbered;
        this.cited = cited;
        this.warnings = warnings;
    }

    static List<DocumentHead> find(List<Line> lines, ContentsPage contents, ContentsIndex index,
            Consumer<Warning> warnings) {
        Heads heads = new Heads(lines, contents.unnumbered(), new CitedNumbers(lines, index), warnings);
        int floor = contents.end();
        for (int i = floor; i < lines.size(); i++) {
            Optional<DocumentHead> head = heads.at(i, floor).filter(heads::begins);
            if (head.isPresent()) {
                heads.heads.add(head.get());
                floor = head.get().last() + 1;
                i = head.get().last();
            }
        }
        return heads.heads;
    }

    private boolean begins(DocumentHead head) {
        DocumentHead before = heads.isEmpty() ? null : heads.getLast();
        if (head.documentNumber() == null || repeats(head, before) || !cited.cites(head, before)) {
            return true;
        }
        warnings.accept(new Warning("number-in-body", lines.get(head.number()).number(),
                head.name() + "在正文中独占一行，前后不似一份文件的开头，按正文保存，未另立文件；如确为另一份文件，请单独装载。"));
        return false;
    }

    /** A title page that the scan holds twice: the same number again with nothing but title lines between. */
    static boolean repeats(DocumentHead head, @Nullable DocumentHead before) {
        return before != null && head.documentNumber() != null && head.start() == before.last() + 1
                && Objects.equals(before.documentNumber(), head.documentNumber());
    }

    private Optional<DocumentHead> at(int i, int floor) {
        Line line = lines.get(i);
        if (line.table()) {
            return Optional.empty();
        }
        String text = line.tight();
        if (text.endsWith("号") || text.endsWith("号）") || text.endsWith("号)")) {
            return number(i, floor).map(number -> head(floor, i, number));
        }
        return unnumbered.isEmpty() ? Optional.empty() : listed(i);
    }

    /** The number on this line, with the name of its series from the line above where it stands apart. */
    private Optional<DocumentNumber> number(int i, int floor) {
        String text = lines.get(i).tight().replaceFirst("^[（(](.*)[）)]$", "$1");
        if (!SEQUENCE.matcher(text).matches()) {
            return DocumentNumber.parse(text);
        }
        String above = i > floor ? lines.get(i - 1).tight() : "";
        if (SERIES.matcher(above).matches() && !above.contains("关于")) {
            return DocumentNumber.parse(above + text);
        }
        int subject = subjectLine(floor, i);
        StringBuilder title = new StringBuilder();
        for (int k = subject; k < i; k++) {
            title.append(lines.get(k).tight());
        }
        Matcher announces = ANNOUNCES.matcher(title);
        return !announces.matches() || title.indexOf("关于") < 0
                ? Optional.empty()
                : organs(floor, subject).stream().findFirst()
                        .flatMap(organ -> DocumentNumber.parse(organ + announces.group(1) + text));
    }

    private DocumentHead head(int floor, int i, DocumentNumber number) {
        int subject = subjectLine(floor, i);
        boolean titled = subject < i && lines.get(subject).tight().contains("关于");
        boolean series = SERIES.matcher(number.issuer()).matches();
        if (!titled && (series || letterhead(floor, i) || below(i) != null)) {
            return titledBelow(floor, i, number);
        }
        return titledAbove(floor, i, Math.min(subject, i), number);
    }

    private DocumentHead titledAbove(int floor, int i, int subject, @Nullable DocumentNumber number) {
        String first = lines.get(subject).text();
        int about = Math.max(first.indexOf("关于"), 0);
        List<String> organs = organs(floor, subject);
        int start = about == 0 ? subject - organs.size() : subject;
        StringBuilder title = new StringBuilder(first.substring(about));
        for (int k = subject + 1; k < i; k++) {
            title.append(lines.get(k).text());
        }
        return new DocumentHead(start, i, i, organs, Layout.join(title.toString()), number);
    }

    /** Orders, announcements, letterheads: number first, then the title, or only what the order proclaims. */
    private DocumentHead titledBelow(int floor, int i, DocumentNumber number) {
        boolean apart = SEQUENCE.matcher(lines.get(i).tight()).matches() || letterhead(floor, i);
        int start = apart ? i - 1 : i;
        DocumentHead below = below(i);
        if (below != null) {
            return new DocumentHead(start, i, below.number() - 1, below.organs(), below.subject(), number);
        }
        StringBuilder body = new StringBuilder();
        lines.subList(i + 1, Math.min(lines.size(), i + 1 + LONGEST_TITLE)).forEach(line -> body.append(line.tight()));
        Matcher proclaimed = PROCLAIMED.matcher(body);
        String issuer = number.issuer().replaceFirst("(令|公告|通告)$", "");
        return new DocumentHead(start, i, i, Titles.organ(issuer) ? List.of(issuer) : List.of(),
                proclaimed.find()
                        ? "公布《" + proclaimed.group(1) + "》" + number.issuer().replaceFirst(".*(令|公告|通告)$", "的$1")
                        : number.toString().replaceFirst("^" + Pattern.quote(Titles.organ(issuer) ? issuer : ""), ""),
                number);
    }

    /** The head whose title stands below this line, its number being the line behind the title; or none. */
    private @Nullable DocumentHead below(int i) {
        for (int k = i + 1; k < Math.min(lines.size(), i + 1 + LONGEST_TITLE); k++) {
            String text = lines.get(k).tight();
            if (text.contains("关于") && (text.startsWith("关于") || Titles.organ(organPart(text)))) {
                int end = k + 1;
                while (end < Math.min(lines.size(), k + LONGEST_TITLE) && !complete(k, end)) {
                    end++;
                }
                return complete(k, end) ? titledAbove(i + 1, end, k, null) : null;
            }
            if (!Titles.organ(text)) {
                return null;
            }
        }
        return null;
    }

    private boolean complete(int from, int end) {
        StringBuilder title = new StringBuilder();
        lines.subList(from, end).forEach(line -> title.append(line.tight()));
        return Titles.complete(title.toString());
    }

    private boolean letterhead(int floor, int i) {
        return i > floor && LETTERHEAD.matcher(lines.get(i - 1).tight()).matches();
    }

    /** The line with 关于 nearest above the number, or the line right above where a title does without. */
    private int subjectLine(int floor, int number) {
        int top = Math.max(floor, number - LONGEST_TITLE);
        for (int i = number - 1; i >= top; i--) {
            String text = lines.get(i).tight();
            int about = text.indexOf("关于");
            if (about == 0 || about > 0 && Titles.organ(organPart(text))) {
                return i;
            }
        }
        return Math.max(floor, number - 1);
    }

    private static String organPart(String text) {
        return text.substring(0, text.indexOf("关于")).replaceAll("[、，]", "");
    }

    /** The organs before 关于 on the line of the subject, or on the lines above it. */
    private List<String> organs(int floor, int subject) {
        String first = lines.get(subject).text();
        int about = Math.max(first.indexOf("关于"), 0);
        List<String> organs = new ArrayList<>(List.of(first.substring(0, about).strip().split("[\\s、，]+")));
        organs.removeIf(String::isBlank);
        for (int i = subject - 1; about == 0 && i >= floor && Titles.organ(lines.get(i).tight()); i--) {
            organs.addFirst(lines.get(i).tight());
        }
        return organs;
    }

    /** A title that the contents page lists without a number. */
    private Optional<DocumentHead> listed(int i) {
        StringBuilder joined = new StringBuilder();
        for (int k = i; k < Math.min(lines.size(), i + LONGEST_TITLE); k++) {
            joined.append(lines.get(k).text());
            if (unnumbered.containsKey(Titles.tight(joined.toString()))) {
                String title = Layout.join(joined.toString());
                int about = Math.max(title.indexOf("关于"), 0);
                String organ = title.substring(0, about);
                return Optional.of(new DocumentHead(i, k, k, Titles.organ(organ) ? List.of(organ) : List.of(),
                        Titles.organ(organ) ? title.substring(about) : title, null));
            }
        }
        return Optional.empty();
    }
}
