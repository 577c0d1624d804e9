package cn.cityapis.policy.text;

import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonValue;

/** What a node of a document is. The rank orders numbered nodes: a node holds those of higher rank. */
public enum Kind {
    DOCUMENT(0),
    INSTRUMENT(0),
    ATTACHMENT(0),
    CHAPTER(1),
    SECTION(2),
    ARTICLE(3),
    ITEM(4),
    SUBITEM(5),
    POINT(6),
    SUBPOINT(7),
    TITLE(9),
    ORGAN(9),
    NUMBER(9),
    ADDRESSEES(9),
    PARAGRAPH(9),
    LIST_ENTRY(9),
    TABLE(9),
    ATTACHMENT_LIST(9),
    SIGNATURE(9),
    DATE(9),
    NOTE(9),
    COVER(9),
    CONTENTS(9);

    private final int rank;

    Kind(int rank) {
        this.rank = rank;
    }

    /** As JSON spells it: attachment-list. */
    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public int rank() {
        return rank;
    }

    /** 章 to （1）: nodes that carry a number of their own. */
    public boolean numbered() {
        return rank > 0 && rank < 9;
    }

    /** 一、 to （1）. */
    public boolean item() {
        return rank > 3 && rank < 9;
    }
}
