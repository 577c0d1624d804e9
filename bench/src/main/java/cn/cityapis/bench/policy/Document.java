package cn.cityapis.bench.policy;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A made-up document.
 *
 * @param word     what stands before the year in its number
 * @param sequence with the year unique in the corpus
 * @param chapters their articles, numbered through
 */
record Document(String organ, String subject, String word, int year, int sequence, String addressees, String topic,
        LocalDate issued, LocalDate validUntil, List<Chapter> chapters) {

    record Chapter(String heading, List<Article> articles) {
    }

    record Article(int number, String text) {

        String label() {
            return "第" + numeral(number) + "条";
        }

        String body() {
            return label() + " " + text;
        }
    }

    String number() {
        return word + "〔" + year + "〕" + sequence + "号";
    }

    String title() {
        return organ + subject;
    }

    int size() {
        return chapters.stream().mapToInt(chapter -> chapter.articles().size()).sum();
    }

    /** As a gazette prints it. */
    String print() {
        String text = chapters.stream()
                .map(chapter -> chapter.heading() + "\n\n"
                        + chapter.articles().stream().map(Article::body).collect(Collectors.joining("\n\n")))
                .collect(Collectors.joining("\n\n"));
        return organ + "\n\n" + subject + "\n\n" + number() + "\n\n" + addressees + "\n\n" + text + "\n\n" + organ
                + "\n\n" + issued.getYear() + "年" + issued.getMonthValue() + "月" + issued.getDayOfMonth() + "日\n\n";
    }

    /** 1 to 99 in Chinese. */
    static String numeral(int number) {
        String digits = "零一二三四五六七八九";
        String tens = number < 10 ? "" : (number < 20 ? "" : digits.substring(number / 10, number / 10 + 1)) + "十";
        return tens + (number % 10 == 0 ? "" : digits.substring(number % 10, number % 10 + 1));
    }
}
