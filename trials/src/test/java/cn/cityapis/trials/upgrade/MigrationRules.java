package cn.cityapis.trials.upgrade;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Which statements of a migration break the version that is still serving while the new one starts: it goes on writing
 * and reading as it was built. Pure.
 */
final class MigrationRules {

    private static final Map<String, Pattern> BREAKING = Map.of(
            "drops a table", Pattern.compile("^drop (table|view|materialized view)\\b"),
            "drops a column",
            Pattern.compile(
                    "^alter table .*\\bdrop (column )?(?!constraint|not null|default|expression|identity)(if exists )?\\w+"),
            "drops a function", Pattern.compile("^drop (function|type|sequence|schema|extension)\\b"),
            "renames", Pattern.compile("^alter (table|view|type|sequence) .*\\brename\\b"),
            "changes a type", Pattern.compile("^alter table .*\\balter (column )?\\w+ (set data )?type\\b"),
            "demands a value", Pattern.compile("^alter table .*\\bset not null\\b"),
            "demands a value of a new column", Pattern.compile(
                    "^alter table (?=.*\\badd column\\b).*\\badd column (if not exists )?\\w+(?![^,]*\\b(default|generated)\\b)[^,]*\\bnot null\\b"),
            "takes a default away", Pattern.compile("^alter table .*\\bdrop default\\b"),
            "drops a key", Pattern.compile("^alter table .*\\bdrop constraint (if exists )?\\w+_pkey\\b"));

    private MigrationRules() {
    }

    /** What would break, in alphabetical order; empty is good. */
    static List<String> breaks(String sql) {
        List<String> found = new ArrayList<>();
        for (String statement : statements(sql)) {
            BREAKING.forEach((what, pattern) -> {
                if (pattern.matcher(statement).find() && !found.contains(what)) {
                    found.add(what);
                }
            });
        }
        return found.stream().sorted().toList();
    }

    /** In small letters, on one line each, without comments, texts and the bodies of functions. */
    private static List<String> statements(String sql) {
        String bare = sql.replaceAll("(?m)--.*$", "").replaceAll("(?s)/\\*.*?\\*/", "")
                .replaceAll("(?s)\\$(\\w*)\\$.*?\\$\\1\\$", "''").replaceAll("'(?:[^']|'')*'", "''")
                .toLowerCase(Locale.ROOT);
        return List.of(bare.split(";", -1)).stream().map(part -> part.strip().replaceAll("\\s+", " ")).toList();
    }
}
