package cn.cityapis.policy.text;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * One node of a document: its label as printed (第十九条, （一）), its own text, the rows of a table, and what it holds. Read in
 * order (label, text, rows, children) a tree gives back every character of the source but layout.
 */
@Schema(description = "文件结构的一个节点；依次读 label、text、rows、children 即为原文")
public record Node(@Schema(description = "种类，如 article 条、item 项、table 表", example = "article") Kind kind,
        @Schema(description = "原文所印的序号；没有序号的不出现", example = "第十九条") @Nullable String label,
        @Schema(description = "本节点自身的文字，不含下级", example = "本办法自印发之日起施行。") String text,
        @Schema(description = "表格的各行，每行为各单元格的文字；不是表格时为空") List<List<String>> rows,
        @Schema(description = "下级节点，按原文次序") List<Node> children) {

    /** A sum or a count, not 5G. */
    private static final Pattern FIGURE = Pattern.compile("^\\d{1,12}(?:[^\\dG].*|$)", Pattern.DOTALL);

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
        return label == null ? text : (label + (text.isEmpty() || kind.item() && !glued(label) ? "" : " ") + text);
    }

    /** 1.50万元 is another sum than the entry 1. that begins with 50万元. */
    private boolean glued(String label) {
        return (label.endsWith(".") || label.endsWith("．")) && FIGURE.matcher(text).matches();
    }

    /** Every character of the subtree but layout, in reading order: the same however a text was cut into nodes. */
    public String characters() {
        StringBuilder all = new StringBuilder();
        walk(node -> {
            append(all, node.label() == null ? "" : node.label());
            append(all, node.text());
            node.rows().forEach(row -> row.forEach(cell -> append(all, cell)));
        });
        return all.toString();
    }

    private static void append(StringBuilder all, String text) {
        text.codePoints().filter(one -> !Character.isWhitespace(one) && !Character.isSpaceChar(one))
                .forEach(all::appendCodePoint);
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
