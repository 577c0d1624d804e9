package cn.cityapis.policy.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.Random;

import cn.cityapis.platform.test.ServiceTest;
import cn.cityapis.policy.text.SourceKind;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

/** The queue with its own worker asleep, so that a test is the worker. */
@ServiceTest(properties = {"policy.digest=false", "policy.load-poll=PT24H"})
class LoadsStoreTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Autowired
    Loads loads;
    @Autowired
    RunLoads worker;
    @Autowired
    TransactionalOperator transaction;
    @Autowired
    DatabaseClient database;

    @Test
    void aWorkerThatWasGivenUpChangesNothingAnyMore() {
        Load load = enqueue(issue("海测发", 3));
        Loads.Claimed stalled = claim();
        lapse(load);
        Loads.Claimed second = claim();
        assertThat(second.id()).isEqualTo(stalled.id());
        assertThat(second.attempt()).isEqualTo(2);
        assertThatThrownBy(() -> loads.counted(stalled, 1, 0).block()).isInstanceOf(Loads.LeaseLost.class);
        assertThatThrownBy(() -> loads.giveBack(stalled, "x").block()).isInstanceOf(Loads.LeaseLost.class);
        assertThatThrownBy(() -> loads.done(stalled).block()).isInstanceOf(Loads.LeaseLost.class);
        assertThatThrownBy(() -> worker.run(stalled).block(PATIENCE)).isInstanceOf(Loads.LeaseLost.class);
        assertThat(versions("海测发")).isZero();
        worker.run(second).block(PATIENCE);
        Load done = find(load);
        assertThat(done.state()).isEqualTo(Load.State.DONE);
        assertThat(done.progress()).isEqualTo(new Load.Progress(3, 3, 3, 0, 0));
    }

    @Test
    void theNextWorkerGoesOnBehindTheLastDocumentCounted() {
        Load load = enqueue(issue("海续发", 40));
        // dies somewhere in the middle, as a cancelled subscription does: what is not committed is rolled back
        reactor.core.Disposable dying = worker.run(claim()).subscribe(done -> {
        }, error -> {
        });
        while (find(load).progress().documentsStored() < 3) {
            Thread.onSpinWait();
        }
        dying.dispose();
        lapse(load);
        worker.run(claim()).block(PATIENCE);
        assertThat(find(load).progress()).isEqualTo(new Load.Progress(40, 40, 40, 0, 0));
        assertThat(versions("海续发")).isEqualTo(40);
    }

    @Test
    void keepsALargeContentByteForByte() {
        byte[] content = new byte[3 * Source.PART + 17];
        new Random(1).nextBytes(content);
        Load load = enqueue(new Source("large.txt", SourceKind.OFFICIAL, content));
        assertThat(loads.content(load.id()).block(PATIENCE)).isEqualTo(content);
        database.sql("UPDATE load SET state = 'done' WHERE id = :id").bind("id", load.id()).then().block();
    }

    private Load enqueue(Source source) {
        return Objects.requireNonNull(loads.enqueue(source, "test").as(transaction::transactional).block(PATIENCE));
    }

    private Loads.Claimed claim() {
        return Objects.requireNonNull(loads.claim().block(PATIENCE));
    }

    private Load find(Load load) {
        return Objects.requireNonNull(loads.find(load.id()).block(PATIENCE));
    }

    private void lapse(Load load) {
        database.sql("UPDATE load SET claimed_until = now() - interval '1 second' WHERE id = :id").bind("id", load.id())
                .then().block();
    }

    private int versions(String issuer) {
        return Objects.requireNonNull(database.sql("SELECT count(*)::int AS n FROM version WHERE number LIKE :like")
                .bind("like", issuer + "%").map(row -> row.get("n", Integer.class)).one().block());
    }

    private static Source issue(String issuer, int documents) {
        StringBuilder text = new StringBuilder();
        for (int i = 1; i <= documents; i++) {
            text.append("海岚市民政局\n关于试验第").append(i).append("号的通知\n").append(issuer).append("〔2033〕").append(i)
                    .append("号\n各区民政局：\n第一条 灯塔每晚亮").append(i).append("盏灯。\n海岚市民政局\n2033年5月1日\n");
        }
        return new Source("issue.txt", SourceKind.OFFICIAL, text.toString().getBytes(StandardCharsets.UTF_8));
    }
}
