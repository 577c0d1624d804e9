package cn.cityapis.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A migration runs while the version before it still serves: it adds, and takes nothing away that the other uses. */
class MigrationsTest {

    private static final Pattern TAKES_AWAY = Pattern.compile(
            "drop\\s+(column|table|view)|rename\\s+(column|to)|alter\\s+column\\s+\\w+\\s+(set\\s+data\\s+)?type"
                    + "|alter\\s+column\\s+\\w+\\s+set\\s+not\\s+null",
            Pattern.CASE_INSENSITIVE);
    /** The version before inserts rows without it. */
    private static final Pattern MUST_BE_GIVEN = Pattern.compile(
            "add\\s+column\\s+(?:(?!default|generated)[^,;])*not\\s+null(?:(?!default)[^,;])*[,;]",
            Pattern.CASE_INSENSITIVE);

    @Test
    void everyMigrationLeavesTheVersionBeforeItsTables() {
        List<Path> migrations = DatabaseColumns.migrations();
        assertThat(migrations).hasSizeGreaterThan(40);
        for (Path file : migrations) {
            assertThat(harmful(Project.text(Project.ROOT.relativize(file).toString()))).as(file.toString()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ALTER TABLE a DROP COLUMN b;", "alter table a rename column b to c;",
            "ALTER TABLE a ALTER COLUMN b TYPE text;", "ALTER TABLE a ALTER COLUMN b SET NOT NULL;",
            "ALTER TABLE a ADD COLUMN b text NOT NULL;", "DROP TABLE a;"})
    void whatTakesAwayIsSeen(String sql) {
        assertThat(harmful(sql)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ALTER TABLE a ADD COLUMN b text NOT NULL DEFAULT '', ADD COLUMN c text;",
            "ALTER TABLE a DROP CONSTRAINT b;",
            "ALTER TABLE a ADD COLUMN b date GENERATED ALWAYS AS (CASE WHEN c IS NOT NULL THEN c END) STORED;",
            "-- drop column later", "CREATE TABLE a (b text NOT NULL);"})
    void whatAddsIsLeftInPeace(String sql) {
        assertThat(harmful(sql)).isFalse();
    }

    private static boolean harmful(String sql) {
        String statements = sql.replaceAll("--.*", "");
        return TAKES_AWAY.matcher(statements).find() || MUST_BE_GIVEN.matcher(statements).find();
    }
}
