package cn.cityapis.trials.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cn.cityapis.platform.test.NodeTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.flywaydb.core.api.MigrationVersion;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * No migration holds up those who write while it reads a large table through (docs/decisions/0059). Squawk says so;
 * {@code .squawk.toml} has the rules that are switched off.
 */
class MigrationLockTest {

    private static final Path SQUAWK = Path.of("node_modules/@squawk-cli/linux-x64/bin/squawk");
    private static final String OUTSIDE = "executeInTransaction=false";

    /** What ran before any table was large: up to here nothing is asked. */
    private static final Map<String, String> BEFORE_THE_FIRST_CITY = Map.of("platform/src/main/resources/db/platform",
            "0.3", "identity/src/main/resources/db/migration", "3", "policy-service/src/main/resources/db/migration",
            "97", "eldercare-service/src/main/resources/db/migration", "52",
            "subsidy-service/src/main/resources/db/migration", "58", "pharmacy-service/src/main/resources/db/migration",
            "50");

    @BeforeAll
    static void install() {
        NodeTool.installed();
        assumeTrue(Files.exists(SQUAWK),
                "Skipped: package-lock.json has Squawk for Linux on x86-64 only");
    }

    @Test
    void noneHoldsUpThoseWhoWrite() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (var each : BEFORE_THE_FIRST_CITY.entrySet()) {
            List<Path> all = migrations(Path.of("..").resolve(each.getKey()));
            MigrationVersion last = MigrationVersion.fromVersion(each.getValue());
            assertThat(all).as("one goes by %s", each).anyMatch(file -> version(file).equals(last));
            for (Path file : all.stream().filter(file -> version(file).isNewerThan(last)).toList()) {
                wrong.addAll(lint(file));
            }
        }
        assertThat(wrong).as("docs/maintain.md says how").isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"CREATE INDEX i ON x (a); | require-concurrent-index-creation",
            "DROP INDEX i; CREATE INDEX CONCURRENTLY i ON x (a); | ban-concurrent-index-creation-in-transaction",
            "ALTER TABLE x ADD CONSTRAINT c CHECK (a > 0); | constraint-missing-not-valid",
            "ALTER TABLE x ADD CONSTRAINT c UNIQUE (a); | disallowed-unique-constraint",
            "ALTER TABLE x ADD COLUMN b int GENERATED ALWAYS AS (a + 1) STORED; | adding-field-with-default",
            "ALTER TABLE x ADD COLUMN b int REFERENCES y (a); | adding-foreign-key-constraint",
            "ALTER TABLE x ALTER COLUMN a TYPE bigint; | changing-column-type"})
    void seesWhatHoldsUp(String sql, String rule, @TempDir Path folder) throws IOException {
        assertThat(lint(Files.writeString(folder.resolve("V1__x.sql"), sql))).isNotEmpty()
                .anyMatch(found -> found.contains(rule));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"CREATE TABLE x (a int CHECK (a > 0) REFERENCES y); CREATE INDEX i ON x (a);",
            "ALTER TABLE x ADD COLUMN b int NOT NULL DEFAULT 0;",
            "ALTER TABLE x ADD CONSTRAINT c CHECK (a > 0) NOT VALID;", "DROP INDEX i;",
            "UPDATE x SET a = 1 WHERE a = 2;"})
    void letsPassWhatIsDoneInAnInstant(String sql, @TempDir Path folder) throws IOException {
        assertThat(lint(Files.writeString(folder.resolve("V1__x.sql"), sql))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
            "SET lock_timeout = 0; DROP INDEX CONCURRENTLY IF EXISTS i; CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON x (a); SET lock_timeout = '150ms'; | true",
            "SET lock_timeout = 0; CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON x (a); SET lock_timeout = '150ms'; | false",
            "SET lock_timeout = 0; DROP INDEX CONCURRENTLY IF EXISTS i; CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON x (a); | false",
            "DROP INDEX CONCURRENTLY IF EXISTS i; CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON x (a); SET lock_timeout = '150ms'; | false"})
    void outsideATransactionItCanBeDoneAgainAndWaits(String sql, boolean good, @TempDir Path folder)
            throws IOException {
        Files.writeString(folder.resolve("V1__x.sql.conf"), OUTSIDE);
        assertThat(lint(Files.writeString(folder.resolve("V1__x.sql"), sql)).isEmpty()).isEqualTo(good);
    }

    private static List<String> lint(Path file) throws IOException {
        Path settings = file.resolveSibling(file.getFileName() + ".conf");
        boolean outside = Files.exists(settings) && Files.readString(settings).contains(OUTSIDE);
        List<String> command = new ArrayList<>(
                List.of(SQUAWK.toString(), "--config", ".squawk.toml", "--reporter", "gcc"));
        if (outside) {
            command.add("--no-assume-in-transaction");
        }
        command.add(file.toString());
        NodeTool.Outcome said = NodeTool.run(Path.of("."), command.toArray(String[]::new));
        List<String> found = new ArrayList<>();
        if (said.exit() != 0) {
            found.add(said.text());
        }
        if (outside && !Files.readString(file).strip().matches("(?is)(--[^\n]*\n|\\s)*SET lock_timeout = 0;"
                + "(\\s*DROP INDEX CONCURRENTLY IF EXISTS (?<index>\\w+);\\s*CREATE (UNIQUE )?INDEX CONCURRENTLY IF NOT EXISTS \\k<index> [^;]+;)+"
                + "\\s*SET lock_timeout = '150ms';")) {
            found.add(file + ": waits, takes away what is half done, builds, and no longer waits: nothing else");
        }
        return found;
    }

    private static List<Path> migrations(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(each -> each.toString().endsWith(".sql")).sorted().toList();
        }
    }

    private static MigrationVersion version(Path file) {
        String name = file.getFileName().toString();
        return MigrationVersion.fromVersion(name.substring(1, name.indexOf("__")).replace('_', '.'));
    }
}
