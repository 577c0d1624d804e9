package cn.cityapis.policy.gazette;

import java.util.ArrayList;
import java.util.List;

import cn.cityapis.policy.text.ChineseNumeral;
import cn.cityapis.policy.text.Kind;
import cn.cityapis.policy.text.Node;

/** What is odd in a tree: articles out of sequence, table rows that lack cells, attachments that lie elsewhere. */
final class TreeWarnings {

    private TreeWarnings() {
    }

    static List<Warning> of(String name, int line, Node tree) {
        List<Warning> warnings = new ArrayList<>();
        int[] article = {0};
        tree.walk(node -> {
            String label = node.label();
            if (node.kind() == Kind.ARTICLE && label != null) {
                int found = ChineseNumeral.parse(label.replaceAll("[第条]", "")).orElse(0);
                if (found != article[0] + 1 && found != 1) {
                    warnings.add(
                            new Warning("article-sequence", line, name + "：第" + article[0] + "条之后为" + label + "。"));
                }
                article[0] = found;
            } else if (node.kind() == Kind.TABLE) {
                TableChecks.of(node)
                        .forEach((code, detail) -> warnings.add(new Warning(code, line, name + "：" + detail)));
            } else if (node.kind() == Kind.NOTE && node.text().contains("附件详见")) {
                warnings.add(new Warning("attachment-elsewhere", line, name + "的附件未随文刊登：" + node.text()));
            }
        });
        return warnings;
    }
}
