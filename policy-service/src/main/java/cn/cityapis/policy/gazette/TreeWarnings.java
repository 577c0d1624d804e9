package cn.cityapis.policy.gazette;

import java.util.ArrayList;
import java.util.List;

import cn.cityapis.policy.text.ChineseNumeral;
import cn.cityapis.policy.text.DocumentNumber;
import cn.cityapis.policy.text.Kind;
import cn.cityapis.policy.text.Node;

/** What is odd in a tree: articles out of sequence, table rows that lack cells, attachments that lie elsewhere. */
final class TreeWarnings {

    private TreeWarnings() {
    }

    static List<Warning> of(DocumentNumber number, int line, Node tree) {
        List<Warning> warnings = new ArrayList<>();
        int[] article = {0};
        tree.walk(node -> {
            String label = node.label();
            if (node.kind() == Kind.ARTICLE && label != null) {
                int found = ChineseNumeral.parse(label.replaceAll("[第条]", "")).orElse(0);
                if (found != article[0] + 1 && found != 1) {
                    warnings.add(
                            new Warning("article-sequence", line, number + "：第" + article[0] + "条之后为" + label + "。"));
                }
                article[0] = found;
            } else if (node.kind() == Kind.TABLE) {
                ragged(node).ifPresent(
                        detail -> warnings.add(new Warning("table-rows-differ", line, number + "：" + detail)));
            } else if (node.kind() == Kind.NOTE && node.text().contains("附件详见")) {
                warnings.add(new Warning("attachment-elsewhere", line, number + "的附件未随文刊登：" + node.text()));
            }
        });
        return warnings;
    }

    private static java.util.Optional<String> ragged(Node table) {
        int widest = table.rows().stream().mapToInt(List::size).max().orElse(0);
        long shorter = table.rows().stream().filter(row -> row.size() < widest).count();
        return shorter == 0
                ? java.util.Optional.empty()
                : java.util.Optional.of("表格共" + table.rows().size() + "行，其中" + shorter + "行缺少单元格，按原样保存。");
    }
}
