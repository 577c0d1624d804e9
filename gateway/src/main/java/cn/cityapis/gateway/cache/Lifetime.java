package cn.cityapis.gateway.cache;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.springframework.http.HttpHeaders;

/** For how long an answer may be given to everybody: as long as its service says expressly, otherwise not at all. */
final class Lifetime {

    private static final String MAX_AGE = "max-age=";
    private static final int MOST_DIGITS = 9;

    private Lifetime() {
    }

    /** @return zero if it may not be kept */
    static Duration of(HttpHeaders answer) {
        String said = answer.getFirst(HttpHeaders.CACHE_CONTROL);
        if (said == null || answer.containsHeader(HttpHeaders.SET_COOKIE)) {
            return Duration.ZERO;
        }
        List<String> words = List.of(said.toLowerCase(Locale.ROOT).split("\\s*,\\s*"));
        boolean everybody = words.contains("public") && answer.getOrEmpty(HttpHeaders.CACHE_CONTROL).size() == 1
                && words.stream().noneMatch(word -> word.startsWith("private") || word.startsWith("no-")
                        || word.startsWith("s-maxage"))
                && !answer.getVary().contains("*");
        return everybody
                ? words.stream().filter(word -> word.startsWith(MAX_AGE)).findFirst().map(Lifetime::seconds)
                        .orElse(Duration.ZERO)
                : Duration.ZERO;
    }

    private static Duration seconds(String word) {
        String digits = word.substring(MAX_AGE.length());
        return digits.matches("\\d{1," + MOST_DIGITS + "}")
                ? Duration.ofSeconds(Long.parseLong(digits))
                : Duration.ZERO;
    }
}
