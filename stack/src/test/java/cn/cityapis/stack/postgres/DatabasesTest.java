package cn.cityapis.stack.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.cityapis.stack.layout.Component;
import cn.cityapis.stack.layout.DataFolder;
import cn.cityapis.stack.layout.Ports;
import cn.cityapis.stack.layout.Secrets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Against a real server, started as {@code ./run} starts it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DatabasesTest {

    @TempDir
    static Path folder;
    private DataFolder data;
    private Secrets secrets;
    private PostgresBinaries binaries;
    private PostgresServer server;

    @BeforeAll
    void start() {
        data = new DataFolder(folder.resolve("data"));
        data.create();
        secrets = Secrets.open(data);
        binaries = PostgresBinaries.unpackedIn(Path.of("target/postgres").toAbsolutePath());
        server = PostgresServer.start(binaries, data, secrets, Ports.pick(1).get(0));
        new Databases(server.port(), secrets).create();
    }

    @AfterAll
    void stop() {
        server.close();
        assertThat(server.postmaster()).isEmpty();
    }

    @Test
    void aRoleOpensItsOwnDatabaseAndNoOther() throws SQLException {
        for (Component role : Component.withDatabase()) {
            assertThat(ask("SELECT current_user", role.shortName(), role)).isEqualTo(role.shortName());
            for (Component other : Component.withDatabase()) {
                if (other != role) {
                    assertRefused(other.shortName(), role);
                }
            }
            assertRefused("postgres", role);
            assertRefused("template1", role);
        }
    }

    @Test
    void theDatabasesThemselvesRefuseOthersEvenIfTheAccessRulesDidNot() throws SQLException {
        String allowed = superuser("SELECT string_agg(datname || '<' || rolname, ',') FROM pg_database, pg_roles "
                + "WHERE has_database_privilege(rolname, datname, 'CONNECT') AND rolcanlogin AND NOT rolsuper "
                + "AND datname <> rolname AND datallowconn");
        assertThat(allowed).isEqualTo("null");
    }

    @Test
    void refusesAWrongPasswordAndNone() {
        assertThatThrownBy(() -> DriverManager.getConnection(url("policy"), "policy", "wrong"))
                .hasMessageContaining("password authentication failed");
        assertThatThrownBy(() -> DriverManager.getConnection(url("postgres"), "postgres", ""))
                .hasMessageContaining("password");
    }

    @Test
    void aRoleIsNoSuperuserAndCreatesNoRoles() {
        assertThatThrownBy(() -> ask("CREATE ROLE intruder", "policy", Component.POLICY))
                .hasMessageContaining("permission denied");
        assertThatThrownBy(() -> ask("COPY (SELECT 1) TO PROGRAM 'cat'", "policy", Component.POLICY))
                .hasMessageContaining("permission denied");
    }

    @Test
    void theOwnerFindsTheExtensionsThatOnlyASuperuserMayCreate() throws SQLException {
        assertThat(ask("SELECT earth_distance(ll_to_earth(37.5, 122.1), ll_to_earth(37.5, 122.1))::int", "pharmacy",
                Component.PHARMACY)).isEqualTo("0");
    }

    @Test
    void acknowledgedMeansCommitted() throws SQLException {
        assertThat(superuser("SHOW fsync")).isEqualTo("on");
        assertThat(superuser("SHOW synchronous_commit")).isEqualTo("on");
        assertThat(superuser("SHOW full_page_writes")).isEqualTo("on");
    }

    @Test
    void keepsItsDataOverAKillAndAStaleProcessFile() throws Exception {
        DataFolder other = new DataFolder(folder.resolve("other"));
        other.create();
        Secrets keys = Secrets.open(other);
        int port = Ports.pick(1).get(0);
        PostgresServer first = PostgresServer.start(binaries, other, keys, port);
        new Databases(port, keys).create();
        execute("CREATE TABLE kept AS SELECT 42 AS answer", port, keys);
        ProcessHandle postmaster = first.postmaster().orElseThrow();
        postmaster.destroyForcibly();
        postmaster.onExit().get();

        PostgresServer again = PostgresServer.start(binaries, other, keys, port);
        try {
            assertThat(execute("SELECT answer FROM kept", port, keys)).isEqualTo("42");
            new Databases(port, keys).create();
        } finally {
            again.close();
        }
    }

    private void assertRefused(String database, Component role) {
        assertThatThrownBy(() -> ask("SELECT 1", database, role)).as("%s in %s", role, database)
                .isInstanceOf(SQLException.class).hasMessageContaining("no pg_hba.conf entry");
    }

    private String ask(String query, String database, Component role) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url(database), role.shortName(),
                secrets.databasePassword(role))) {
            return first(query, connection);
        }
    }

    private String superuser(String query) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url("postgres"), "postgres",
                secrets.superuserPassword())) {
            return first(query, connection);
        }
    }

    private static String execute(String query, int port, Secrets keys) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/policy",
                "policy", keys.databasePassword(Component.POLICY))) {
            return first(query, connection);
        }
    }

    private static String first(String query, Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (!statement.execute(query)) {
                return "";
            }
            try (ResultSet rows = statement.getResultSet()) {
                rows.next();
                return String.valueOf(rows.getString(1));
            }
        }
    }

    private String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + server.port() + "/" + database;
    }
}
