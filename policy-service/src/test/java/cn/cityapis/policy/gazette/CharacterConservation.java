package cn.cityapis.policy.gazette;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.policy.text.Node;

/** Read in order, the nodes give back the input, character by character, but for layout. */
final class CharacterConservation {

    private CharacterConservation() {
    }

    static void holds(String input, GazetteIssue issue) {
        StringBuilder output = new StringBuilder();
        issue.front().forEach(node -> read(node, output));
        issue.documents().forEach(document -> read(document.tree(), output));
        // layout: white space, Markdown's emphasis and the list mark at the start of a line
        String expected = Layout.strip(input.replaceAll("(?m)^[-*+] +", "").replace("**", ""));
        assertThat(Layout.strip(output.toString())).isEqualTo(expected);
    }

    /** The same for lines that a format has marked, where nothing but white space is layout. */
    static void holds(java.util.List<Line> lines, GazetteIssue issue) {
        StringBuilder input = new StringBuilder();
        lines.forEach(line -> input.append(line.text()));
        StringBuilder output = new StringBuilder();
        issue.front().forEach(node -> read(node, output));
        issue.documents().forEach(document -> read(document.tree(), output));
        assertThat(Layout.strip(output.toString())).isEqualTo(Layout.strip(input.toString()));
    }

    private static void read(Node tree, StringBuilder output) {
        tree.walk(node -> {
            output.append(node.label() == null ? "" : node.label()).append(node.text());
            node.rows().forEach(row -> row.forEach(output::append));
        });
    }
}
