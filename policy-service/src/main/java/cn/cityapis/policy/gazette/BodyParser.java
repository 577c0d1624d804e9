package cn.cityapis.policy.gazette;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import cn.cityapis.policy.text.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Builds the tree of one document's body: opens a node at each number, joins lines that were cut, and hangs everything else
 * where it stands. Each line goes into exactly one node.
 */
final class BodyParser {

    private static final Pattern ATTACHMENT = Pattern.compile("^附件\\d{0,2}[:：]?$");
    private static final Pattern ATTACHMENT_LIST = Pattern.compile("^附件[:：].+");
    private static final Pattern NOTE = Pattern.compile("^注[:：].*");
    private static final Pattern FINAL_CLAUSE = Pattern.compile("^本\\p{IsHan}{2,6}自.*");
    private static final Pattern OFFICE = Pattern.compile("^(召集人|副召集人|组\\s*长|副组长|成\\s*员|主\\s*任|副主任)[:：].*");
    /** The end of a word that a page's end cut off a heading is no longer than this. */
    private static final int CUT_END = 6;
    private static final int LONGEST_TITLE = 3;

    private final List<Line> lines;
    private final int end;
    private final String title;
    private final Signatures signatures;
    private final Branch root;
    private final Deque<Branch> open = new ArrayDeque<>();
    private @Nullable Branch last;
    private final StringBuilder declared = new StringBuilder();
    private int at;
    private boolean signed;

    private BodyParser(List<Line> lines, int from, int end, String title, Branch root) {
        this.lines = lines;
        this.at = from;
        this.end = end;
        this.title = title;
        this.root = root;
        this.signatures = Signatures.find(lines, from, end);
        open.push(root);
    }

    /** Adds the body in lines from (inclusive) to (exclusive) to the document's root; answers the signatures found. */
    static Signatures parse(List<Line> lines, int from, int to, String title, Branch root) {
        BodyParser parser = new BodyParser(lines, from, to, title, root);
        while (parser.at < to) {
            parser.step();
        }
        return parser.signatures;
    }

    private void step() {
        Line line = lines.get(at);
        Kind closing = signatures.lines().get(at);
        if (closing != null) {
            sign(line, closing);
        } else if (line.table()) {
            row(line);
        } else if (ATTACHMENT.matcher(line.tight()).matches()) {
            attachment(line.text());
        } else if (!opensTitled()) {
            text(line);
        }
    }

    private void sign(Line line, Kind closing) {
        unwindTo(root);
        root.add(new Branch(closing, null)).append(line.text(), line);
        signed = true;
        last = null;
        at++;
    }

    private void row(Line line) {
        List<String> cells = Arrays.stream(line.text().split("\t", -1)).map(Layout::join).toList();
        Branch table = last;
        if (table == null || table.kind != Kind.TABLE || line.blankBefore()) {
            table = here().add(new Branch(Kind.TABLE, null));
        }
        table.rows.add(cells);
        table.last = line;
        last = table;
        at++;
    }

    private void attachment(String label) {
        unwindTo(root);
        Branch attachment = open(new Branch(Kind.ATTACHMENT, Layout.join(label)));
        at++;
        if (at < end && !lines.get(at).table() && Mark.of(lines.get(at).text()).isEmpty()) {
            title(attachment, Math.max(1, titleLines(declared.toString())));
        }
    }

    /** The instrument that a notice transmits, or an attachment without the word 附件, known by its title. */
    private boolean opensTitled() {
        if (Mark.of(lines.get(at).text()).isPresent()) {
            return false;
        }
        int instrument = signed && instrumentless() ? titleLines(title) : 0;
        int attachment = instrument > 0 || stillDeclaring() ? 0 : titleLines(declared.toString());
        if (instrument + attachment == 0) {
            return false;
        }
        unwindTo(root);
        title(open(new Branch(instrument > 0 ? Kind.INSTRUMENT : Kind.ATTACHMENT, null)), instrument + attachment);
        return true;
    }

    private boolean instrumentless() {
        return root.children.stream()
                .noneMatch(child -> child.kind == Kind.INSTRUMENT || child.kind == Kind.ATTACHMENT);
    }

    /** In the middle of a cut line of 附件：…, whose rest is no attachment's title. */
    private boolean stillDeclaring() {
        Branch list = last;
        return list != null && list.kind == Kind.ATTACHMENT_LIST && !lines.get(at).blankBefore();
    }

