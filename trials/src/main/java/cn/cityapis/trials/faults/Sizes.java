package cn.cityapis.trials.faults;

import cn.cityapis.stack.layout.Component;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Consumer;

/** What a row takes on the disk once the load has written thousands: for docs/operation/capacity.md. */
final class Sizes {

    private static final String LARGEST = """
            SELECT relname, reltuples::bigint AS rows, pg_total_relation_size(oid) / reltuples::bigint AS bytes
              FROM pg_class
             WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace AND reltuples >= 1000
             ORDER BY pg_total_relation_size(oid) DESC
             LIMIT 8
            """;

    private Sizes() {
    }

    /** The largest tables of each service, with their indexes and what is stored apart, dead rows included. */
    static void tell(City city, Consumer<String> say) throws SQLException {
        for (Component service : Doors.SERVICES) {
            try (Connection database = city.place().database(service); Statement sql = database.createStatement()) {
                sql.execute("ANALYZE");
                StringBuilder line = new StringBuilder("bytes a row, ").append(service).append(':');
                try (ResultSet rows = sql.executeQuery(LARGEST)) {
                    while (rows.next()) {
                        line.append(' ').append(rows.getString("relname")).append(' ').append(rows.getLong("bytes"))
                                .append(" (").append(rows.getLong("rows")).append(" rows)");
                    }
                }
                say.accept(line.toString());
            }
        }
    }
}
