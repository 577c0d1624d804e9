package cn.cityapis.policy.gazette;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import cn.cityapis.policy.text.Kind;
import cn.cityapis.policy.text.Node;
import org.jspecify.annotations.Nullable;

/** Numbers that run on inside a paragraph, （1）…；（2）…, become nodes of their own, as if each began a line. */
final class InlineItems {

    private record Form(Kind kind, Pattern pattern) {
    }

    private static final List<Form> FORMS = List.of(
            new Form(Kind.SUBPOINT, Pattern.compile("(?<=[。；：;:])[（(](\\d{1,2})[）)]")),
            new Form(Kind.SUBITEM, Pattern.compile("(?<=[。；：;:])[（(]([一二三四五六七八九十]{1,3})[）)]")));
    private static final Pattern LISTED = Pattern.compile("(?<=[：:》）)\\p{IsHan}])(\\d{1,2})[.．、](?=\\D)");
    private static final String HAN = "一二三四五六七八九十";

    private InlineItems() {
    }

    static Node unfold(Node node) {
        if (node.kind() == Kind.ATTACHMENT_LIST) {
            return unfold(node, LISTED, Kind.LIST_ENTRY);
        }
        boolean bracketed = node.text().indexOf('（') >= 0 || node.text().indexOf('(') >= 0;
        for (Form form : bracketed ? FORMS : List.<Form>of()) {
            if (node.kind().numbered() && node.kind().rank() < form.kind().rank()) {
                Node unfolded = unfold(node, form.pattern(), form.kind());
                if (unfolded != node) {
                    return unfolded;
                }
            }
        }
        return node;
    }

    /** The node itself where the numbers do not run 1, 2 and on without a gap. */
    private static Node unfold(Node node, Pattern pattern, Kind kind) {
        List<int[]> marks = new ArrayList<>();
        Matcher found = pattern.matcher(node.text());
        while (found.find()) {
            if (number(found.group(1)) == marks.size() + 1) {
                marks.add(new int[]{found.start(), found.end()});
            } else if (number(found.group(1)) == 1) {
                return node;
            }
        }
        if (marks.size() < 2) {
            return node;
        }
        List<Node> children = new ArrayList<>();
        for (int i = 0; i < marks.size(); i++) {
            int end = i + 1 < marks.size() ? marks.get(i + 1)[0] : node.text().length();
            children.add(item(kind, node.text().substring(marks.get(i)[0], marks.get(i)[1]),
                    node.text().substring(marks.get(i)[1], end)));
        }
        children.addAll(node.children());
        return new Node(node.kind(), node.label(), node.text().substring(0, marks.getFirst()[0]), node.rows(),
                children);
    }

    private static Node item(Kind kind, @Nullable String label, String text) {
        return new Node(kind, label, Layout.trim(text), List.of(), List.of());
    }

    private static int number(String digits) {
        if (Character.isDigit(digits.charAt(0))) {
            return Integer.parseInt(digits);
        }
        // 十 to 十九; longer runs inside one paragraph were never seen
        return digits.length() == 1
                ? HAN.indexOf(digits) + 1
                : digits.charAt(0) == '十' ? 10 + HAN.indexOf(digits.charAt(1)) + 1 : 0;
    }
}
