package cn.cityapis.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The second day of backups, and the day on which the first of them goes. */
class ExpireTest {

    private static final String TOOLS = Project.ROOT.resolve("deploy/backup").toString();
    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'")
            .withZone(ZoneOffset.UTC);
    private static final int PATIENCE_MILLIS = 60_000;

    @TempDir
    Path folder;
    private DebianPostgres postgres;

    @AfterEach
    void stop() {
        for (Path data : List.of(folder.resolve("data"), folder.resolve("restored"))) {
            if (Files.exists(data.resolve("postmaster.pid"))) {
                postgres.kill(data);
            }
        }
    }

    @Test
    void theFirstDayGoesWithItsLogAndTheSecondIsRestoredWithoutIt() throws IOException {
        Path archive = start();
        postgres.sql("CREATE TABLE promise AS SELECT 1 AS n");
        Path first = dated(base(), 40);
        String ofTheFirst = archived(archive);
        postgres.sql("INSERT INTO promise VALUES (2)");
        Path second = dated(base(), 10);
        postgres.sql("INSERT INTO promise VALUES (3)");
        String ofTheSecond = archived(archive);
        Path copies = Files.createDirectories(folder.resolve("papers-" + NAME.format(Instant.EPOCH)));
        Files.createDirectories(folder.resolve("papers-" + NAME.format(Instant.now())));

        assertThat(expire(archive, "50").exit()).isZero();
        assertThat(first).exists();
        Shell.Result expired = expire(archive, "30");

        assertThat(expired.exit()).as(expired.said()).isZero();
        assertThat(first).doesNotExist();
        assertThat(copies).doesNotExist();
        assertThat(archive.resolve(ofTheFirst + ".gz")).doesNotExist();
        assertThat(archive.resolve(ofTheSecond + ".gz")).exists();
        assertThat(folder.resolve("metrics/backup.prom")).content().isEqualTo("backup_last_success_timestamp_seconds "
                + DateTimeFormatter.ofPattern("'base-'yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC)
                        .parse(second.getFileName().toString(), Instant::from).getEpochSecond()
                + "\n");
        postgres.kill(folder.resolve("data"));
        postgres.tool(Map.of(), TOOLS + "/restore", second.toString(), archive.toString(),
                folder.resolve("restored").toString());
        postgres.start(folder.resolve("restored"), Map.of(), "archive_mode=off");
        assertThat(postgres.sql("SELECT count(*) FROM promise")).isEqualTo("3");
    }

    @Test
    void theNewestIsKeptHoweverOldItIsAndWithoutOneNoLogGoes() throws IOException {
        Path archive = start();
        String log = archived(archive);
        assertThat(expire(archive, "1").exit()).isEqualTo(1);
        assertThat(archive.resolve(log + ".gz")).exists();
        Path only = dated(base(), 400);
        assertThat(expire(archive, "1").exit()).isZero();
        assertThat(only).exists();
        assertThat(expire(archive, "0").exit()).isEqualTo(2);
    }

    @Test
    void aCopyOfPapersIsWholeAndTakesNoPlaceForWhatHasNotChanged() throws IOException {
        Path materials = Files.createDirectories(folder.resolve("data/materials"));
        Path copies = Files.createDirectory(folder.resolve("copies"));
        Path same = Files.writeString(materials.resolve("11.sealed"), "same");
        Path anew = Files.writeString(materials.resolve("12.sealed"), "before");
        Path erased = Files.writeString(materials.resolve("13.sealed"), "erased");
        Path first = copy(materials, copies);
        Path yesterday = Files.move(first, copies.resolve("papers-20200101T000000Z"));
        Files.writeString(anew, "after");
        Files.delete(erased);
        Path second = copy(materials, copies);

        assertThat(yesterday.resolve("12.sealed")).hasContent("before");
        assertThat(yesterday.resolve("13.sealed")).hasContent("erased");
        assertThat(second.resolve("12.sealed")).hasContent("after");
        assertThat(second.resolve("13.sealed")).doesNotExist();
        assertThat(Files.getAttribute(second.resolve("11.sealed"), "unix:ino"))
                .isEqualTo(Files.getAttribute(yesterday.resolve("11.sealed"), "unix:ino"));
        assertThat(same).hasContent("same");

        assertThat(missing(second, "11\\n12\\n").exit()).isZero();
        Shell.Result missing = missing(second, "11\\n12\\n13\\n");
        assertThat(missing.exit()).isEqualTo(1);
        assertThat(missing.said()).isEqualTo("13\n");
    }

    private Shell.Result missing(Path in, String ids) {
        return Shell.run(folder, "bash", "-c", "printf '" + ids + "' | " + TOOLS + "/missing-papers " + in);
    }

    private Path copy(Path materials, Path copies) {
        Shell.Result copied = Shell.run(folder, TOOLS + "/papers", materials.toString(), copies.toString());
        assertThat(copied.exit()).as(copied.said()).isZero();
        return Path.of(copied.said().strip());
    }

    private Path start() throws IOException {
        postgres = DebianPostgres.require();
        Path archive = Files.createDirectory(folder.resolve("wal"));
        postgres.create(folder.resolve("data"));
        postgres.start(folder.resolve("data"), Map.of("WAL_ARCHIVE", archive.toString()), "archive_mode=on",
                "archive_command='" + TOOLS + "/archive-wal %p %f'", "wal_level=replica");
        return archive;
    }

    private Path base() {
        return Path.of(postgres.tool(Map.of(), TOOLS + "/base-backup", folder.toString()).strip().lines()
                .reduce((first, last) -> last).orElseThrow());
    }

    private static Path dated(Path base, int daysAgo) throws IOException {
        return Files.move(base,
                base.resolveSibling("base-" + NAME.format(Instant.now().minus(Duration.ofDays(daysAgo)))));
    }

    /** Ends the piece of the log that is written, and waits until it is archived. */
    private String archived(Path archive) {
        postgres.sql("CREATE TABLE IF NOT EXISTS filler (n integer); INSERT INTO filler VALUES (1)");
        String piece = postgres.sql("SELECT pg_walfile_name(pg_switch_wal())");
        for (int i = 0; i < PATIENCE_MILLIS && !Files.exists(archive.resolve(piece + ".gz")); i++) {
            LockSupport.parkNanos(1_000_000);
        }
        return piece;
    }

    private Shell.Result expire(Path archive, String days) {
        return Shell.run(folder, postgres.connected(Map.of()),
                Stream.of(TOOLS + "/expire", folder.toString(), archive.toString(), days).toList());
    }
}
