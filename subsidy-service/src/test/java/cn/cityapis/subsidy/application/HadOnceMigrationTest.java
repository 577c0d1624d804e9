package cn.cityapis.subsidy.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.cityapis.platform.test.TestDatabase;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.Test;

/** What was stored before an application claimed more than its period satisfies the constraint, and claims what it can. */
class HadOnceMigrationTest {

    private final TestDatabase database = TestDatabase.create();

    private FluentConfiguration flyway() {
        return Flyway.configure().dataSource(database.jdbcUrl(), database.user(), database.password())
                .locations("classpath:db/platform", "classpath:db/migration").outOfOrder(true);
    }

    private void stored(String person, String state, String from, String until, String period) throws SQLException {
        database.execute("""
                INSERT INTO application (id, scheme_id, scheme_version, state, owner_subject, area_code, name_sealed,
                       id_number_sealed, id_number_index, account_sealed, case_date, period, monthly_fen, months,
                       decision_trace, created_at, submitted_at, updated_at)
                VALUES (gen_random_uuid(), 's', 1, '%2$s', '%1$s', '371002', '', '', '%1$s', '', '%3$s',
                        daterange('%3$s', '%4$s'), 1, 1, '{"grant": {"period": "%5$s"}}', now(), now(), now())
                """.formatted(person, state, from, until, period));
    }

    @Test
    void storedApplicationsClaimWhatTheyCan() throws SQLException {
        flyway().target("33").load().migrate();
        database.execute("INSERT INTO scheme_version VALUES ('s', 1, '', '', now())");
        stored("twice", "paying", "2026-11-01", "2026-12-01", "once");
        stored("twice", "first-review", "2026-12-01", "2027-01-01", "once");
        stored("monthly", "paying", "2023-01-01", "2026-01-01", "month");
        stored("yearly", "paying", "2026-01-01", "2026-02-01", "year");
        stored("nothing-paid", "ended", "2026-01-01", "2026-02-01", "once");
        stored("rejected", "rejected", "2026-01-01", "2026-02-01", "once");
        flyway().load().migrate();
        assertThat(database.strings("SELECT owner_subject || ' ' || coalesce(claimed::text, 'none') FROM application "
                + "ORDER BY owner_subject, period")).containsExactly("monthly [2023-01-01,)", "nothing-paid none",
                        "rejected none", "twice [2026-11-01,2026-12-01)", "twice [2026-12-01,)",
                        "yearly [2026-01-01,2026-02-01)");
        stored("nothing-paid", "first-review", "2026-01-01", "2026-02-01", "once");
        stored("yearly", "first-review", "2027-01-01", "2027-02-01", "year");
        assertThatThrownBy(() -> stored("monthly", "first-review", "2027-01-01", "2030-01-01", "month"))
                .hasMessageContaining("application_once");
    }
}
