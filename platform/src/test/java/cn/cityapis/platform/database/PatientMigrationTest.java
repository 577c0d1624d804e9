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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.core.io.ClassPathResource;

/** The migration has one table and wants the other; who serves has the other and wants the one. */
@Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
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

    /** Building waits for the transaction that was open before, and holds up nobody who comes after. */
    @Test
    void whoWritesGoesOnWhileAnIndexIsBuilt() throws Exception {
        beside("V2__more", "create index one_by_n on one (n);");
        try (Connection serving = connect();
                Connection later = connect();
                Statement work = serving.createStatement();
                Statement more = later.createStatement()) {
            serving.setAutoCommit(false);
            work.execute("update one set n = n + 1");
            Future<?> migrated = CompletableFuture.runAsync(() -> new PatientMigration().migrate(flyway()));
            long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
            while (database.number("select count(*) from pg_stat_progress_create_index "
                    + "where phase = 'waiting for writers before build'") == 0) {
                assertThat(System.nanoTime()).as("it has not begun").isLessThan(end);
                Thread.sleep(5);
            }
            Thread.sleep(500);
            more.execute("set lock_timeout = '1ms'; insert into one values (7)");
            assertThat(migrated.isDone()).isFalse();
            serving.commit();
            migrated.get(1, TimeUnit.MINUTES);
        }
        assertThat(valid()).containsExactly("one_by_n");
        write("V3__asks.sql", "create table seen as select current_setting('lock_timeout') as lock_timeout;");
        new PatientMigration().migrate(flyway());
        assertThat(database.strings("select lock_timeout from seen")).containsExactly("150ms");
    }

    /** As after a fault in the middle: the index is there, and is none. */
    @Test
    void whatEndedHalfDoneIsBegunAgain() throws Exception {
        beside("V2__more", "create unique index one_by_n on one (n);");
        try (Connection serving = connect(); Statement work = serving.createStatement()) {
            work.execute("insert into one values (0)");
            assertThatThrownBy(() -> new PatientMigration().migrate(flyway())).hasMessageContaining("one_by_n");
            assertThat(database.number("select count(*) from pg_index where not indisvalid")).isEqualTo(1);
            assertThat(valid()).isEmpty();
            work.execute("delete from one");
        }
        new PatientMigration().migrate(flyway());
        assertThat(valid()).containsExactly("one_by_n");
    }

    private List<String> valid() throws SQLException {
        return database.strings("select indexrelid::regclass::text from pg_index "
                + "where indisvalid and indrelid = 'one'::regclass");
    }

    /** As docs/maintain.md says. */
    private void beside(String name, String index) throws IOException {
        write(name + ".sql", "set lock_timeout = 0; drop index concurrently if exists one_by_n;"
                + index.replace(" index ", " index concurrently if not exists ") + "set lock_timeout = '150ms';");
        write(name + ".sql.conf", "executeInTransaction=false");
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
                .initSql(settings.getProperty("spring.flyway.init-sqls"))
                .configuration(Map.of("flyway.postgresql.transactional.lock",
                        String.valueOf(settings.get("spring.flyway.postgresql.transactional-lock"))))
                .locations("filesystem:" + migrations).load();
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
