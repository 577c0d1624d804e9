package cn.cityapis.policy.gazette;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import cn.cityapis.policy.text.DocumentNumber;
import org.jspecify.annotations.Nullable;

/**
 * The contents page: topics in 【】, under each the titles with number and page.
 *
 * @param first index of its first line, of its heading 目录
 * @param end   index behind its last line
 */
record ContentsPage(int first, int end, List<Entry> entries) {

    /** A number that does not read stays out, the entry remains. */
    record Entry(int line, @Nullable String topic, String title, @Nullable DocumentNumber number) {

        String tightTitle() {
            return Titles.tight(title);
        }
    }

    private static final Pattern TOPIC = Pattern.compile("^【(.+)】$");
    private static final Pattern NUMBER_AND_PAGE = Pattern.compile("^[（(](.{4,30}号)[）)][.…·]*[（(]?\\d{1,4}[）)]?$");
    private static final Pattern TITLE_NUMBER_AND_PAGE = Pattern
            .compile("^(.+?)[.…·]*[（(]([^（）]{4,30}号)[）)][.…·]*[（(]?\\d{1,4}[）)]?$");
    /** A document without a number: its page in brackets or behind dots, on the title's last line or below it. */
    private static final Pattern PAGE = Pattern
            .compile("^(.*?)(?:[.…·]{2,}[（(]?\\d{1,4}[）)]?|[（(]\\d{1,4}[）)])$");
    /** An entry's title takes no more lines than this. */
    private static final int LONGEST_TITLE = 5;

    static ContentsPage read(List<Line> lines) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).tight().matches("目录|目次")) {
                return readFrom(lines, i);
            }
        }
        return new ContentsPage(0, 0, List.of());
    }

    private static ContentsPage readFrom(List<Line> lines, int first) {
        List<Entry> entries = new ArrayList<>();
        StringBuilder title = new StringBuilder();
        String topic = null;
        int end = first + 1;
        for (int i = first + 1; i < lines.size() && i - end <= LONGEST_TITLE; i++) {
            Line line = lines.get(i);
            Matcher topicLine = TOPIC.matcher(line.tight());
            Optional<Entry> entry = entry(line, topic, title.toString());
            if (topicLine.matches()) {
                topic = topicLine.group(1);
                end = i + 1;
            } else if (entry.isPresent()) {
                entries.add(entry.get());
                title.setLength(0);
                end = i + 1;
            } else {
                title.append(line.text().strip());
            }
        }
        return new ContentsPage(first, end, entries);
    }

    /** The entry that ends with this line, given what its title has so far. */
    private static Optional<Entry> entry(Line line, @Nullable String topic, String title) {
        String text = line.tight();
        Matcher number = NUMBER_AND_PAGE.matcher(text);
        Matcher titled = TITLE_NUMBER_AND_PAGE.matcher(text);
        Matcher page = PAGE.matcher(text);
        if (number.matches()) {
            return Optional.of(new Entry(line.number(), topic, Layout.join(title),
                    DocumentNumber.parse(number.group(1)).orElse(null)));
        }
        if (titled.matches()) {
            return Optional.of(new Entry(line.number(), topic, Layout.join(title + titled.group(1)),
                    DocumentNumber.parse(titled.group(2)).orElse(null)));
        }
        return page.matches() && !(title + page.group(1)).isBlank()
                ? Optional.of(new Entry(line.number(), topic, Layout.join(title + page.group(1)), null))
                : Optional.empty();
    }

    /** The titles of documents that have no number. */
    Map<String, Entry> unnumbered() {
        return entries.stream().filter(entry -> entry.number() == null)
                .collect(Collectors.toMap(Entry::tightTitle, entry -> entry, (first, second) -> first));
    }
}
