package cn.cityapis.policy.relation;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import cn.cityapis.policy.gazette.GazetteDocument;
import cn.cityapis.policy.text.Kind;
import cn.cityapis.policy.text.Node;

/** The titles that mean the document itself or a part of it: its own, the rule that it transmits, its attachments. */
final class OwnParts {

    private static final Pattern ISSUES = Pattern.compile("关于(?:印发|下发|发布|公布|实施)(.+?)的?(?:通知|通告|公告|决定)$");
    private static final Pattern SUBJECT = Pattern.compile("关于.+");
    private static final int SHORTEST = 4;

    private final GazetteDocument document;
    private final Set<String> titles = new HashSet<>();
    private final StringBuilder attachments = new StringBuilder();

    OwnParts(GazetteDocument document) {
        this.document = document;
        titles.add(TitleKey.of(document.title()));
        add(ISSUES, 1);
        add(SUBJECT, 0);
        document.tree().children().stream()
                .filter(child -> child.kind() == Kind.INSTRUMENT || child.kind() == Kind.ATTACHMENT)
                .flatMap(child -> child.children().stream()).filter(child -> child.kind() == Kind.TITLE)
                .forEach(title -> titles.add(TitleKey.of(title.text())));
        document.tree().walk(this::declared);
    }

    private void add(Pattern pattern, int group) {
        Matcher found = pattern.matcher(document.title());
        if (found.find()) {
            titles.add(TitleKey.of(found.group(group)));
        }
    }

    private void declared(Node node) {
        if (node.kind() == Kind.ATTACHMENT_LIST) {
            attachments.append(TitleKey.of(node.plain())).append('|');
        }
    }

    /** Another number is another document, whatever its title. */
    boolean has(Cited cited) {
        if (cited.number() != null) {
            return cited.number().equals(document.number()) || cited.number().equals(document.contentsNumber());
        }
        String key = cited.titleKey();
        return titles.contains(key) || key.length() >= SHORTEST && attachments.indexOf(key) >= 0;
    }

    /** Whether a document is an earlier edition of this one: the same name but for the year and 试行. */
    boolean sameName(String title) {
        String stem = TitleKey.stem(title);
        return stem.length() >= SHORTEST && titles.stream().anyMatch(own -> TitleKey.stem(own).equals(stem));
    }

    /** By which others may cite it. */
    Set<String> titles() {
        return Set.copyOf(titles);
    }
}
