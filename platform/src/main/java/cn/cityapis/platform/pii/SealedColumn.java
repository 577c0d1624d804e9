package cn.cityapis.platform.pii;

/**
 * A column that holds sealed values.
 *
 * @param table its table
 * @param column its name
 * @param asTable the table its values are bound to
 * @param asColumn the column its values are bound to
 * @param row SQL for the id (uuid) of the row its values are bound to
 */
public record SealedColumn(String table, String column, String asTable, String asColumn, String row) {

    /** Bound to the row it stands in, under its own name. */
    public static SealedColumn of(String table, String column) {
        return of(table, column, column);
    }

    /** Bound to the row it stands in, under another name. */
    public static SealedColumn of(String table, String column, String asColumn) {
        return new SealedColumn(table, column, table, asColumn, "id");
    }

    @Override
    public String toString() {
        return table + "." + column;
    }
}
