package cn.cityapis.platform.web;

import cn.cityapis.platform.problem.CommonProblem;
import cn.cityapis.platform.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/** Key values as one opaque word: each value base64url, joined by dots after a version mark. */
final class Cursor {

    private static final String VERSION = "c1";
    private static final Pattern DOT = Pattern.compile("\\.");
    private static final int MAX_LENGTH = 1000;
    /** Nobody signs a cursor: what no column holds, a date of another age or a control character, is none of ours. */
    private static final Pattern FAR_YEAR = Pattern.compile("[+-]\\d{4,}-\\d\\d-.*");

    private Cursor() {
    }

    static String encode(List<String> key) {
        StringBuilder word = new StringBuilder(VERSION);
        for (String part : key) {
            word.append('.').append(Base64.getUrlEncoder().withoutPadding()
                    .encodeToString(part.getBytes(StandardCharsets.UTF_8)));
        }
        return word.toString();
    }

    /** @throws ProblemException 400 {@code invalid-cursor} */
    static List<String> decode(String word) {
        String[] parts = DOT.split(word, -1);
        if (word.length() > MAX_LENGTH || parts.length < 2 || !parts[0].equals(VERSION)) {
            throw ProblemException.of(CommonProblem.INVALID_CURSOR);
        }
        List<String> key = new ArrayList<>();
        for (int i = 1; i < parts.length; i++) {
            key.add(part(parts[i]));
        }
        return List.copyOf(key);
    }

    private static String part(String encoded) {
        try {
            String part = new String(Base64.getUrlDecoder().decode(encoded), StandardCharsets.UTF_8);
            if (part.chars().anyMatch(Character::isISOControl) || FAR_YEAR.matcher(part).matches()) {
                throw ProblemException.of(CommonProblem.INVALID_CURSOR);
            }
            return part;
        } catch (IllegalArgumentException e) {
            ProblemException refusal = ProblemException.of(CommonProblem.INVALID_CURSOR);
            refusal.addSuppressed(e);
            throw refusal;
        }
    }
}
