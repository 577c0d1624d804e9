package cn.cityapis.policy.format;

import java.util.HashMap;
import java.util.Map;

import javax.xml.stream.XMLStreamReader;

import org.jspecify.annotations.Nullable;

/** How the lists of a Word document count, from its parts numbering.xml and styles.xml. */
final class WordLists {

    private static final int LONGEST_CHAIN = 20;

    /** How one level of a list counts. */
    static final class Level {
        int start = 1;
        String style = "decimal";
        String text = "";
        String after = "tab";
        boolean legal;
        private String ofParagraphs = "";
    }

    /** A level of a list. */
    record Place(int list, int level) {
    }

    private static final class Definition {
        private final Map<Integer, Level> levels = new HashMap<>();
        private String link = "";
        private String linked = "";
    }

    private static final class Instance {
        private String definition = "";
        private final Map<Integer, Level> levels = new HashMap<>();
        private final Map<Integer, Integer> starts = new HashMap<>();
    }

    private static final class Style {
        private String basedOn = "";
        private int list = -1;
        private int level = -1;
    }

    private final Map<String, Definition> definitions = new HashMap<>();
    private final Map<Integer, Instance> instances = new HashMap<>();
    private final Map<String, Style> styles = new HashMap<>();
    private Definition definition = new Definition();
    private @Nullable Instance instance;
    private Level level = new Level();
    private Style style = new Style();
    private int overridden;

    /** Takes an element of numbering.xml. */
    void numbering(XMLStreamReader in) {
        String value = WordXml.attribute(in, "val");
        switch (in.getLocalName()) {
            case "abstractNum" -> {
                definition = definitions.computeIfAbsent(WordXml.attribute(in, "abstractNumId"),
                        id -> new Definition());
                instance = null;
            }
            case "num" -> instance = instances.computeIfAbsent(WordXml.number(in, "numId", -1), id -> new Instance());
            case "numStyleLink" -> definition.link = value;
            case "styleLink" -> definition.linked = value;
            case "lvl" -> {
                Instance changed = instance;
                level = (changed == null ? definition.levels : changed.levels)
                        .computeIfAbsent(WordXml.number(in, "ilvl", 0), at -> new Level());
            }
            default -> ofNum(in, value);
        }
    }

    private void ofNum(XMLStreamReader in, String value) {
        Instance counted = instance;
        switch (in.getLocalName()) {
            case "abstractNumId" -> {
                if (counted != null) {
                    counted.definition = value;
                }
            }
            case "lvlOverride" -> overridden = WordXml.number(in, "ilvl", 0);
            case "startOverride" -> {
                if (counted != null) {
                    counted.starts.put(overridden, WordXml.number(in, "val", 1));
                }
            }
            default -> ofLevel(in, value);
        }
    }

    private void ofLevel(XMLStreamReader in, String value) {
        switch (in.getLocalName()) {
            case "start" -> level.start = WordXml.number(in, "val", 1);
            case "numFmt" -> level.style = value;
            case "lvlText" -> level.text = value;
            case "suff" -> level.after = value;
            case "isLgl" -> level.legal = !value.matches("0|false|off");
            case "pStyle" -> level.ofParagraphs = value;
            default -> {
            }
        }
    }

    /** Takes an element of styles.xml. */
    void style(XMLStreamReader in) {
        String value = WordXml.attribute(in, "val");
        switch (in.getLocalName()) {
            case "style" -> style = styles.computeIfAbsent(WordXml.attribute(in, "styleId"), id -> new Style());
            case "basedOn" -> style.basedOn = value;
            case "numId" -> style.list = WordXml.number(in, "val", -1);
            case "ilvl" -> style.level = WordXml.number(in, "val", -1);
            default -> {
            }
        }
    }

    /** Where a paragraph counts: by its own mark, else by that of its style. */
    @Nullable
    Place place(String styleId, int ownList, int ownLevel) {
        int list = ownList;
        int at = ownLevel;
        Style from = styles.get(styleId);
        for (int i = 0; list < 0 && from != null && i < LONGEST_CHAIN; i++) {
            list = from.list;
            at = at >= 0 ? at : from.level;
            from = styles.get(from.basedOn);
        }
        return list <= 0 || !instances.containsKey(list)
                ? null
                : new Place(list, at >= 0 ? at : byStyle(list, styleId));
    }

    private int byStyle(int list, String styleId) {
        for (int i = 0; i < WordNumbers.LEVELS; i++) {
            Level candidate = level(list, i);
            if (candidate != null && !styleId.isEmpty() && candidate.ofParagraphs.equals(styleId)) {
                return i;
            }
        }
        return 0;
    }

    @Nullable
    Level level(int list, int at) {
        Instance counted = instances.get(list);
        if (counted == null || at >= WordNumbers.LEVELS) {
            return null;
        }
        Level own = counted.levels.get(at);
        return own != null ? own : defined(counted.definition).levels.get(at);
    }

    int start(int list, int at) {
        Instance counted = instances.get(list);
        Level from = level(list, at);
        int start = from == null ? 1 : from.start;
        return counted == null ? start : counted.starts.getOrDefault(at, start);
    }

    /** Lists with the same answer count on where the other left off. */
    String counter(int list) {
        Instance counted = instances.get(list);
        return counted == null || !counted.starts.isEmpty() ? "list " + list : "definition " + counted.definition;
    }

    private Definition defined(String id) {
        Definition found = definitions.getOrDefault(id, new Definition());
        return found.link.isEmpty()
                ? found
                : definitions.values().stream().filter(other -> other.linked.equals(found.link)).findFirst()
                        .orElse(found);
    }
}
