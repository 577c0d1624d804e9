package cn.cityapis.platform.test;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Where in a service's database a person can still be found: in clear, as bytes, by a blind index, or in whatever its
 * cipher opens.
 *
 * @param elsewhere columns ({@code table.column}) whose values are sealed under another name than their own
 */
public record TracesOfPerson(TestDatabase database, Opening cipher, Map<String, SealedFor> elsewhere) {

    /** The service's cipher. */
    public interface Opening {
        /** Throws if the value was not sealed for that place. */
        String open(String table, String column, UUID row, byte[] sealed);
    }

    /** What a value was sealed for, and the column beside it that holds the id of that row. */
    public record SealedFor(String table, String column, String idColumn) {
    }

    private record Column(String table, String name, String type) {

        String path() {
            return table + "." + name;
        }
    }

    /** The columns in which one of these texts or digests is found. */
    public Set<String> of(List<String> texts, List<byte[]> digests) throws SQLException {
        List<String> wanted = Stream.concat(texts.stream(), Stream.concat(
                texts.stream().map(text -> text.getBytes(StandardCharsets.UTF_8)), digests.stream())
                .map(HexFormat.of()::formatHex)).toList();
        Set<String> found = new TreeSet<>();
        try (Connection connection = database.connect()) {
            List<Column> columns = columns(connection);
            for (Column column : columns) {
                if (holds(connection, column, wanted)) {
                    found.add(column.path());
                }
                if (column.type().equals("bytea")
                        && opened(connection, columns, column)
                                .anyMatch(clear -> texts.stream().anyMatch(clear::contains))) {
                    found.add(column.path() + " (sealed)");
                }
            }
        }
        return found;
    }

    private static List<Column> columns(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("""
                select c.table_name, c.column_name, c.data_type from information_schema.columns c
                join information_schema.tables t using (table_schema, table_name)
                where c.table_schema = 'public' and t.table_type = 'BASE TABLE'
                """); ResultSet rows = query.executeQuery()) {
            List<Column> found = new ArrayList<>();
            while (rows.next()) {
                found.add(new Column(rows.getString(1), rows.getString(2), rows.getString(3)));
            }
            return found;
        }
    }

    private static boolean holds(Connection connection, Column column, List<String> wanted) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("""
                select exists(select 1 from %s where exists(select 1 from unnest(?) w where strpos(%s::text, w) > 0))
                """.formatted(column.table(), column.name()))) {
            query.setArray(1, connection.createArrayOf("text", wanted.toArray()));
            try (ResultSet rows = query.executeQuery()) {
                return rows.next() && rows.getBoolean(1);
            }
        }
    }

    private Stream<String> opened(Connection connection, List<Column> columns, Column column) throws SQLException {
        SealedFor row = elsewhere.getOrDefault(column.path(), new SealedFor(column.table(), column.name(), "id"));
        if (!columns.contains(new Column(column.table(), row.idColumn(), "uuid"))) {
            return Stream.of();
        }
        Stream.Builder<String> clear = Stream.builder();
        try (PreparedStatement query = connection.prepareStatement("select %s, %s from %s where octet_length(%s) > 0"
                .formatted(row.idColumn(), column.name(), column.table(), column.name()));
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                clear.add(open(row.table(), row.column(), rows.getObject(1, UUID.class), rows.getBytes(2)));
            }
        }
        return clear.build();
    }

    private String open(String table, String column, UUID row, byte[] sealed) {
        try {
            return cipher.open(table, column, row, sealed);
        } catch (RuntimeException sealedForNoRow) {
            return "";
        }
    }
}
