package cn.cityapis.platform.test;

import java.util.List;

/** Words that only the inside of a service knows, and no answer says. */
public final class Inside {

    private static final List<String> WORDS = List.of("Exception", "org.springframework", "cn.cityapis", "java.",
            "jakarta.", "jackson", "postgres", "SQL", "SELECT ", "INSERT ", "\\tat ", "null");

    private Inside() {
    }

    public static List<String> wordsIn(String text) {
        return WORDS.stream().filter(text::contains).toList();
    }
}
