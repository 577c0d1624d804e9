package cn.cityapis.pharmacy.report;

import java.time.LocalDate;

/** A quarter of a year, e.g. {@code 2026-Q3}. */
record Quarter(int year, int number) {

    static final String PATTERN = "20\\d\\d-Q[1-4]";

    /** @param text as {@link #PATTERN} has it */
    static Quarter parse(String text) {
        return new Quarter(Integer.parseInt(text.substring(0, 4)), text.charAt(6) - '0');
    }

    static Quarter of(LocalDate day) {
        return new Quarter(day.getYear(), (day.getMonthValue() + 2) / 3);
    }

    /** The one before. */
    Quarter before() {
        return of(first().minusDays(1));
    }

    LocalDate first() {
        return LocalDate.of(year, number * 3 - 2, 1);
    }

    /** The first day after it. */
    LocalDate next() {
        return first().plusMonths(3);
    }

    boolean hasEnded(LocalDate today) {
        return !today.isBefore(next());
    }

    String text() {
        return year + "年第" + "一二三四".charAt(number - 1) + "季度";
    }

    @Override
    public String toString() {
        return year + "-Q" + number;
    }
}
