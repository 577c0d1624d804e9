package cn.cityapis.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Every column of every database, as the migrations make them. */
final class DatabaseColumns {

    /** @param table with its service in front, such as {@code subsidy.application} */
    record Column(String table, String name, String type) {

        String path() {
            return table + "." + name;
        }
    }

    private static final Map<String, String> MIGRATIONS = new LinkedHashMap<>(Map.of("platform",
            "platform/src/main/resources/db/platform", "identity", "identity/src/main/resources/db/migration", "policy",
            "policy-service/src/main/resources/db/migration", "eldercare",
            "eldercare-service/src/main/resources/db/migration", "subsidy",
            "subsidy-service/src/main/resources/db/migration", "pharmacy",
            "pharmacy-service/src/main/resources/db/migration"));
    private static final Pattern CREATE = Pattern
            .compile("create table (?:if not exists )?(\\w+)\\s*\\((.*?)\\n\\)",
                    Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern ALTER = Pattern.compile("alter table (\\w+)(.*?);",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern DEFINED = Pattern.compile("^\\s+(\\w+)\\s+(\\w+)", Pattern.MULTILINE);
    private static final Pattern ADDED = Pattern.compile("add column (?:if not exists )?(\\w+)\\s+(\\w+)",
            Pattern.CASE_INSENSITIVE);

    private DatabaseColumns() {
    }

    static List<Column> all() {
        List<Column> columns = new ArrayList<>();
        MIGRATIONS.forEach((service, folder) -> {
            for (Path file : files(Project.ROOT.resolve(folder))) {
                String sql = Project.text(Project.ROOT.relativize(file).toString()).replaceAll("--.*", "");
                read(service, CREATE.matcher(sql), DEFINED, columns);
                read(service, ALTER.matcher(sql), ADDED, columns);
            }
        });
        return columns;
    }

    private static List<Path> migrations() {
        return MIGRATIONS.values().stream().flatMap(folder -> files(Project.ROOT.resolve(folder)).stream()).toList();
    }

    private static void read(String service, Matcher statements, Pattern column, List<Column> into) {
        while (statements.find()) {
            String table = service + "." + statements.group(1);
            column.matcher(statements.group(2)).results()
                    .forEach(found -> into.add(new Column(table, found.group(1), found.group(2))));
        }
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> file.toString().endsWith(".sql")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
