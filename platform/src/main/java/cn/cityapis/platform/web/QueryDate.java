package cn.cityapis.platform.web;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import org.springframework.format.Formatter;

/** A date in a query, written as in bodies; Spring would also take the short form of whatever language is asked for. */
public final class QueryDate implements Formatter<LocalDate> {

    /** @throws DateTimeParseException if it is none, or of another age */
    public static LocalDate day(String text) {
        return checked(LocalDate.parse(text), text);
    }

    /** @throws DateTimeParseException if it is no time with an offset, or of another age */
    public static OffsetDateTime moment(String text) {
        return checked(OffsetDateTime.parse(text), text);
    }

    private static <T extends TemporalAccessor> T checked(T value, String text) {
        if (!FourDigitYears.has(value)) {
            throw new DateTimeParseException("a year of four digits is wanted", text, 0);
        }
        return value;
    }

    /** @throws DateTimeException as {@link #day} */
    @Override
    public LocalDate parse(String text, Locale locale) {
        return day(text);
    }

    @Override
    public String print(LocalDate date, Locale locale) {
        return date.toString();
    }
}
