package cn.cityapis.policy.text;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * One node of a document: its label as printed (第十九条, （一）), its own text, the rows of a table, and what it holds. Read in
 * order (label, text, rows, children) a tree gives back every character of the source but layout.
 */
public record Node(Kind kind, @Nullable String label, String text, List<List<String>> rows, List<Node> children) {

    public Node {
        rows = rows.stream().map(List::copyOf).toList();
        children = List.copyOf(children);
    }

    public static Node of(Kind kind, String text) {
        return new Node(kind, null, text, List.of(), List.of());
    }

    /** This node and all below it, in reading order. */
    public void walk(Consumer<Node> visitor) {
        visitor.accept(this);
        children.forEach(child -> child.walk(visitor));
    }

    /** The heading of a numbered node: its text up to the first full stop where that is short, else nothing. */
    public String heading() {
        int stop = text.indexOf('。');
        String first = stop < 0 ? text : text.substring(0, stop);
        return first.length() <= 40 ? first : "";
    }

    /** Label and text on one line. */
    public String line() {
        return label == null ? text : (label + (text.isEmpty() || kind.item() ? "" : " ") + text);
    }

    /** The whole subtree as plain text, one node to a line, table cells parted by tabs. */
    public String plain() {
        List<String> lines = new ArrayList<>();
        walk(node -> {
            if (!node.line().isEmpty()) {
                lines.add(node.line());
            }
            node.rows().forEach(row -> lines.add(String.join("\t", row)));
        });
        return String.join("\n", lines);
    }
}
