package cn.cityapis.policy.gazette;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import cn.cityapis.policy.text.DocumentNumber;
import cn.cityapis.policy.text.Kind;
import cn.cityapis.policy.text.Node;
import cn.cityapis.policy.text.Validity;
import org.jspecify.annotations.Nullable;

/** Reads one document of which the head is known. */
final class DocumentParser {

    /** The addressees end with a colon within this many lines below the number. */
    private static final int LONGEST_ADDRESSEES = 5;
    /** The line on which an assembly says when it passed the text stands within this many lines below the head. */
    private static final int PASSED_WITHIN = 3;

    private final List<Line> lines;
    private final ContentsIndex contents;
    private final List<Warning> warnings;
    private final BodyReader bodies;

    DocumentParser(List<Line> lines, ContentsIndex contents, List<Warning> warnings, BodyReader bodies) {
        this.lines = lines;
        this.contents = contents;
        this.warnings = warnings;
        this.bodies = bodies;
    }

    /** The document in lines from (inclusive) to (exclusive); what stands before its head is its cover. */
    GazetteDocument parse(int from, DocumentHead head, int to) {
        Optional<ContentsPage.Entry> entry = contents.find(head.documentNumber(), head.title());
        String title = entry.map(ContentsPage.Entry::title)
                .filter(known -> Titles.subject(known).equals(Titles.subject(head.subject())))
                .orElse(head.title());
        Branch root = new Branch(Kind.DOCUMENT, null);
        head(root, from, head);
        int body = addressees(root, head.last() + 1, to);
        SafeBody.Result read = SafeBody.read(bodies, lines, body, to, title, root);
        read.problem().ifPresent(reason -> warn("not-parsed", head.number(),
                head.name() + "的正文未能解析，已按原文逐行保存，可供检索：" + reason));
        Optional<LocalDate> sure = read.signatures().first().or(() -> passed(head.last() + 1, to));
        LocalDate issued = sure.or(read.signatures()::unsigned).orElse(null);
        if (sure.isEmpty() && issued != null) {
            warn("date-unsigned", head.number(), head.name() + "的日期上方没有署名机关，以该日期为成文日期，请核对。");
        }
        DocumentDates.Read dates = DocumentDates.read(title, read.tree(), issued);
        if (dates.termNotRead()) {
            warn("term-not-read", head.number(), head.name() + "提到有效期，但未能读出起止日期，有效期以原文为准。");
        }
        Validity validity = dates.validity();
        DocumentNumber contentsNumber = conflict(head, entry);
        report(head, entry.isPresent(), issued, title, read.tree());
        return new GazetteDocument(title, head.documentNumber(), contentsNumber, head.organs(),
                addressees(read.tree()), validity, entry.map(ContentsPage.Entry::topic).orElse(null), read.tree());
    }

    private void head(Branch root, int from, DocumentHead head) {
        Branch above = null;
        for (int i = from; i <= head.last(); i++) {
            Line line = lines.get(i);
            Kind kind = i < head.start() ? Kind.COVER : kind(head, i);
            if (above == null || kind != Kind.TITLE || above.kind != Kind.TITLE) {
                above = root.add(new Branch(kind, null));
            }
            above.append(line.text(), line);
        }
    }

    private Kind kind(DocumentHead head, int i) {
        String text = lines.get(i).tight();
        DocumentNumber number = head.documentNumber();
        boolean numbered = i == head.number() && number != null;
        if (numbered || number != null && DocumentNumber.parse(text).filter(number::equals).isPresent()) {
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

    private static @Nullable String addressees(Node tree) {
        return tree.children().stream().filter(child -> child.kind() == Kind.ADDRESSEES).map(Node::text).findFirst()
                .orElse(null);
    }

    private Optional<LocalDate> passed(int from, int to) {
        return lines.subList(from, Math.min(to, from + PASSED_WITHIN)).stream().map(DocumentDates::passed)
                .flatMap(Optional::stream).findFirst();
    }

    private @Nullable DocumentNumber conflict(DocumentHead head, Optional<ContentsPage.Entry> entry) {
        DocumentNumber listed = entry.map(ContentsPage.Entry::number).orElse(null);
        if (listed == null || Objects.equals(listed, head.documentNumber())) {
            return null;
        }
        warn("number-conflict", head.number(),
                "目录所列文号为" + listed + "，文件本身为" + head.documentNumber() + "；以文件本身为准，两者均予保留。");
        return listed;
    }

    private void report(DocumentHead head, boolean listed, @Nullable LocalDate issued, String title, Node tree) {
        if (!contents.isEmpty() && !listed) {
            warn("not-in-contents", head.number(), head.name() + "未列入目录。");
        }
        if (DocumentDates.draft(title)) {
            warn("draft", head.number(), head.name() + "是草案或征求意见稿，不是现行规定，不推算施行日期。");
        } else if (issued == null && (listed || head.documentNumber() != null)) {
            warn("no-date", head.number(), head.name() + "未见落款日期。");
        }
        warnings.addAll(TreeWarnings.of(head.name(), lines.get(head.number()).number(), tree));
    }

    private void warn(String code, int at, String detail) {
        warnings.add(new Warning(code, lines.get(at).number(), detail));
    }

    /** Where no document number stands: the whole as one document, under its first lines that make a title. */
    static DocumentHead untitled(List<Line> lines, int begin) {
        StringBuilder title = new StringBuilder();
        List<String> organs = new ArrayList<>();
        int longest = Math.min(lines.size(), begin + LONGEST_ADDRESSEES);
        for (int i = begin; i < longest && !lines.get(i).table(); i++) {
            boolean organ = title.isEmpty() && Titles.organ(lines.get(i).tight());
            if (organ) {
                organs.add(lines.get(i).tight());
            } else {
                title.append(lines.get(i).text());
            }
            if (Titles.complete(Layout.strip(title.toString()))) {
                return new DocumentHead(begin, i, i, organs, Layout.join(title.toString()), null);
            }
        }
        return new DocumentHead(begin, begin, begin, List.of(), Layout.join(lines.get(begin).text()), null);
    }
}
