package cn.cityapis.platform.test;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** A working calendar that goes a year beyond the announced one, in the form of the announced one. */
public final class MadeUpCalendar {

    private static final String OF_2027 = """
            date,kind,name
            2026-01-01,holiday,x
            2027-01-01,holiday,x
            2027-01-04,holiday,x
            2027-01-05,holiday,x
            2027-01-06,holiday,x
            2027-01-07,holiday,x
            2027-01-08,holiday,x
            2027-01-09,workday,x
            """;

    private MadeUpCalendar() {
    }

    /** 1 to 8 January are days off, and Saturday the 9th is worked. */
    public static InputStream of2027() {
        return new ByteArrayInputStream(OF_2027.getBytes(StandardCharsets.UTF_8));
    }
}
