package cn.cityapis.pharmacy.table;

/** A file that cannot be read as a table at all; the message is Chinese and fit to be shown. */
public final class TableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public TableException(String message) {
        super(message, null, false, false);
    }
}
