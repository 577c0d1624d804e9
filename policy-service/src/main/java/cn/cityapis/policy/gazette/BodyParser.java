package cn.cityapis.policy.gazette;

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
    private static final Pattern FINAL_CLAUSE = Pattern.compile("^本\\p{IsHan}{2,6}自.*");

    private final List<Line> lines;
    private final int end;
    private final NamedTitles titles;
    private final Signatures signatures;
    private final Branch root;
    private final OpenNodes open;
    private @Nullable Branch last;
    private int at;
    private boolean signed;
    /** Whether the instrument, or an attachment, has begun. */
    private boolean appended;

    private BodyParser(List<Line> lines, int from, int end, String title, Branch root) {
        this.lines = lines;
        this.at = from;
        this.end = end;
        this.root = root;
        this.titles = new NamedTitles(lines, end, title);
        this.signatures = Signatures.find(lines, from, end);
        this.open = new OpenNodes(root);
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
            last = TableRows.add(line, last, open.here());
            at++;
        } else if (ATTACHMENT.matcher(line.tight()).matches()) {
            attachment(line.text());
        } else if (!opensTitled() && !captioned()) {
            text(line);
        }
    }

    private void sign(Line line, Kind closing) {
        open.closeAll();
        root.add(new Branch(closing, null)).append(line.text(), line);
        signed = true;
        last = null;
        at++;
    }

    private void attachment(String label) {
        open.closeAll();
        Branch attachment = open.open(new Branch(Kind.ATTACHMENT, Layout.join(label)));
        appended = true;
        last = null;
        at++;
        if (at < end && !lines.get(at).table() && Mark.of(lines.get(at).text()).isEmpty()
                && signatures.lines().get(at) == null) {
            title(attachment, Math.max(1, titles.attachment(at)));
        }
    }

    /** The instrument that a notice transmits, or an attachment without the word 附件, known by its title. */
    private boolean opensTitled() {
        if (Mark.of(lines.get(at).text()).isPresent()) {
            return false;
        }
        int instrument = signed && !appended ? titles.instrument(at) : 0;
        int attachment = instrument > 0 || stillDeclaring() ? 0 : titles.attachment(at);
        if (instrument + attachment == 0) {
            return false;
        }
        open.closeAll();
        appended = true;
        title(open.open(new Branch(instrument > 0 ? Kind.INSTRUMENT : Kind.ATTACHMENT, null)), instrument + attachment);
        return true;
    }

    /** In the middle of a cut line of 附件：…, whose rest is no attachment's title. */
    private boolean stillDeclaring() {
        Branch list = last;
        return list != null && list.kind == Kind.ATTACHMENT_LIST && !lines.get(at).blankBefore();
    }

    private void title(Branch holder, int count) {
        Branch node = holder.add(new Branch(Kind.TITLE, null));
        for (int i = 0; i < count; i++) {
            node.append(lines.get(at).text(), lines.get(at));
            at++;
        }
        last = null;
    }

    /** A table's caption ends the run of points above it and goes with the table. */
    private boolean captioned() {
        Line line = lines.get(at);
        if (at + 1 >= end || !TableRows.caption(line, lines.get(at + 1)) || Mark.of(line.text()).isPresent()
                || last != null && Continuation.of(last, line)) {
            return false;
        }
        open.closeFor(Kind.POINT);
        last = open.here().add(new Branch(Kind.TABLE, null)).append(line.text(), line);
        at++;
        return true;
    }

    private void text(Line line) {
        Optional<Mark> mark = Mark.of(line.text());
        Branch before = last;
        if (before != null && Continuation.ofList(before, line, mark)) {
            titles.declare(line.text());
            before.append(" " + line.text(), line);
        } else if (ATTACHMENT_LIST.matcher(line.tight()).matches()) {
            open.closeAll();
            titles.declare(line.text());
            last = root.add(new Branch(Kind.ATTACHMENT_LIST, null)).append(line.text(), line);
        } else if (mark.isPresent()) {
            open.closeFor(mark.get().kind());
            last = open.open(new Branch(mark.get().kind(), mark.get().label())).append(mark.get().rest(), line);
        } else if (before != null && Continuation.of(before, line)) {
            before.append(line.text(), line);
        } else {
            paragraph(line);
        }
        at++;
    }

    private void paragraph(Line line) {
        boolean note = Continuation.note(line);
        boolean ofTable = note && last != null && last.kind == Kind.TABLE;
        if (note && !ofTable || FINAL_CLAUSE.matcher(line.tight()).matches()) {
            open.closeNumbers();
        }
        if (!ofTable) {
            open.closeItemsOfArticle();
            open.closeIfForAll(line);
        }
        Kind kind = note ? Kind.NOTE : Continuation.entry(line) ? Kind.LIST_ENTRY : Kind.PARAGRAPH;
        last = open.here().add(new Branch(kind, null)).append(line.text(), line);
    }
}
