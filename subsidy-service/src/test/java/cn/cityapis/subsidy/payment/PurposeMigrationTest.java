package cn.cityapis.subsidy.payment;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.platform.test.TestDatabase;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.Test;

/** Files that were made before a run kept their purpose keep their bytes: the title of the version that held then. */
class PurposeMigrationTest {

    private final TestDatabase database = TestDatabase.create();

    private FluentConfiguration flyway() {
        return Flyway.configure().dataSource(database.jdbcUrl(), database.user(), database.password())
                .locations("classpath:db/platform", "classpath:db/migration").outOfOrder(true);
    }

    private void run(String scheme, String state, String made) throws SQLException {
        database.execute("""
                INSERT INTO payment_run (id, scheme_id, kind, state, items, total_fen, digest, created_by, created_at,
                       file_made_at)
                VALUES (gen_random_uuid(), '%1$s', 'monthly', '%2$s', 1, 1, '', 'job', now(), %3$s)
                """.formatted(scheme, state, made));
    }

    @Test
    void storedRunsKeepTheTitleOfTheDayTheirFileWasMade() throws SQLException {
        flyway().target("42").load().migrate();
        database.execute("INSERT INTO scheme_version VALUES ('s', 1, '', '{\"title\": \"旧\"}', now(), '0001-01-01'), "
                + "('s', 2, '', '{\"title\": \"新\"}', now(), '2026-12-01')");
        run("s", "closed", "'2026-11-30T23:59+08:00'");
        run("s", "sent", "'2026-12-01T00:01+08:00'");
        run("s", "created", "NULL");
        run("gone", "closed", "'2026-11-30T23:59+08:00'");
        flyway().load().migrate();
        assertThat(database.strings(
                "SELECT scheme_id || ' ' || state || ' ' || coalesce(purpose, 'none') FROM payment_run ORDER BY 1"))
                .containsExactly("gone closed none", "s closed 旧", "s created none", "s sent 新");
    }
}