    /** How many lines from here on are one title that the given text names; 0 when this line is none. */
    private int titleLines(String named) {
        StringBuilder joined = new StringBuilder();
        int count = 0;
        for (int i = at; i < Math.min(end, at + LONGEST_TITLE) && Mark.of(lines.get(i).text()).isEmpty(); i++) {
            joined.append(lines.get(i).tight());
            if (lines.get(i).table() || Line.ended(joined) && !joined.toString().matches(".*[）)]$")
                    || !Titles.names(named, joined.toString())) {
                break;
            }
            count++;
        }
        return count;
    }

    private void title(Branch holder, int count) {
        Branch node = holder.add(new Branch(Kind.TITLE, null));
        for (int i = 0; i < count; i++) {
            node.append(lines.get(at).text(), lines.get(at));
            at++;
        }
        last = null;
    }

    private void text(Line line) {
        Optional<Mark> mark = Mark.of(line.text());
        Branch before = last;
        if (before != null && continuesList(before, line, mark)) {
            declared.append(line.text());
            before.append(" " + line.text(), line);
        } else if (ATTACHMENT_LIST.matcher(line.tight()).matches()) {
            unwindTo(root);
            declared.append(line.text());
            last = here().add(new Branch(Kind.ATTACHMENT_LIST, null)).append(line.text(), line);
        } else if (mark.isPresent()) {
            number(mark.get(), line);
        } else if (before != null && continues(before, line)) {
            before.append(line.text(), line);
        } else {
            paragraph(line);
        }
        at++;
    }

    /** Whether a line belongs to 附件：1.… 2.… above it. */
    private static boolean continuesList(Branch before, Line line, Optional<Mark> mark) {
        return before.kind == Kind.ATTACHMENT_LIST && !NOTE.matcher(line.tight()).matches()
                && (mark.isPresent() ? mark.get().kind() == Kind.POINT : !Line.ended(before.text));
    }

    private void number(Mark mark, Line line) {
        while (here().kind.numbered() && here().kind.rank() >= mark.kind().rank()) {
            open.pop();
        }
        last = open(new Branch(mark.kind(), mark.label())).append(mark.rest(), line);
    }

    private void paragraph(Line line) {
        Kind kind = NOTE.matcher(line.tight()).matches()
                ? Kind.NOTE
                : entry(line) ? Kind.LIST_ENTRY : Kind.PARAGRAPH;
        if (kind == Kind.NOTE || FINAL_CLAUSE.matcher(line.tight()).matches()) {
            while (here().kind.numbered()) {
                open.pop();
            }
        }
        // a new paragraph of a 条 stands beside its items, not inside the last of them
        while (here().kind.item() && open.stream().anyMatch(branch -> branch.kind == Kind.ARTICLE)) {
            open.pop();
        }
        last = here().add(new Branch(kind, null)).append(line.text(), line);
    }

    private static boolean entry(Line line) {
        return OFFICE.matcher(line.text()).matches() || Branch.entry(line.text());
    }

    /** Whether a line without a number goes on with what was cut before it. */
    private boolean continues(Branch before, Line line) {
        Line cut = before.last;
        boolean closed = switch (before.kind) {
            case LIST_ENTRY, NOTE, TABLE, ATTACHMENT_LIST, CHAPTER, SECTION -> true;
            case DOCUMENT, INSTRUMENT, ATTACHMENT, ARTICLE, ITEM, SUBITEM, POINT, SUBPOINT, TITLE, ORGAN, NUMBER,
                    ADDRESSEES, PARAGRAPH, SIGNATURE, DATE, COVER, CONTENTS ->
                false;
        };
        if (cut == null || closed || Line.ended(before.text) || entry(line) || NOTE.matcher(line.tight()).matches()) {
            return false;
        }
        boolean running = before.text.chars().anyMatch(c -> "，。；,;".indexOf(c) >= 0);
        boolean cutWord = line.tight().length() <= CUT_END
                && (before.kind.numbered() || !line.blankBefore() && Line.ended(line.text()));
        return running || cut.fillsColumn() || cutWord || before.kind == Kind.ARTICLE || openBracket(before.text);
    }

    private static boolean openBracket(CharSequence text) {
        return text.chars().map(c -> switch (c) {
            case '(', '（', '《', '〔' -> 1;
            case ')', '）', '》', '〕' -> -1;
            default -> 0;
        }).sum() > 0;
    }

    private Branch open(Branch branch) {
        here().add(branch);
        open.push(branch);
        return branch;
    }

    private void unwindTo(Branch branch) {
        while (here() != branch && open.size() > 1) {
            open.pop();
        }
    }

    private Branch here() {
        Branch top = open.peek();
        return top == null ? root : top;
    }
}
