package cn.cityapis.eldercare.ability;

/** The five levels of GB/T 42195—2022 (第十七条); the number is the standard's. */
public enum AbilityLevel {
    INTACT(0, "能力完好"),
    SLIGHT(1, "能力轻度受损（轻度失能）"),
    MODERATE(2, "能力中度受损（中度失能）"),
    SEVERE(3, "能力重度受损（重度失能）"),
    COMPLETE(4, "能力完全丧失（完全失能）");

    private final int number;
    private final String title;

    AbilityLevel(int number, String title) {
        this.number = number;
        this.title = title;
    }

    public int number() {
        return number;
    }

    public String title() {
        return title;
    }

    public boolean atLeast(AbilityLevel other) {
        return number >= other.number;
    }

    /** So many levels worse, never beyond the last. */
    public AbilityLevel worsenedBy(int levels) {
        return values()[Math.min(number + levels, COMPLETE.number)];
    }
}
