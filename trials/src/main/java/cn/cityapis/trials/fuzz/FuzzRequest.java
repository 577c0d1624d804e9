package cn.cityapis.trials.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One request. @param uri path and query, encoded */
record FuzzRequest(long number, Target target, Asker asker, String method, String uri, Map<String, String> headers,
        byte @Nullable [] body) {

    private static final int SHOWN = 1_500;

    String path() {
        int query = uri.indexOf('?');
        return query < 0 ? uri : uri.substring(0, query);
    }

    int size() {
        return body == null ? 0 : body.length;
    }

    /** Whether a word of an answer may be its own, told back. */
    boolean says(String word) {
        return uri.contains(word) || body != null && new String(body, StandardCharsets.UTF_8).contains(word);
    }

    /** So that it can be sent again by hand. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("#" + number + " as " + asker.name() + ": " + method + " " + cut(uri));
        headers.forEach((name, value) -> text.append("\n    ").append(name).append(": ").append(cut(value)));
        if (body != null) {
            text.append("\n    ").append(cut(new String(body, StandardCharsets.UTF_8)));
        }
        return text.toString();
    }

    private static String cut(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "… (" + text.length() + ")";
    }
}
