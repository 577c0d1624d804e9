package cn.cityapis.policy.entitlement;

import com.fasterxml.jackson.annotation.JsonValue;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the deadlines of a text: within so many days, by a day, valid until a day. */
final class Deadlines {

    private static final Pattern COUNTED = Pattern
            .compile("(\\d{1,3}|[一二三四五六七八九十]{1,3}) ?(?:个)?(工作日|日|天|月|年)(以?内|之内|前)");
    private static final Pattern DATED = Pattern
            .compile("有效期至 ?\\d{4} ?年 ?\\d{1,2} ?月 ?\\d{1,2} ?日|(?:\\d{4} ?年)?(?:\\d{1,2} ?)?(?:月|年)底前");
    private static final Pattern EVENT = Pattern.compile("(?:后|之日起|届满)$|(?:接到|收到)[^,;。]{1,60}$");
    /** What a place in the text is called is no part of what happens there. */
    private static final Pattern LABEL = Pattern
            .compile("^(?:第[一二三四五六七八九十百零\\d]{1,6}条|\\([一二三四五六七八九十]{1,3}\\)|\\d{1,2}\\.)\\s*");

    enum Unit {
        WORKING_DAYS, CALENDAR_DAYS, MONTHS, YEARS, DATE;

        @JsonValue
        String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    @Schema(description = "期限")
    record Deadline(@Schema(description = "位置") Span span, @Schema(description = "原文", example = "5个工作日内") String text,
            @Schema(description = "数量；写明日期的没有", example = "5") @Nullable Integer count,
            @Schema(description = "working-days 工作日；calendar-days 日历日；months 月；years 年；date 写明的日期", example = "working-days") Unit unit,
            @Schema(description = "从什么事起算（文中写明时）") @Nullable Span event) {
    }

    private Deadlines() {
    }

    static List<Deadline> find(String text) {
        String folded = Sentence.fold(text);
        List<Deadline> found = new ArrayList<>();
        Matcher counted = COUNTED.matcher(folded);
        while (counted.find()) {
            if (!dayOfMonth(folded, counted)) {
                Span span = new Span(counted.start(), counted.end());
                Integer count = cn.cityapis.policy.text.ChineseNumeral.parse(counted.group(1)).getAsInt();
                found.add(new Deadline(span, span.of(text), count, unit(counted.group(2)), event(folded, span)));
            }
        }
        Matcher dated = DATED.matcher(folded);
        while (dated.find()) {
            Span span = new Span(dated.start(), dated.end());
            found.add(new Deadline(span, span.of(text), null, Unit.DATE, null));
        }
        return found;
    }

    /** 7月18日前 and 2024年前 are days and years of the calendar, not counts. */
    private static boolean dayOfMonth(String folded, Matcher counted) {
        int before = counted.start();
        while (before > 0 && Character.isWhitespace(folded.charAt(before - 1))) {
            before--;
        }
        boolean afterMonth = before > 0 && folded.charAt(before - 1) == '月';
        return counted.group(2).matches("月|年") && !counted.group().contains("个") && !counted.group().contains("内")
                || afterMonth;
    }

    private static Unit unit(String unit) {
        return switch (unit) {
            case "工作日" -> Unit.WORKING_DAYS;
            case "月" -> Unit.MONTHS;
            case "年" -> Unit.YEARS;
            default -> Unit.CALENDAR_DAYS;
        };
    }

    private static @Nullable Span event(String folded, Span deadline) {
        int start = Sentence.start(folded, deadline.start(), ",;。\n");
        if (start == deadline.start() && start > 0) {
            start = Sentence.start(folded, start - 1, ",;。\n");
        }
        String left = folded.substring(start, deadline.start()).replaceAll(",$", "");
        Matcher label = LABEL.matcher(left);
        int from = label.find() ? label.end() : 0;
        return EVENT.matcher(left).find() && from < left.length()
                ? new Span(start + from, start + left.length())
                : null;
    }
}
