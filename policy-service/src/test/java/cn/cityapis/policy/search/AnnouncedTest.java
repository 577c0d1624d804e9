package cn.cityapis.policy.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Objects;

import cn.cityapis.platform.test.ServiceTest;
import cn.cityapis.policy.Policy;
import org.apache.lucene.util.IOUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.env.Environment;
import org.springframework.r2dbc.core.DatabaseClient;

/** The poll is asleep as long as the database can be heard: what is found was announced. */
@ServiceTest(properties = {"policy.digest=false", "policy.index-poll=PT1H", "policy.index-retry=PT1S"})
class AnnouncedTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @LocalServerPort
    int port;
    @Autowired
    DatabaseClient database;
    @Autowired
    CorpusSignals signals;
    @Autowired
    SearchSettings settings;
    @Autowired
    ArticleIndex index;
    @Autowired
    Environment environment;
    private Policy policy;

    @BeforeEach
    void listening() throws InterruptedException {
        policy = new Policy(port);
        awaitListening();
    }

    @Test
    void aCommitIsHeard() {
        untilFound("海闻发〔2033〕1号");
    }

    @Test
    void aLostConnectionIsBridgedByPollingAndReplaced() throws InterruptedException {
        assertThat(terminateListener()).isOne();
        untilFound("海闻发〔2033〕2号");
        awaitListening();
        untilFound("海闻发〔2033〕3号");
    }

    @Test
    void aDeletedIndexIsBuiltAnewByTheNextChange() throws IOException {
        untilFound("海闻发〔2033〕4号");
        IOUtils.rm(IndexFolder.generations(settings.indexDir()).getFirst());
        assertThat(found("海闻发〔2033〕4号")).isTrue();
        untilFound("海闻发〔2033〕5号");
        assertThat(found("海闻发〔2033〕4号")).isTrue();
    }

    @Test
    void aDocumentThatCannotBeIndexedHoldsUpNoOtherAndIsTriedAgain() {
        untilFound("海闻发〔2033〕6号");
        renamed("海闻发〔2033〕6号", "repeat('灯塔', 20000)");
        untilFound("海闻发〔2033〕7号");
        assertThat(index.setAside()).hasSize(1);
        renamed("海闻发〔2033〕6号", "'灯塔管理'");
        policy.search("灯塔", answer -> {
            changed();
            return answer.get("items").valueStream().anyMatch(item -> "灯塔管理".equals(item.path("topic").asString("")));
        });
        assertThat(index.setAside()).isEmpty();
    }

    @Test
    void aTransactionThatCommitsLateIsNotOvertaken() throws SQLException {
        untilFound("海闻发〔2033〕8号");
        try (Connection late = connect(); Statement sql = late.createStatement()) {
            late.setAutoCommit(false);
            sql.execute("UPDATE version SET topic = '渡口' WHERE number = '海闻发〔2033〕8号'");
            sql.execute("""
                    UPDATE work SET changed_tx = pg_current_xact_id()::text::bigint
                     WHERE id = (SELECT work_id FROM version WHERE number = '海闻发〔2033〕8号')
                    """);
            untilFound("海闻发〔2033〕9号");
            late.commit();
        }
        policy.search("海闻发〔2033〕8号", answer -> "渡口".equals(answer.at("/items/0/topic").asString("")));
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://%s:%s/%s".formatted(setting("DB_HOST"),
                setting("DB_PORT"), setting("DB_NAME")), setting("DB_USER"), setting("DB_PASSWORD"));
    }

    private String setting(String name) {
        return environment.getRequiredProperty(name);
    }

    /** Behind the back of the index, but for the first time. */
    private void renamed(String number, String topic) {
        database.sql("UPDATE version SET topic = " + topic + " WHERE number = :number").bind("number", number).then()
                .block();
        if (index.setAside().isEmpty()) {
            database.sql("""
                    UPDATE work SET changed_tx = pg_current_xact_id()::text::bigint
                     WHERE id = (SELECT work_id FROM version WHERE number = :number)
                    """).bind("number", number).then().block();
        }
    }

    /** Wakes the index, and changes nothing. */
    private void changed() {
        database.sql("UPDATE work SET changed_tx = changed_tx WHERE false").then().block();
    }

    /** How long it takes is measured by the benchmark: here only that it was announced, on a machine of any speed. */
    private void untilFound(String number) {
        policy.load("海岚市民政局\n关于试验的通知\n" + number + "\n各区民政局：\n第一条 灯塔每晚亮灯。\n海岚市民政局\n2033年5月1日\n");
        policy.search(number, answer -> number.equals(answer.at("/items/0/number").asString("")));
    }

    private boolean found(String number) {
        return number.equals(policy.get("/api/policy/v1/documents?q={q}", number).at("/items/0/number").asString(""));
    }

    private int terminateListener() {
        return Objects.requireNonNull(database.sql("""
                SELECT count(pg_terminate_backend(pid))::int AS n FROM pg_stat_activity
                 WHERE datname = current_database() AND application_name = 'policy-listen'
                """).map(row -> row.get("n", Integer.class)).one().block());
    }

    private void awaitListening() throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!signals.listening()) {
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.sleep(20);
        }
    }
}
