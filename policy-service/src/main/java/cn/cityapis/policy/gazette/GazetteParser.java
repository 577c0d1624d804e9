package cn.cityapis.policy.gazette;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import cn.cityapis.policy.text.Kind;
import cn.cityapis.policy.text.Node;
import org.jspecify.annotations.Nullable;

/**
 * Reads a gazette issue, or a single document. Never fails and never loses text: what cannot be understood is kept as it
 * stands, with a warning.
 */
public final class GazetteParser {

    private static final Pattern ISSUE = Pattern.compile("(\\d{4})年第(\\d{1,3})期(?:[（(]总第(\\d{1,5})期[）)])?");
    private static final int COVER_LINES = 12;

    private final List<Line> lines;
    private final ContentsPage contents;
    private final ContentsIndex index;
    private final List<DocumentHead> heads;
    private final List<Warning> warnings = new ArrayList<>();
    private final DocumentParser documents;

    GazetteParser(List<Line> lines, BodyReader bodies) {
        this.lines = lines;
        this.contents = ContentsPage.read(lines);
        this.index = new ContentsIndex(contents);
        this.heads = Heads.find(lines, contents, index, warnings::add);
        this.documents = new DocumentParser(lines, index, warnings, bodies);
    }

    /** Reads plain text, as OCR gives it. */
    public static GazetteIssue parse(String input) {
        return parse(Line.read(input));
    }

    public static GazetteIssue parse(List<Line> lines) {
        return new GazetteParser(lines, BodyParser::parse).issue();
    }

    GazetteIssue issue() {
        Matcher issue = issueLine();
        boolean found = issue.find();
        // of a document that stands alone, what is printed above its head is part of it
        boolean alone = !found && contents.entries().isEmpty();
        int begin = alone || heads.isEmpty() ? contents.end() : heads.getFirst().start();
        List<Node> front = front(begin);
        List<GazetteDocument> read = heads.isEmpty() ? unnumbered(begin) : documents(begin);
        index.missing().forEach(entry -> warnings.add(
                new Warning("missing-document", entry.line(), "目录列有《" + entry.title() + "》，正文中未找到对应文件。")));
        return new GazetteIssue(found ? number(issue.group(1)) : null, found ? number(issue.group(2)) : null,
                found ? number(issue.group(3)) : null, front, read, warnings);
    }

    private Matcher issueLine() {
        StringBuilder cover = new StringBuilder();
        lines.stream().limit(Math.max(contents.first(), COVER_LINES))
                .forEach(line -> cover.append(line.tight()).append('\n'));
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

    private List<GazetteDocument> documents(int begin) {
        List<GazetteDocument> read = new ArrayList<>();
        int from = begin;
        for (int i = 0; i < heads.size(); i++) {
            while (i + 1 < heads.size() && Heads.repeats(heads.get(i + 1), heads.get(i))) {
                i++;
                warnings.add(new Warning("title-repeated", lines.get(heads.get(i).number()).number(),
                        heads.get(i).name() + "的标题页重复出现。"));
            }
            int end = i + 1 < heads.size() ? heads.get(i + 1).start() : lines.size();
            read.add(documents.parse(from, heads.get(i), end));
            from = end;
        }
        return read;
    }

    /** Text in which no document number stands: kept whole, as one document. */
    private List<GazetteDocument> unnumbered(int begin) {
        if (begin >= lines.size()) {
            return List.of();
        }
        DocumentHead head = DocumentParser.untitled(lines, begin);
        warnings.add(new Warning("no-document-number", lines.get(begin).number(), "正文中未找到文号，全文作为一份无文号文件保存，可供检索。"));
        return List.of(documents.parse(begin, head, lines.size()));
    }

    private static @Nullable Integer number(@Nullable String digits) {
        return digits == null ? null : Integer.valueOf(digits);
    }
}
