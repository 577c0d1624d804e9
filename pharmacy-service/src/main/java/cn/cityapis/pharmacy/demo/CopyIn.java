package cn.cityapis.pharmacy.demo;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** Rows for one table in PostgreSQL's text format, sent as one COPY: a hundred thousand in a second. */
final class CopyIn {

    private final String target;
    private final StringBuilder rows = new StringBuilder();

    /** @param target table and columns, e.g. {@code chain (id, org, name)} */
    CopyIn(String target) {
        this.target = target;
    }

    CopyIn row(@Nullable Object... values) {
        for (int i = 0; i < values.length; i++) {
            if (i > 0) {
                rows.append('\t');
            }
            Object value = values[i];
            rows.append(value == null ? "\\N" : escaped(value.toString()));
        }
        rows.append('\n');
        return this;
    }

    void into(Connection connection) throws SQLException {
        try {
            connection.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY " + target + " FROM STDIN",
                    new StringReader(rows.toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r");
    }
}
