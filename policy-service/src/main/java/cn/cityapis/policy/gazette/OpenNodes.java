package cn.cityapis.policy.gazette;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;

import cn.cityapis.policy.text.Kind;

/**
 * The nodes that are open at a line, innermost first. Ranks rise from one to the next, so that there are never more than
 * the kinds of numbers, however long or hostile the text.
 */
final class OpenNodes {

    private static final Pattern RESPONSIBLE = Pattern.compile("责任单位|牵头|负责[）)〕\\]]?$|配合[）)〕\\]]?$");

    /** A point has no more parts than this; looking at all would take too long in a text of nothing else. */
    private static final int MOST_PARTS = 30;

    private final Branch root;
    private final Deque<Branch> open = new ArrayDeque<>();

    OpenNodes(Branch root) {
        this.root = root;
    }

    Branch here() {
        Branch top = open.peek();
        return top == null ? root : top;
    }

    Branch open(Branch branch) {
        here().add(branch);
        open.push(branch);
        return branch;
    }

    void closeAll() {
        open.clear();
    }

    /** Closes what a number of this kind cannot stand in. */
    void closeFor(Kind kind) {
        while (here().kind.numbered() && here().kind.rank() >= kind.rank()) {
            open.pop();
        }
    }

    void closeNumbers() {
        closeFor(Kind.CHAPTER);
    }

    /** A new paragraph of a 条 stands beside its items, not inside the last of them. */
    void closeItemsOfArticle() {
        while (here().kind.item() && open.stream().anyMatch(branch -> branch.kind == Kind.ARTICLE)) {
            open.pop();
        }
    }

    /** A line that names who is responsible, behind items that name nobody of their own, speaks of all of them. */
    void closeIfForAll(Line line) {
        Branch item = here();
        if (!item.kind.item() || !"（(〔[".contains(line.text().substring(0, 1)) || !responsible(line.text())) {
            return;
        }
        Branch parent = open.stream().skip(1).findFirst().orElse(root);
        List<Branch> beside = parent.children.subList(Math.max(0, parent.children.size() - MOST_PARTS),
                parent.children.size());
        long items = beside.stream().filter(child -> child.kind == item.kind).count();
        boolean silent = beside.stream().noneMatch(child -> responsible(child.text)
                || child.children.stream().anyMatch(part -> responsible(part.text)));
        if (items > 1 && silent) {
            open.pop();
        }
    }

    private static boolean responsible(CharSequence text) {
        return RESPONSIBLE.matcher(text).find();
    }
}
