package cn.cityapis.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A restore in the place of the data folder, in folders as the image of PostgreSQL has them. */
class ReplaceTest {

    private static final String TOOLS = Project.ROOT.resolve("deploy/backup").toString();
    /** Whoever runs as root in the container may write beside the data folder, and leaves nothing of his own in it. */
    private static final String SOMEBODY = "12345";

    @TempDir
    Path folder;
    private DebianPostgres postgres;
    private Path data;
    private Path base;

    @BeforeEach
    void start() throws IOException {
        postgres = DebianPostgres.require();
        data = folder.resolve("18/docker");
        Files.createDirectories(data.getParent());
        Files.createDirectory(folder.resolve("wal"));
        postgres.create(data);
        serve();
        postgres.sql("CREATE TABLE promise AS SELECT 1 AS n");
        base = Path.of(postgres.tool(Map.of(), TOOLS + "/base-backup", folder.toString()).strip().lines()
                .reduce((first, last) -> last).orElseThrow());
        postgres.sql("INSERT INTO promise VALUES (2)");
        postgres.tool(Map.of(), "pg_ctl", "stop", "-w", "-D", data.toString());
    }

    @AfterEach
    void stop() {
        if (Files.exists(data.resolve("postmaster.pid"))) {
            postgres.kill(data);
        }
    }

    @Test
    void theBackupIsInThePlaceOfTheDataAndBelongsToWhomTheBackupBelongs() throws IOException {
        boolean root = "root".equals(System.getProperty("user.name"));
        if (root) {
            Shell.run(folder, "chown", "-R", SOMEBODY + ":" + SOMEBODY, base.toString());
        }
        assertThat(replace(base).exit()).isZero();
        assertThat(put()).hasSize(1).allSatisfy(before -> assertThat(before.resolve("PG_VERSION")).exists());
        if (root) {
            assertThat(Shell.run(folder, "find", data.toString(), "!", "-uid", SOMEBODY).said()).isEmpty();
            Shell.run(folder, "chown", "-R", "0:0", data.toString());
        }
        serve();
        assertThat(postgres.sql("SELECT string_agg(n::text, ',') FROM promise")).isEqualTo("1");
    }

    @Test
    void whatFailsLeavesTheDataWhereItWas() throws IOException {
        Files.writeString(base.resolve("PG_VERSION"), "7\n");
        assertThat(replace(base).exit()).isNotZero();
        assertThat(put()).isEmpty();
        serve();
        assertThat(postgres.sql("SELECT count(*) FROM promise")).isEqualTo("2");
    }

    @Test
    void aLostDiskHasNoDataToPutAside() throws IOException {
        Shell.run(folder, "mv", folder.resolve("18").toString(), folder.resolve("lost").toString());
        assertThat(replace(base).exit()).isZero();
        assertThat(put()).isEmpty();
        serve();
        assertThat(postgres.sql("SELECT count(*) FROM promise")).isEqualTo("1");
    }

    /** The image makes databases where no data folder is: not beside one that somebody has put aside. */
    @Test
    void emptyDatabasesAreNotMadeBesideWhatWasPutAside() throws IOException {
        Path psql = Files.writeString(folder.resolve("psql"), "#!/bin/sh\ncat >> \"$OUT\"\n");
        assertThat(psql.toFile().setExecutable(true)).isTrue();
        assertThat(initialize().exit()).isZero();
        assertThat(folder.resolve("statements")).content().contains("CREATE DATABASE subsidy");
        Files.delete(folder.resolve("statements"));
        Files.createDirectory(folder.resolve("18/before-20261121T010000Z"));
        assertThat(initialize().exit()).isEqualTo(1);
        assertThat(folder.resolve("statements")).doesNotExist();
    }

    private Shell.Result initialize() {
        Map<String, String> environment = new HashMap<>(Map.of("PGDATA", data.toString(), "OUT",
                folder.resolve("statements").toString(), "PATH", folder + ":" + System.getenv("PATH")));
        Stream.of("IDENTITY", "POLICY", "ELDERCARE", "SUBSIDY", "PHARMACY")
                .forEach(name -> environment.put(name + "_DB_PASSWORD", "x"));
        return Shell.run(folder, environment,
                List.of("bash", Project.ROOT.resolve("deploy/compose/init-databases.sh").toString()));
    }

    private Shell.Result replace(Path backup) {
        Map<String, String> environment = postgres.connected(Map.of("PGDATA", data.toString(), "WAL_ARCHIVE",
                folder.resolve("wal").toString()));
        return Shell.run(folder, environment, List.of(TOOLS + "/replace", backup.toString()));
    }

    private List<Path> put() throws IOException {
        try (Stream<Path> beside = Files.list(data.getParent())) {
            return beside.filter(name -> name.getFileName().toString().startsWith("before-")).toList();
        }
    }

    private void serve() {
        postgres.start(data, Map.of());
    }
}
