package cn.cityapis.policy.format;

import java.util.List;

/** Takes what a format marks: the lines of the document, or a cell that holds a document of its own. */
interface Sink {

    void paragraph(String text);

    void row(List<String> cells);

    /** What follows is another table. */
    default void endTable() {
    }
}
