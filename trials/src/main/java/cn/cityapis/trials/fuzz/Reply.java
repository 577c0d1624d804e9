package cn.cityapis.trials.fuzz;

import java.time.Duration;
import java.util.Map;

/** What came back. @param headers names in small letters; @param text of the body, empty where it is no text */
record Reply(int status, Map<String, String> headers, String text, Duration took) {

    String header(String name) {
        return headers.getOrDefault(name, "");
    }

    String mediaType() {
        return header("content-type").replaceFirst(";.*", "").strip();
    }
}
