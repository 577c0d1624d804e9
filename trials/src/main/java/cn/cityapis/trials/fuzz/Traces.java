package cn.cityapis.trials.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import cn.cityapis.stack.layout.Component;
import cn.cityapis.trials.Place;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** Where a person's data would show afterwards: the logs of the processes, their metrics, the tables as they are stored. */
final class Traces {

    private static final String TABLES = """
            SELECT format('%I.%I', schemaname, tablename) FROM pg_tables
            WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1""";
    private static final int SHOWN = 300;

    private final Place place;
    private final Canaries canaries;

    Traces(Place place, Canaries canaries) {
        this.place = place;
        this.canaries = canaries;
    }

    List<String> found(HttpClient http) throws IOException, InterruptedException, SQLException {
        List<String> found = new ArrayList<>(inLogs());
        for (Component component : Component.values()) {
            HttpRequest metrics = HttpRequest.newBuilder(place.inside(component, "/actuator/prometheus")).build();
            HttpResponse<String> answer = http.send(metrics, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                found.add(component + " shows no metrics: " + answer.statusCode());
            }
            canaries.anywhere(answer.body()).forEach(word -> found.add("metrics of " + component + ": " + word));
        }
        for (Component component : Component.withDatabase()) {
            found.addAll(inTables(component));
        }
        return found;
    }

    private List<String> inLogs() throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> logs = Files.list(place.logs())) {
            for (Path log : logs.toList()) {
                try (Stream<String> lines = Files.lines(log, java.nio.charset.StandardCharsets.ISO_8859_1)) {
                    lines.map(line -> new String(line.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1), UTF_8))
                            .filter(line -> !canaries.anywhere(line).isEmpty()).limit(3)
                            .forEach(line -> found.add("log " + log.getFileName() + ": " + canaries.anywhere(line) + " "
                                    + line.substring(0, Math.min(SHOWN, line.length()))));
                }
            }
        }
        return found;
    }

    /** Clear text in a column, or the bytes of clear text where something sealed is expected. */
    private List<String> inTables(Component owner) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Connection database = place.database(owner); Statement sql = database.createStatement()) {
            List<String> tables = new ArrayList<>();
            try (ResultSet rows = sql.executeQuery(TABLES)) {
                while (rows.next()) {
                    tables.add(rows.getString(1));
                }
            }
            for (String table : tables) {
                for (var word : canaries.person().entrySet()) {
                    String hex = HexFormat.of().formatHex(word.getValue().getBytes(UTF_8));
                    try (ResultSet rows = sql.executeQuery("SELECT t::text FROM " + table + " t WHERE t::text LIKE '%"
                            + word.getValue() + "%' OR t::text LIKE '%" + hex + "%' LIMIT 1")) {
                        if (rows.next()) {
                            found.add("table " + owner.shortName() + "." + table + ": " + word.getKey());
                        }
                    }
                }
            }
        }
        return found;
    }
}
