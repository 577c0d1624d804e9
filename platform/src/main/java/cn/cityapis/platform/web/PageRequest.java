package cn.cityapis.platform.web;

import java.util.List;

/**
 * Which part of a list is asked for ({@code ?limit=&cursor=}). A controller takes it as a parameter.
 *
 * @param limit 1 to 100 rows, 20 unless said
 * @param after the key of the last row seen, as it was given to {@link Page#of}; empty at the start
 */
public record PageRequest(int limit, List<String> after) {

    public static final int DEFAULT_LIMIT = 20;
    public static final int MAX_LIMIT = 100;

    public boolean isFirst() {
        return after.isEmpty();
    }

    /** How many rows to read: one more than shown tells whether there is a next page. */
    public int rowsToRead() {
        return limit + 1;
    }
}
