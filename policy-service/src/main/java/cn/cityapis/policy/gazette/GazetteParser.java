package cn.cityapis.policy.gazette;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import cn.cityapis.policy.text.DocumentNumber;
import cn.cityapis.policy.text.Kind;
import cn.cityapis.policy.text.Node;
import cn.cityapis.policy.text.Validity;
import org.jspecify.annotations.Nullable;

/**
 * Reads a gazette issue, or a single document, from plain text. Never fails and never loses text: what cannot be understood
 * is kept as it stands, with a warning.
 */
public final class GazetteParser {

    private static final Pattern ISSUE = Pattern.compile("(\\d{4})年第(\\d{1,3})期(?:[（(]总第(\\d{1,5})期[）)])?");
    /** The addressees end with a colon within this many lines below the number. */
    private static final int LONGEST_ADDRESSEES = 5;

    private final List<Line> lines;
    private final ContentsPage contents;
    private final List<DocumentHead> heads;
    private final List<Warning> warnings = new ArrayList<>();
    private final Set<ContentsPage.Entry> met = new HashSet<>();

    private GazetteParser(String input) {
        this.lines = Line.read(input);
        this.contents = ContentsPage.read(lines);
        this.heads = DocumentHead.find(lines, contents.end());
    }

    public static GazetteIssue parse(String input) {
        return new GazetteParser(input).issue();
    }

    private GazetteIssue issue() {
        int begin = heads.isEmpty() ? contents.end() : heads.getFirst().start();
        List<Node> front = front(begin);
        List<GazetteDocument> documents = documents();
        if (documents.isEmpty() && begin < lines.size()) {
            documents = List.of(unreadable(begin));
        }
        contents.entries().stream().filter(entry -> !met.contains(entry))
                .forEach(entry -> warn("missing-document", entry.line(),
                        "目录列有《" + entry.title() + "》，正文中未找到对应文件。"));
        Matcher issue = issueLine();
        boolean found = issue.find();
        return new GazetteIssue(found ? number(issue.group(1)) : null, found ? number(issue.group(2)) : null,
                found ? number(issue.group(3)) : null, front, documents, warnings);
    }

    private Matcher issueLine() {
        StringBuilder cover = new StringBuilder();
        lines.stream().limit(Math.max(contents.first(), 12)).forEach(line -> cover.append(line.tight()).append('\n'));
        return ISSUE.matcher(cover);
    }

    private List<Node> front(int end) {
        List<Node> front = new ArrayList<>();
        for (int i = 0; i < end; i++) {
            Kind kind = i >= contents.first() && i < contents.end() ? Kind.CONTENTS : Kind.COVER;
            front.add(new Branch(kind, null).append(lines.get(i).text(), lines.get(i)).freeze());
        }
        return front;
    }

    private List<GazetteDocument> documents() {
        List<GazetteDocument> documents = new ArrayList<>();
        for (int i = 0; i < heads.size(); i++) {
            int first = i;
            while (i + 1 < heads.size() && repeated(heads.get(i), heads.get(i + 1))) {
                i++;
                warn("title-repeated", lines.get(heads.get(i).number()).number(),
                        heads.get(i).documentNumber() + "的标题页重复出现。");
            }
            int end = i + 1 < heads.size() ? heads.get(i + 1).start() : lines.size();
            documents.add(document(heads.get(first).start(), heads.get(i), end));
        }
        return documents;
    }

    /** A title page that the scan holds twice: the same number again with nothing but title lines between. */
    private static boolean repeated(DocumentHead head, DocumentHead next) {
        return head.documentNumber().equals(next.documentNumber()) && next.start() == head.number() + 1;
    }

