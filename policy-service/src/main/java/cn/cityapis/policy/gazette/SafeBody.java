package cn.cityapis.policy.gazette;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import cn.cityapis.policy.text.Kind;
import cn.cityapis.policy.text.Node;

/**
 * Reads a body such that no text is lost whatever happens: where the parser fails, or its tree does not give back the very
 * characters that went in, the lines are kept as they stand.
 */
final class SafeBody {

    /** @param problem why the lines were kept as they stand, in Chinese for the operator */
    record Result(Node tree, Signatures signatures, Optional<String> problem) {
    }

    private SafeBody() {
    }

    static Result read(BodyReader reader, List<Line> lines, int from, int to, String title, Branch root) {
        List<Branch> head = List.copyOf(root.children);
        Node before = root.freeze();
        try {
            Signatures signatures = reader.read(lines, from, to, title, root);
            Node tree = root.freeze();
            if (tight(before).append(tight(lines, from, to)).compareTo(tight(tree)) == 0) {
                return new Result(tree, signatures, Optional.empty());
            }
            return plain(lines, from, to, head, "解析结果与原文字符不一致");
        } catch (RuntimeException | StackOverflowError failure) {
            return plain(lines, from, to, head, "解析出错（" + failure.getClass().getSimpleName() + "）");
        }
    }

    private static Result plain(List<Line> lines, int from, int to, List<Branch> head, String problem) {
        Branch root = new Branch(Kind.DOCUMENT, null);
        head.forEach(root::add);
        Branch table = null;
        for (Line line : lines.subList(from, to)) {
            table = line.table() ? TableRows.add(line, table, root) : null;
            if (table == null) {
                root.add(new Branch(Kind.PARAGRAPH, null)).append(line.text(), line);
            }
        }
        return new Result(root.freeze(), new Signatures(Map.of(), Optional.empty(), Optional.empty()),
                Optional.of(problem));
    }

    private static StringBuilder tight(List<Line> lines, int from, int to) {
        StringBuilder text = new StringBuilder();
        lines.subList(from, to).forEach(line -> text.append(line.tight()));
        return text;
    }

    private static StringBuilder tight(Node tree) {
        StringBuilder text = new StringBuilder();
        tree.walk(node -> {
            text.append(Layout.strip((node.label() == null ? "" : node.label()) + node.text()));
            node.rows().forEach(row -> row.forEach(cell -> text.append(Layout.strip(cell))));
        });
        return text;
    }
}
