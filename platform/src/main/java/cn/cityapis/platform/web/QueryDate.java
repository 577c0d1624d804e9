package cn.cityapis.platform.web;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Locale;
import org.springframework.format.Formatter;

/** A date in a query, written as in bodies; Spring would also take the short form of whatever language is asked for. */
final class QueryDate implements Formatter<LocalDate> {

    @Override
    public LocalDate parse(String text, Locale locale) {
        LocalDate date = LocalDate.parse(text);
        if (!FourDigitYears.has(date)) {
            throw new DateTimeException("a year of four digits is wanted");
        }
        return date;
    }

    @Override
    public String print(LocalDate date, Locale locale) {
        return date.toString();
    }
}
