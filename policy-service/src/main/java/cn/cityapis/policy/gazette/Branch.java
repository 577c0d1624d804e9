package cn.cityapis.policy.gazette;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import cn.cityapis.policy.text.Kind;
import cn.cityapis.policy.text.Node;
import org.jspecify.annotations.Nullable;

/** A node while it grows. */
final class Branch {

    private static final Pattern ENTRY = Pattern
            .compile("^(\\p{IsHan}{2,4}|\\p{IsHan} \\p{IsHan})([（(]女[）)])? [^，。；]+$");

    final Kind kind;
    final @Nullable String label;
    final StringBuilder text = new StringBuilder();
    final List<List<String>> rows = new ArrayList<>();
    final List<Branch> children = new ArrayList<>();
    /** The last line that was added, which decides whether the next one continues it. */
    @Nullable
    Line last;
    private boolean running;
    private int openBrackets;

    Branch(Kind kind, @Nullable String label) {
        this.kind = kind;
        this.label = label;
    }

    Branch add(Branch child) {
        children.add(child);
        return child;
    }

    Branch append(String more, Line from) {
        // two Latin words must not run together where a line ends
        boolean latin = !text.isEmpty() && text.charAt(text.length() - 1) < 0x250 && !more.isEmpty()
                && more.charAt(0) < 0x250
                && Character.isLetter(more.charAt(0));
        text.append(latin ? " " : "").append(more);
        last = from;
        running = running || more.chars().anyMatch(c -> "，。；,;".indexOf(c) >= 0);
        openBrackets += more.chars().map(Branch::bracket).sum();
        return this;
    }

    private static int bracket(int c) {
        return switch (c) {
            case '(', '（', '《', '〔' -> 1;
            case ')', '）', '》', '〕' -> -1;
            default -> 0;
        };
    }

    /** Whether this is running text, not a heading. */
    boolean running() {
        return running;
    }

    boolean bracketOpen() {
        return openBrackets > 0;
    }

    static boolean entry(String text) {
        return ENTRY.matcher(text).matches();
    }

    Node freeze() {
        boolean keepsBlanks = kind == Kind.LIST_ENTRY || kind == Kind.COVER || kind == Kind.CONTENTS;
        String clean = keepsBlanks ? Layout.loosen(text.toString()) : Layout.join(text.toString());
        return InlineItems.unfold(
                new Node(kind, label, clean, rows, children.stream().map(Branch::freeze).toList()));
    }
}
