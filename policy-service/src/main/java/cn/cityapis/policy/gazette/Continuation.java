package cn.cityapis.policy.gazette;

import java.util.Optional;
import java.util.regex.Pattern;

import cn.cityapis.policy.text.Kind;

/** Whether a line of print goes on with what the end of a line or page cut off above it. */
final class Continuation {

    private static final Pattern NOTE = Pattern.compile("^注[:：].*");
    private static final Pattern OFFICE = Pattern.compile("^(召集人|副召集人|组\\s*长|副组长|成\\s*员|主\\s*任|副主任)[:：].*");
    /** The end of a word that a page's end cut off a heading is no longer than this. */
    private static final int CUT_END = 6;

    private Continuation() {
    }

    /** Whether a line without a number goes on with the text of a node. */
    static boolean of(Branch before, Line line) {
        Line cut = before.last;
        if (cut == null || line.whole() || closed(before.kind) || Line.ended(before.text) || entry(line)
                || note(line)) {
            return false;
        }
        boolean cutWord = line.tight().length() <= CUT_END
                && (before.kind.numbered() || !line.blankBefore() && Line.ended(line.text()));
        return before.running() || cut.fillsColumn() || cutWord || before.kind == Kind.ARTICLE || before.bracketOpen();
    }

    /** Whether a line belongs to 附件：1.… 2.… above it. */
    static boolean ofList(Branch before, Line line, Optional<Mark> mark) {
        return before.kind == Kind.ATTACHMENT_LIST && !note(line) && (mark.isPresent()
                ? mark.get().kind() == Kind.POINT
                : !line.whole() && !Line.ended(before.text));
    }

    static boolean note(Line line) {
        return NOTE.matcher(line.tight()).matches();
    }

    /** A person and a post. */
    static boolean entry(Line line) {
        return OFFICE.matcher(line.text()).matches() || Branch.entry(line.text());
    }

    private static boolean closed(Kind kind) {
        return switch (kind) {
            case LIST_ENTRY, NOTE, TABLE, ATTACHMENT_LIST, CHAPTER, SECTION -> true;
            case DOCUMENT, INSTRUMENT, ATTACHMENT, ARTICLE, ITEM, SUBITEM, POINT, SUBPOINT, TITLE, ORGAN, NUMBER,
                    ADDRESSEES, PARAGRAPH, SIGNATURE, DATE, COVER, CONTENTS ->
                false;
        };
    }
}
