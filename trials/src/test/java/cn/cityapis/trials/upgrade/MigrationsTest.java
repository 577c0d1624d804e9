package cn.cityapis.trials.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every migration of every service is safe while the version before it still serves (docs/decisions/0043). */
class MigrationsTest {

    private static final List<String> FOLDERS = List.of("platform/src/main/resources/db/platform",
            "identity/src/main/resources/db/migration", "policy-service/src/main/resources/db/migration",
            "eldercare-service/src/main/resources/db/migration", "subsidy-service/src/main/resources/db/migration",
            "pharmacy-service/src/main/resources/db/migration");
    /** Migrations that break the version before, and why that was accepted. */
    private static final Map<String, String> ACCEPTED = Map.of(
            "eldercare-service V41__commissions_end.sql: drops a key", "before the first release: nothing older served",
            "policy-service V90__subscribers_client.sql: takes a default away",
            "before the first release: nothing older served",
            "subsidy-service V45__accounts_move_once_a_statement.sql: drops a function",
            "called by its trigger only, which is replaced in the same transaction");

    @Test
    void noneBreaksTheVersionThatStillServes() throws IOException {
        Map<String, String> found = new TreeMap<>();
        int read = 0;
        for (String folder : FOLDERS) {
            try (Stream<Path> files = Files.list(Path.of("..").resolve(folder))) {
                for (Path file : files.filter(each -> each.toString().endsWith(".sql")).toList()) {
                    read++;
                    for (String what : MigrationRules.breaks(Files.readString(file))) {
                        found.put(folder.replaceAll("/.*", "") + " " + file.getFileName() + ": " + what, "");
                    }
                }
            }
        }
        assertThat(read).isGreaterThan(40);
        assertThat(found.keySet()).as("expand first, contract in a later release; or accept it here, with the reason")
                .isEqualTo(ACCEPTED.keySet());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "DROP TABLE x | drops a table",
            "ALTER TABLE x DROP COLUMN y | drops a column",
            "ALTER TABLE x DROP y | drops a column",
            "ALTER TABLE x RENAME COLUMN a TO b | renames",
            "ALTER TABLE x RENAME TO y | renames",
            "ALTER TABLE x ALTER COLUMN y TYPE bigint | changes a type",
            "ALTER TABLE x ALTER y SET DATA TYPE bigint | changes a type",
            "ALTER TABLE x ALTER COLUMN y SET NOT NULL | demands a value",
            "ALTER TABLE x ADD COLUMN y text NOT NULL | demands a value of a new column",
            "ALTER TABLE x ADD COLUMN a int NOT NULL DEFAULT 0, ADD COLUMN b int NOT NULL | demands a value of a new column",
            "ALTER TABLE x ALTER COLUMN y DROP DEFAULT | takes a default away",
            "ALTER TABLE x DROP CONSTRAINT x_pkey | drops a key"})
    void seesWhatBreaks(String sql, String what) {
        assertThat(MigrationRules.breaks("CREATE TABLE z (a int NOT NULL);\n" + sql + ";")).containsExactly(what);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
            "CREATE TABLE x (a int NOT NULL)", "ALTER TABLE x ADD COLUMN y int",
            "ALTER TABLE x ADD COLUMN y int NOT NULL DEFAULT 0", "ALTER TABLE x DROP CONSTRAINT x_kind_check",
            "ALTER TABLE x ALTER COLUMN y DROP NOT NULL", "-- DROP TABLE x",
            "SELECT 'DROP TABLE x; ALTER TABLE x RENAME'",
            "CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN DROP TABLE x; END $$", "DROP INDEX i",
            "DROP TRIGGER t ON x"})
    void letsPassWhatTheOldVersionDoesNotNotice(String sql) {
        assertThat(MigrationRules.breaks(sql)).isEmpty();
    }
}
