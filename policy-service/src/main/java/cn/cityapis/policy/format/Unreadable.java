package cn.cityapis.policy.format;

/** A document that cannot be read, with the reason in Chinese for the one who handed it in. */
public final class Unreadable extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** Why. */
    public enum Reason {
        /** No text in it. */
        EMPTY,
        /** None of the formats that are read. */
        UNKNOWN,
        /** Opens with a password only. */
        ENCRYPTED,
        /** Pictures of pages, no text. */
        SCANNED,
        /** Grows beyond all measure when unpacked. */
        BOMB,
        /** Of a known format, but damaged. */
        BROKEN
    }

    private final Reason reason;

    public Unreadable(Reason reason, String detail) {
        super(detail);
        this.reason = reason;
    }

    Unreadable(Reason reason, String detail, Throwable cause) {
        super(detail, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    public String detail() {
        return String.valueOf(getMessage());
    }
}
