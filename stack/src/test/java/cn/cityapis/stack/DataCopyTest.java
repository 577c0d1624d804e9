package cn.cityapis.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.cityapis.stack.layout.Component;
import cn.cityapis.stack.layout.DataFolder;
import cn.cityapis.stack.layout.Ports;
import cn.cityapis.stack.layout.Secrets;
import cn.cityapis.stack.layout.StackException;
import cn.cityapis.stack.postgres.Databases;
import cn.cityapis.stack.postgres.PostgresBinaries;
import cn.cityapis.stack.postgres.PostgresServer;
import cn.cityapis.stack.process.FolderLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataCopyTest {

    @TempDir
    Path folder;
    private DataFolder data;
    private DataFolder other;
    private Path copy;

    @BeforeEach
    void fill() throws IOException {
        data = new DataFolder(folder.resolve("data"));
        other = new DataFolder(folder.resolve("other"));
        copy = folder.resolve("copy");
        data.create();
    }

    @Test
    void whatWasCommittedIsThereAfterTheRestore() throws SQLException {
        PostgresBinaries binaries = PostgresBinaries.unpackedIn(Path.of("target/postgres").toAbsolutePath());
        Secrets secrets = Secrets.open(data);
        try (PostgresServer server = PostgresServer.start(binaries, data, secrets, Ports.pick(1).get(0))) {
            new Databases(server.port(), secrets).create();
            ask(server, secrets, "CREATE TABLE kept AS SELECT generate_series(1, 1000) AS n");
        }
        new DataCopy(data).backUp(copy);
        new DataCopy(other).restore(copy);
        other.create();
        Secrets restored = Secrets.open(other);
        try (PostgresServer server = PostgresServer.start(binaries, other, restored, Ports.pick(1).get(0))) {
            assertThat(ask(server, restored, "SELECT count(*) FROM kept")).isEqualTo("1000");
        }
    }

    @Test
    void filesAndTheirRightsAreKeptAndWhatBelongsToOneRunIsNot() throws IOException {
        madeUp();
        Files.writeString(data.log("policy"), "x");
        new DataCopy(data).backUp(copy);
        assertThat(copy.resolve("logs")).doesNotExist();
        new DataCopy(other).restore(copy);
        assertThat(other.files(Component.ELDERCARE).resolve("materials/a")).hasContent("sealed");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(other.postgres())))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(other.secrets())))
                .isEqualTo("rw-------");
        assertThat(other.root().resolve(DataCopy.MANIFEST)).doesNotExist();
    }

    @Test
    void aRunningStackIsNotCopied() throws IOException {
        madeUp();
        try (FolderLock lock = FolderLock.take(data)) {
            assertThatThrownBy(() -> new DataCopy(data).backUp(copy)).isInstanceOf(StackException.class)
                    .hasMessageContaining("runs already");
        }
        Files.writeString(data.running(), "url=x\n");
        assertThatThrownBy(() -> new DataCopy(data).backUp(copy)).hasMessageContaining("./run stop");
        assertThat(copy).doesNotExist();
    }

    @Test
    void aDamagedCopyIsNotRestored() throws IOException {
        madeUp();
        new DataCopy(data).backUp(copy);
        Files.writeString(copy.resolve("eldercare/materials/a"), "Sealed");
        assertThatThrownBy(() -> new DataCopy(other).restore(copy)).hasMessageContaining("damaged")
                .hasMessageContaining("materials/a");
        assertThat(other.postgres()).doesNotExist();
        Files.delete(copy.resolve("eldercare/materials/a"));
        assertThatThrownBy(() -> new DataCopy(other).restore(copy)).hasMessageContaining("damaged");
    }

    @Test
    void nothingIsWrittenOver() throws IOException {
        assertThatThrownBy(() -> new DataCopy(data).backUp(copy)).hasMessageContaining("no data");
        madeUp();
        new DataCopy(data).backUp(copy);
        assertThatThrownBy(() -> new DataCopy(data).backUp(copy)).hasMessageContaining("already");
        assertThatThrownBy(() -> new DataCopy(data).restore(copy)).hasMessageContaining("there is data");
        assertThatThrownBy(() -> new DataCopy(other).restore(folder)).hasMessageContaining("no backup");
    }

    private void madeUp() throws IOException {
        Files.createDirectories(data.postgres());
        Files.setPosixFilePermissions(data.postgres(), PosixFilePermissions.fromString("rwx------"));
        Files.writeString(data.postgres().resolve("PG_VERSION"), "18\n");
        Files.createDirectories(data.files(Component.ELDERCARE).resolve("materials"));
        Files.writeString(data.files(Component.ELDERCARE).resolve("materials/a"), "sealed");
        Secrets.open(data).superuserPassword();
    }

    private static String ask(PostgresServer server, Secrets secrets, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + server.port()
                + "/postgres", "postgres", secrets.superuserPassword());
                Statement statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return "";
            }
            try (ResultSet rows = statement.getResultSet()) {
                return rows.next() ? rows.getString(1) : "";
            }
        }
    }
}
