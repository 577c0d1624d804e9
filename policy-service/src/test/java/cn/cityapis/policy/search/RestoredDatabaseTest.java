package cn.cityapis.policy.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

import cn.cityapis.platform.test.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** An index that is older or newer than its database, because the database was restored from a copy. */
class RestoredDatabaseTest {

    @TempDir
    Path data;
    private final TestDatabase live = TestDatabase.create();
    private final String backup = live.name() + "_backup";

    @BeforeEach
    void takeABackupBetweenTwoLoads() throws SQLException {
        try (Replica replica = start(live.name())) {
            load(replica, 1);
        }
        try (Connection server = DriverManager.getConnection(
                "jdbc:postgresql://" + live.host() + ":" + live.port() + "/postgres?user=postgres");
                Statement statement = server.createStatement()) {
            statement.execute("CREATE DATABASE " + backup + " TEMPLATE " + live.name() + " OWNER " + live.user());
        }
        try (Replica replica = start(live.name())) {
            load(replica, 2);
            assertThat(found(replica)).containsExactlyInAnyOrder(number(1), number(2));
        }
    }

    @Test
    void showsNothingThatWasLoadedAfterTheBackup() {
        try (Replica restored = start(backup)) {
            assertThat(found(restored)).containsExactly(number(1));
            load(restored, 3);
            assertThat(found(restored)).containsExactlyInAnyOrder(number(1), number(3));
        }
    }

    @Test
    void recognisesTheBackupAlsoWhenMoreHasBeenLoadedIntoItSince(@TempDir Path other) {
        try (Replica elsewhere = start(other, backup)) {
            load(elsewhere, 3);
            load(elsewhere, 4);
        }
        try (Replica restored = start(backup)) {
            assertThat(found(restored)).containsExactlyInAnyOrder(number(1), number(3), number(4));
        }
    }

    @Test
    void withdrawsWhatIsShownWhenRowsAreReplacedUnderARunningService() throws SQLException {
        try (Replica replica = start(live.name())) {
            assertThat(found(replica)).hasSize(2);
            run(live.name(), """
                    BEGIN;
                    CREATE TEMP TABLE gone AS SELECT id FROM work WHERE id IN
                        (SELECT work_id FROM version WHERE number = '%s');
                    DELETE FROM relation WHERE stated_in IN (SELECT id FROM gone);
                    DELETE FROM announcement WHERE work_id IN (SELECT id FROM gone);
                    DELETE FROM entitlement WHERE work_id IN (SELECT id FROM gone);
                    DELETE FROM entitlement_reading WHERE version_id IN
                        (SELECT id FROM version WHERE work_id IN (SELECT id FROM gone));
                    DELETE FROM known_title WHERE work_id IN (SELECT id FROM gone);
                    DELETE FROM article WHERE version_id IN (SELECT id FROM version WHERE work_id IN (SELECT id FROM gone));
                    DELETE FROM version WHERE work_id IN (SELECT id FROM gone);
                    DELETE FROM work WHERE id IN (SELECT id FROM gone);
                    COMMIT
                    """.formatted(number(2)));
            replica.policy().search("灯塔", answer -> answer.get("items").size() == 1);
            assertThat(found(replica)).containsExactly(number(1));
        }
    }

    @Test
    void numbersChangesAnewThatAnotherServerHasNumbered() throws SQLException {
        run(live.name(), "UPDATE work SET changed_tx = changed_tx + 1000000000;"
                + "UPDATE version SET recorded_tx = recorded_tx + 1000000000");
        String before = corpus();
        try (Replica restored = start(live.name())) {
            assertThat(found(restored)).containsExactlyInAnyOrder(number(1), number(2));
            assertThat(corpus()).isNotEqualTo(before);
            load(restored, 3);
            assertThat(found(restored)).hasSize(3);
        }
        try (Connection connection = connect(live.name());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT max(changed_tx) FROM work")) {
            row.next();
            assertThat(row.getLong(1)).isLessThan(1_000_000_000);
        }
    }

    private Replica start(String database) {
        return start(data, database);
    }

    private Replica start(Path folder, String database) {
        return Replica.start(folder,
                List.of("--policy.digest=false", "--DB_HOST=" + live.host(), "--DB_PORT=" + live.port(),
                        "--DB_NAME=" + database, "--DB_USER=" + live.user(), "--DB_PASSWORD=" + live.password()));
    }

    private static void load(Replica replica, int number) {
        assertThat(replica.policy().load("海岚市民政局\n关于试验第" + number + "号的通知\n" + number(number)
                + "\n各区民政局：\n第一条 灯塔每晚亮" + number + "盏灯。\n海岚市民政局\n2033年5月1日\n").get("state").asString())
                .isEqualTo("done");
        replica.policy().search(number(number),
                answer -> number(number).equals(answer.at("/items/0/number").asString("")));
    }

    /** The numbers of all documents that the first answer after the start shows. */
    private static List<String> found(Replica replica) {
        JsonNode answer = replica.policy().search("灯塔", any -> true);
        return answer.get("items").valueStream().map(item -> item.get("number").asString()).toList();
    }

    private static String number(int number) {
        return "海原发〔2033〕" + number + "号";
    }

    private String corpus() throws SQLException {
        try (Connection connection = connect(live.name());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT id FROM corpus")) {
            row.next();
            return row.getString(1);
        }
    }

    private void run(String database, String sql) throws SQLException {
        try (Connection connection = connect(database); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private Connection connect(String database) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://" + live.host() + ":" + live.port() + "/" + database,
                live.user(), live.password());
    }
}
