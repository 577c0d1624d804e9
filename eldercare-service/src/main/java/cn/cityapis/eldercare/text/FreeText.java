package cn.cityapis.eldercare.text;

/**
 * A column of text that somebody typed about a person. Sealed in the column beside it, and empty itself; rows of before,
 * and of a replica of before, have it in clear until {@link SealFreeTexts} has been there.
 */
public enum FreeText {
    DECISION("decision", "reason"),
    CHANGE("circumstance_change", "reason"),
    PLACE("appointment", "place"),
    OUT_OF_TURN("appointment", "out_of_turn"),
    STAY("stay", "reason"),
    DEPARTURE("stay", "end_note"),
    ADJUSTMENT("adjustment", "reason");

    private final String table;
    private final String column;

    FreeText(String table, String column) {
        this.table = table;
        this.column = column;
    }

    String table() {
        return table;
    }

    String column() {
        return column;
    }

    String sealedColumn() {
        return column + "_sealed";
    }
}
