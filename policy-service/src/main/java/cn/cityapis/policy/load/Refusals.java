package cn.cityapis.policy.load;

import io.r2dbc.spi.R2dbcException;
import org.jspecify.annotations.Nullable;

/** Tells a document that the database will never take from a database that cannot take it now. */
final class Refusals {

    private Refusals() {
    }

    /** Wrong data, a broken constraint, a statement it cannot run, or a value beyond its limits (SQLSTATE 22, 23, 42, 54). */
    static boolean lasting(Throwable error) {
        for (@Nullable
        Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof R2dbcException refused) {
                String state = refused.getSqlState();
                return state != null && state.matches("(22|23|42|54).*");
            }
        }
        return false;
    }
}
