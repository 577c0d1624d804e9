package cn.cityapis.platform.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.cityapis.platform.test.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.core.io.ClassPathResource;

/** The migration has one table and wants the other; who serves has the other and wants the one. */
class PatientMigrationTest {

    private final TestDatabase database = TestDatabase.create();

    @TempDir
    Path migrations;

    @BeforeEach
    void twoTables() throws IOException {
        write("V1__two.sql", "create table one (n int); create table other (n int);"
                + "insert into one values (0); insert into other values (0);");
        flyway().migrate();
        write("V2__more.sql",
                "alter table one add column m int; select pg_sleep(0.3); alter table other add column m int;");
    }

    @Test
    void whoServesIsNeverEnded() throws Exception {
        try (Connection serving = connect();
                Statement work = serving.createStatement();
                ExecutorService thread = Executors.newSingleThreadExecutor()) {
            serving.setAutoCommit(false);
            work.execute("update other set n = n + 1");
            Future<?> migrated = thread.submit(() -> new PatientMigration().migrate(flyway()));
            while (database.number("select count(*) from pg_locks where relation = 'one'::regclass and granted "
                    + "and mode = 'AccessExclusiveLock'") == 0) {
                Thread.sleep(5);
            }
            work.execute("update one set n = n + 1");
            serving.commit();
            migrated.get(1, TimeUnit.MINUTES);
        }
        assertThat(database.strings("select one.n || ' ' || other.n from one, other")).containsExactly("1 1");
        assertThat(database.number("select count(*) from information_schema.columns where column_name = 'm'"))
                .isEqualTo(2);
    }

    @Test
    void whatFailsOfItselfIsNotTriedAgain() throws IOException {
        write("V3__wrong.sql", "alter table none add column m int;");
        assertThatThrownBy(() -> new PatientMigration().migrate(flyway())).isInstanceOf(FlywayException.class)
                .hasMessageContaining("none");
    }

    private Flyway flyway() {
        YamlPropertiesFactoryBean platform = new YamlPropertiesFactoryBean();
        platform.setResources(new ClassPathResource("platform.yml"));
        Properties settings = Objects.requireNonNull(platform.getObject());
        return Flyway.configure().dataSource(database.jdbcUrl(), user(), user())
                .initSql(settings.getProperty("spring.flyway.init-sqls")).locations("filesystem:" + migrations).load();
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(database.jdbcUrl(), user(), user());
    }

    private String user() {
        return String.valueOf(database.environment().get("DB_USER"));
    }

    private void write(String name, String sql) throws IOException {
        Files.writeString(migrations.resolve(name), sql);
    }
}
