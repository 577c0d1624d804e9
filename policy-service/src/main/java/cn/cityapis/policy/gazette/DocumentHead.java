package cn.cityapis.policy.gazette;

import java.util.ArrayList;
import java.util.List;

import cn.cityapis.policy.text.DocumentNumber;

/**
 * Where a document begins: its organs and title above the line of its number.
 *
 * @param start  index of the first line of the head
 * @param number index of the number's line
 */
record DocumentHead(int start, int number, List<String> organs, String subject, DocumentNumber documentNumber) {

    /** A title takes no more lines than this. */
    private static final int LONGEST_TITLE = 5;

    static List<DocumentHead> find(List<Line> lines, int from) {
        List<DocumentHead> heads = new ArrayList<>();
        for (int i = from; i < lines.size(); i++) {
            Line line = lines.get(i);
            int at = i;
            if (!line.table() && line.tight().endsWith("号")) {
                int floor = heads.isEmpty() ? from : heads.getLast().number() + 1;
                DocumentNumber.parse(line.text()).ifPresent(number -> heads.add(above(lines, floor, at, number)));
            }
        }
        return heads;
    }

    private static DocumentHead above(List<Line> lines, int floor, int number, DocumentNumber documentNumber) {
        int subject = subjectLine(lines, floor, number);
        String first = lines.get(subject).text();
        int about = Math.max(first.indexOf("关于"), 0);
        List<String> organs = new ArrayList<>(organNames(first.substring(0, about)));
        int start = subject;
        while (about == 0 && start > floor && Titles.organ(lines.get(start - 1).tight())) {
            start--;
            organs.addFirst(lines.get(start).tight());
        }
        StringBuilder title = new StringBuilder(first.substring(about));
        for (int i = subject + 1; i < number; i++) {
            title.append(lines.get(i).text());
        }
        return new DocumentHead(start, number, organs, Layout.join(title.toString()), documentNumber);
    }

    /** The line with 关于 nearest above the number, or the line right above where a title does without. */
    private static int subjectLine(List<Line> lines, int floor, int number) {
        int top = Math.max(floor, number - LONGEST_TITLE);
        for (int i = number - 1; i >= top; i--) {
            int about = lines.get(i).tight().indexOf("关于");
            if (about == 0
                    || about > 0 && Titles.organ(lines.get(i).tight().substring(0, about).replaceAll("[、，]", ""))) {
                return i;
            }
        }
        return Math.max(floor, number - 1);
    }

    private static List<String> organNames(String text) {
        return List.of(text.strip().split("[\\s、，]+")).stream().filter(name -> !name.isBlank()).toList();
    }

    /** The title as the document itself gives it. */
    String title() {
        return String.join("、", organs) + subject;
    }
}
