package cn.cityapis.pharmacy.catalogue;

import java.util.Locale;

/** What somebody typed to find a medicine: characters, pinyin, initials, maker or a code. */
public record DrugQuery(String text) {

    public static final DrugQuery ALL = new DrugQuery("");
    public static final int MAX_LENGTH = 50;

    public DrugQuery {
        text = text.replaceAll("\\p{Cntrl}", "").strip().toLowerCase(Locale.ROOT);
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("query too long");
        }
    }

    /** The text anywhere, as a LIKE pattern in which nothing of it is a wildcard. */
    String anywhere() {
        return "%" + escaped() + "%";
    }

    /** The text at the start, as a LIKE pattern. */
    String atStart() {
        return escaped() + "%";
    }

    private String escaped() {
        return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }
}
