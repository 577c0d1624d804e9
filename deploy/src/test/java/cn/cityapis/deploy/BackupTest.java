package cn.cityapis.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of deploy/backup, on the PostgreSQL of Debian. */
class BackupTest {

    private static final String TOOLS = Project.ROOT.resolve("deploy/backup").toString();
    private static final int WRITTEN = 2_000;
    private static final int PATIENCE_MILLIS = 60_000;

    @TempDir
    Path folder;
    private DebianPostgres postgres;
    private Path data;
    private Path archive;

    @BeforeEach
    void start() throws IOException {
        postgres = DebianPostgres.require();
        data = folder.resolve("data");
        archive = Files.createDirectory(folder.resolve("wal"));
        postgres.create(data);
        postgres.start(data, Map.of("WAL_ARCHIVE", archive.toString()), "archive_mode=on",
                "archive_command='" + TOOLS + "/archive-wal %p %f'", "wal_level=replica");
        postgres.sql("CREATE TABLE promise (n integer PRIMARY KEY, at timestamptz DEFAULT clock_timestamp())");
    }

    @AfterEach
    void stop() {
        for (Path left : List.of(data, folder.resolve("restored"), folder.resolve("latest"))) {
            if (Files.exists(left.resolve("postmaster.pid"))) {
                postgres.kill(left);
            }
        }
    }

    @Test
    void whatWasAcknowledgedBeforeTheMomentIsThereAndNothingAfterIt() throws Exception {
        Path said = folder.resolve("acknowledged");
        Process writer = write(said);
        while (Files.readAllLines(said).size() < WRITTEN / 10) {
            LockSupport.parkNanos(1_000_000);
        }
        Path base = Path.of(postgres.tool(Map.of(), TOOLS + "/base-backup", folder.toString()).strip()
                .lines().reduce((first, last) -> last).orElseThrow());
        assertThat(writer.waitFor(60, TimeUnit.SECONDS)).isTrue();
        int acknowledged = Files.readAllLines(said).size();
        assertThat(acknowledged).isEqualTo(WRITTEN);

        String moment = postgres.sql("SELECT clock_timestamp()");
        postgres.sql("INSERT INTO promise SELECT generate_series(-50, -1)");
        String last = postgres.sql("SELECT pg_walfile_name(pg_switch_wal())");
        for (int i = 0; i < PATIENCE_MILLIS && !Files.exists(archive.resolve(last + ".gz")); i++) {
            LockSupport.parkNanos(1_000_000);
        }
        postgres.kill(data);

        assertThat(restored(base, "restored", moment)).isEqualTo(acknowledged + "|1|" + WRITTEN);
        postgres.kill(folder.resolve("restored"));
        assertThat(restored(base, "latest", "")).isEqualTo(acknowledged + 50 + "|-50|" + WRITTEN);
    }

    @Test
    void aPieceOfTheLogIsNeverWrittenOver() throws IOException {
        Path piece = Files.writeString(folder.resolve("piece"), "one");
        assertThat(archive(piece)).isZero();
        assertThat(archive(piece)).as("asked again after a crash").isZero();
        Files.writeString(piece, "two");
        assertThat(archive(piece)).isEqualTo(1);
        assertThat(Shell.run(folder, "gzip", "-dc", archive.resolve("0001.gz").toString()).said()).isEqualTo("one");
    }

    @Test
    void aDamagedBackupIsNotRestoredAndNothingIsRestoredOverSomething() throws IOException {
        Path base = Path.of(postgres.tool(Map.of(), TOOLS + "/base-backup", folder.toString()).strip()
                .lines().reduce((first, last) -> last).orElseThrow());
        Path full = Files.createDirectory(folder.resolve("full"));
        Files.writeString(full.resolve("x"), "x");
        assertThat(restore(base, full)).isEqualTo(1);
        Files.writeString(base.resolve("PG_VERSION"), "7\n");
        assertThat(restore(base, folder.resolve("restored"))).isEqualTo(1);
        assertThat(folder.resolve("restored")).doesNotExist();
    }

    /** Each row is committed by itself, and its number is said only after that. */
    private Process write(Path said) throws IOException {
        Files.createFile(said);
        StringBuilder statements = new StringBuilder();
        for (int n = 1; n <= WRITTEN; n++) {
            statements.append("INSERT INTO promise (n) VALUES (").append(n).append(");\n\\echo ").append(n)
                    .append('\n');
        }
        Path script = Files.writeString(folder.resolve("script.sql"), statements);
        ProcessBuilder builder = new ProcessBuilder(postgres.command("psql", "--no-psqlrc", "-q", "-v",
                "ON_ERROR_STOP=1", "-d", "postgres", "-f", script.toString())).redirectOutput(said.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(postgres.connected(Map.of()));
        return builder.start();
    }

    private String restored(Path base, String name, String moment) {
        Path target = folder.resolve(name);
        postgres.tool(Map.of(), TOOLS + "/restore", base.toString(), archive.toString(), target.toString(), moment);
        postgres.start(target, Map.of("WAL_ARCHIVE", archive.toString()), "archive_mode=off");
        for (int i = 0; i < PATIENCE_MILLIS / 100 && !"f".equals(postgres.sql("SELECT pg_is_in_recovery()")); i++) {
            LockSupport.parkNanos(100_000_000);
        }
        return postgres.sql("SELECT count(*), min(n), max(n) FROM promise");
    }

    private int archive(Path piece) {
        return Shell.run(folder, Map.of("WAL_ARCHIVE", archive.toString()),
                List.of(TOOLS + "/archive-wal", piece.toString(), "0001")).exit();
    }

    private int restore(Path base, Path target) {
        return Shell.run(folder, postgres.connected(Map.of()),
                List.of(TOOLS + "/restore", base.toString(), archive.toString(), target.toString())).exit();
    }
}