    private GazetteDocument document(int start, DocumentHead head, int end) {
        Branch root = new Branch(Kind.DOCUMENT, null);
        for (int i = start; i <= head.number(); i++) {
            root.add(new Branch(headKind(head, i), null)).append(lines.get(i).text(), lines.get(i));
        }
        Optional<ContentsPage.Entry> entry = contents.find(head.documentNumber(), head.title());
        entry.ifPresent(met::add);
        String title = entry.map(ContentsPage.Entry::title)
                .filter(known -> Titles.subject(known).equals(Titles.subject(head.subject())))
                .orElse(head.title());
        int body = addressees(root, head.number() + 1, end);
        Signatures signatures = BodyParser.parse(lines, body, end, title, root);
        Node tree = root.freeze();
        Validity validity = DocumentDates.read(title, tree.plain(), signatures.first().orElse(null));
        DocumentNumber contentsNumber = conflict(head, entry);
        report(head, entry.isPresent(), signatures, tree);
        return new GazetteDocument(title, head.documentNumber(), contentsNumber, head.organs(),
                child(tree, Kind.ADDRESSEES), validity, entry.map(ContentsPage.Entry::topic).orElse(null), tree);
    }

    private static @Nullable String child(Node tree, Kind kind) {
        return tree.children().stream().filter(child -> child.kind() == kind).map(Node::text).findFirst().orElse(null);
    }

    private Kind headKind(DocumentHead head, int i) {
        String text = lines.get(i).tight();
        if (DocumentNumber.parse(text).filter(head.documentNumber()::equals).isPresent()) {
            return Kind.NUMBER;
        }
        return Titles.organ(text) && !text.contains("关于") ? Kind.ORGAN : Kind.TITLE;
    }

    private int addressees(Branch root, int from, int end) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < Math.min(end, from + LONGEST_ADDRESSEES)
                && Mark.of(lines.get(i).text()).isEmpty(); i++) {
            text.append(lines.get(i).tight());
            if (text.indexOf("。") >= 0 || lines.get(i).table()) {
                return from;
            }
            if (text.toString().matches(".*[:：]$")) {
                Branch addressees = root.add(new Branch(Kind.ADDRESSEES, null));
                lines.subList(from, i + 1).forEach(line -> addressees.append(line.text(), line));
                return i + 1;
            }
        }
        return from;
    }

    private @Nullable DocumentNumber conflict(DocumentHead head, Optional<ContentsPage.Entry> entry) {
        DocumentNumber listed = entry.map(ContentsPage.Entry::number).orElse(null);
        if (listed == null || Objects.equals(listed, head.documentNumber())) {
            return null;
        }
        warn("number-conflict", lines.get(head.number()).number(),
                "目录所列文号为" + listed + "，文件本身为" + head.documentNumber() + "；以文件本身为准，两者均予保留。");
        return listed;
    }

    private void report(DocumentHead head, boolean listed, Signatures signatures, Node tree) {
        int line = lines.get(head.number()).number();
        if (!contents.entries().isEmpty() && !listed) {
            warn("not-in-contents", line, head.documentNumber() + "未列入目录。");
        }
        if (signatures.first().isEmpty()) {
            warn("no-date", line, head.documentNumber() + "未见落款日期。");
        }
        TreeWarnings.of(head.documentNumber(), line, tree).forEach(warnings::add);
    }

    /** Text in which no document number stands: kept whole, as one document. */
    private GazetteDocument unreadable(int begin) {
        Branch root = new Branch(Kind.DOCUMENT, null);
        String title = lines.get(begin).text();
        root.add(new Branch(Kind.TITLE, null)).append(title, lines.get(begin));
        Signatures signatures = BodyParser.parse(lines, begin + 1, lines.size(), title, root);
        Node tree = root.freeze();
        warn("no-document-number", lines.get(begin).number(), "正文中未找到文号，全文作为一份无文号文件保存，可供检索。");
        return new GazetteDocument(Layout.join(title), null, null, List.of(), null,
                DocumentDates.read(title, tree.plain(), signatures.first().orElse(null)), null, tree);
    }

    private void warn(String code, int line, String detail) {
        warnings.add(new Warning(code, line, detail));
    }

    private static @Nullable Integer number(@Nullable String digits) {
        return digits == null ? null : Integer.valueOf(digits);
    }
}
