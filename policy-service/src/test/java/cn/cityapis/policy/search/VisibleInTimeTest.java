package cn.cityapis.policy.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Objects;

import cn.cityapis.platform.test.ServiceTest;
import cn.cityapis.policy.Policy;
import org.apache.lucene.util.IOUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.r2dbc.core.DatabaseClient;

/** The poll is asleep as long as the database can be heard: what is found in time was announced. */
@ServiceTest(properties = {"policy.digest=false", "policy.index-poll=PT1H"})
class VisibleInTimeTest {

    private static final Duration IN_TIME = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @LocalServerPort
    int port;
    @Autowired
    DatabaseClient database;
    @Autowired
    CorpusSignals signals;
    @Autowired
    SearchSettings settings;
    private Policy policy;

    @BeforeEach
    void listening() throws InterruptedException {
        policy = new Policy(port);
        awaitListening();
    }

    @Test
    void aCommitIsHeard() {
        assertThat(untilFound("海闻发〔2033〕1号")).isLessThan(IN_TIME);
    }

    @Test
    void aLostConnectionIsBridgedByPollingAndReplaced() throws InterruptedException {
        assertThat(terminateListener()).isOne();
        assertThat(untilFound("海闻发〔2033〕2号")).isLessThan(IN_TIME);
        awaitListening();
        assertThat(untilFound("海闻发〔2033〕3号")).isLessThan(IN_TIME);
    }

    @Test
    void aDeletedIndexIsBuiltAnewByTheNextChange() throws IOException {
        untilFound("海闻发〔2033〕4号");
        IOUtils.rm(IndexFolder.generations(settings.indexDir()).getFirst());
        assertThat(found("海闻发〔2033〕4号")).isTrue();
        assertThat(untilFound("海闻发〔2033〕5号")).isLessThan(IN_TIME);
        assertThat(found("海闻发〔2033〕4号")).isTrue();
    }

    private Duration untilFound(String number) {
        policy.load("海岚市民政局\n关于试验的通知\n" + number + "\n各区民政局：\n第一条 灯塔每晚亮灯。\n海岚市民政局\n2033年5月1日\n");
        long committed = System.nanoTime();
        policy.search(number, answer -> number.equals(answer.at("/items/0/number").asString("")));
        return Duration.ofNanos(System.nanoTime() - committed);
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
