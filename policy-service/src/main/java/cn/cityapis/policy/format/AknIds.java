package cn.cityapis.policy.format;

import java.util.HashMap;
import java.util.Map;

/** Ids of elements as Akoma Ntoso names them: what holds the element, its name, its place among those of its name. */
final class AknIds {

    private static final Map<String, String> SHORT = Map.of("chapter", "chp", "section", "sec", "article", "art",
            "paragraph", "para", "subparagraph", "subpara");

    private final String within;
    private final Map<String, Integer> last = new HashMap<>();

    AknIds(String within) {
        this.within = within;
    }

    String next(String name) {
        String unit = SHORT.getOrDefault(name, name);
        return (within.isEmpty() ? "" : within + "__") + unit + "_" + last.merge(unit, 1, Integer::sum);
    }
}
