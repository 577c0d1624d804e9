package cn.cityapis.policy.gazette;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
    private static final Pattern NUMBER_AND_PAGE = Pattern.compile("^[（(](.{4,30}号)[）)][（(]?\\d{1,4}[）)]?$");
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
            String text = lines.get(i).tight();
            Matcher topicLine = TOPIC.matcher(text);
            Matcher numberLine = NUMBER_AND_PAGE.matcher(text);
            if (topicLine.matches()) {
                topic = topicLine.group(1);
                end = i + 1;
            } else if (numberLine.matches()) {
                entries.add(new Entry(lines.get(i).number(), topic, Layout.join(title.toString()),
                        DocumentNumber.parse(numberLine.group(1)).orElse(null)));
                title.setLength(0);
                end = i + 1;
            } else {
                title.append(lines.get(i).text().strip());
            }
        }
        return new ContentsPage(first, end, entries);
    }

    Optional<Entry> find(@Nullable DocumentNumber number, String title) {
        Optional<Entry> byTitle = entries.stream().filter(entry -> entry.tightTitle().equals(Titles.tight(title)))
                .findFirst();
        Optional<Entry> byNumber = entries.stream()
                .filter(entry -> entry.number() != null && entry.number().equals(number))
                .findFirst();
        String subject = Titles.subject(title);
        return byTitle.or(() -> byNumber)
                .or(() -> entries.stream()
                        .filter(entry -> !subject.isEmpty() && Titles.subject(entry.title()).equals(subject))
                        .findFirst());
    }
}
