package cn.cityapis.policy.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import cn.cityapis.platform.test.ServiceTest;
import cn.cityapis.policy.gazette.GazetteDocument;
import cn.cityapis.policy.gazette.GazetteParser;
import cn.cityapis.policy.text.SourceKind;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@ServiceTest(properties = "policy.digest=false")
class StoreDocumentStoreTest {

    @Autowired
    StoreDocument corpus;
    @Autowired
    Loads loads;
    @Autowired
    TransactionalOperator transaction;
    @Autowired
    DatabaseClient database;

    @Test
    void addsOneVersionHoweverManyLoadTheSameAtOnce() {
        GazetteDocument document = document("海民发〔2032〕1号", "灯塔每晚亮灯。");
        List<Boolean> stored = Flux.range(0, 20).flatMap(i -> store(document, SourceKind.OFFICIAL), 20).collectList()
                .block();
        assertThat(stored).hasSize(20).containsOnlyOnce(true);
        assertThat(versions("海民发-2032-1")).isEqualTo(1);
    }

    @Test
    void numbersTheVersionsOfConcurrentCorrectionsWithoutGaps() {
        Flux.range(0, 20).flatMap(i -> store(document("海民发〔2032〕2号", "灯塔每晚亮" + i + "盏灯。"), SourceKind.OFFICIAL), 20)
                .then().block();
        Integer highest = database
                .sql("SELECT max(version) AS highest FROM version JOIN work ON work.id = work_id WHERE key = :key")
                .bind("key", "海民发-2032-2").map(row -> row.get("highest", Integer.class)).one().block();
        assertThat(versions("海民发-2032-2")).isEqualTo(20);
        assertThat(highest).isEqualTo(20);
    }

    @Test
    void anEarlierTextThatComesAgainChangesNothing() {
        assertThat(store(document("海民发〔2032〕3号", "甲。"), SourceKind.OFFICIAL).block()).isTrue();
        assertThat(store(document("海民发〔2032〕3号", "乙。"), SourceKind.OFFICIAL).block()).isTrue();
        assertThat(store(document("海民发〔2032〕3号", "甲。"), SourceKind.OFFICIAL).block()).isFalse();
        assertThat(versions("海民发-2032-3")).isEqualTo(2);
    }

    @Test
    void keepsDigestAndOfficialTextApart() {
        GazetteDocument document = document("海民发〔2032〕4号", "钟楼开放。");
        assertThat(store(document, SourceKind.OFFICIAL).block()).isTrue();
        assertThat(store(document, SourceKind.DIGEST).block()).isTrue();
        assertThat(store(document, SourceKind.DIGEST).block()).isFalse();
    }

    @Test
    void storesSomeTogetherAndTheSameDocumentTwiceInTheirOrder() {
        List<GazetteDocument> some = List.of(document("海民发〔2032〕8号", "甲。"), document("海民发〔2032〕9号", "乙。"));
        assertThat(store(some)).isEqualTo(2);
        assertThat(store(some)).isZero();
        assertThat(store(List.of(document("海民发〔2032〕8号", "丙。"), document("海民发〔2032〕9号", "乙。"),
                document("海民发〔2032〕8号", "丁。")))).isEqualTo(2);
        assertThat(versions("海民发-2032-8")).isEqualTo(3);
        assertThat(versions("海民发-2032-9")).isEqualTo(1);
        String last = database.sql("""
                SELECT body FROM article JOIN version v ON v.id = version_id WHERE number_key = '海民发-2032-8'
                 ORDER BY v.version DESC LIMIT 1
                """).map(row -> row.get("body", String.class)).one().block();
        assertThat(last).contains("丁");
    }

    private Integer store(List<GazetteDocument> some) {
        return corpus.store(some.stream().map(IncomingDocument::new).toList(), SourceKind.OFFICIAL, null)
                .map(StoreOutcome::stored).as(transaction::transactional).block();
    }

    @Test
    void leavesNothingBehindWhenTheTransactionFails() {
        Mono<Void> failing = corpus.store(document("海民发〔2032〕5号", "半途而止。"), SourceKind.OFFICIAL, null)
                .then(database.sql("SELECT 1/0").then()).as(transaction::transactional);
        assertThat(org.assertj.core.api.Assertions.catchThrowable(failing::block))
                .isInstanceOf(DataAccessException.class);
        assertThat(versions("海民发-2032-5")).isZero();
    }

    @Test
    void givesAnAbandonedLoadToTheNextWorker() {
        Source source = new Source("abandoned.txt", SourceKind.OFFICIAL,
                text("海民发〔2032〕6号", "接着做。").getBytes(java.nio.charset.StandardCharsets.UTF_8));
        Load load = loads.enqueue(source, "test").as(transaction::transactional).block();
        assertThat(load).isNotNull();
        database.sql("UPDATE load SET state = 'running', claimed_until = now() - interval '1 second' WHERE id = :id")
                .bind("id", load.id()).then().block();
        Load.State state = Flux.interval(java.time.Duration.ofMillis(50)).onBackpressureDrop()
                .concatMap(i -> loads.find(load.id()))
                .map(Load::state)
                .filter(Load.State.DONE::equals).next().block(java.time.Duration.ofMinutes(2));
        assertThat(state).isEqualTo(Load.State.DONE);
        assertThat(versions("海民发-2032-6")).isEqualTo(1);
    }

    @Test
    void givesUpALoadThatHasCostSeveralWorkersTheirLife() {
        Source source = new Source("deadly.txt", SourceKind.OFFICIAL,
                text("海民发〔2032〕7号", "到此为止。").getBytes(java.nio.charset.StandardCharsets.UTF_8));
        // not in the queue before it is marked, or a worker takes it first
        Load load = loads.enqueue(source, "test").flatMap(queued -> database.sql("""
                UPDATE load SET state = 'running', attempts = 3, claimed_until = now() - interval '1 second' WHERE id = :id
                """).bind("id", queued.id()).then().thenReturn(queued)).as(transaction::transactional).block();
        assertThat(load).isNotNull();
        Load.State state = Flux.interval(java.time.Duration.ofMillis(50)).onBackpressureDrop()
                .concatMap(i -> loads.find(load.id()))
                .map(Load::state).filter(now -> now != Load.State.RUNNING).next()
                .block(java.time.Duration.ofMinutes(2));
        assertThat(state).isEqualTo(Load.State.FAILED);
        assertThat(versions("海民发-2032-7")).isZero();
    }

    private Mono<Boolean> store(GazetteDocument document, SourceKind kind) {
        return corpus.store(document, kind, null).as(transaction::transactional);
    }

    private int versions(String key) {
        Long count = database
                .sql("SELECT count(*) AS versions FROM version JOIN work ON work.id = work_id WHERE key = :key")
                .bind("key", key).map(row -> row.get("versions", Long.class)).one().block();
        return count == null ? 0 : count.intValue();
    }

    private static GazetteDocument document(String number, String rule) {
        return GazetteParser.parse(text(number, rule)).documents().getFirst();
    }

    private static String text(String number, String rule) {
        return "海岚市民政局\n关于试验的通知\n" + number + "\n各区民政局：\n第一条 " + rule + "\n海岚市民政局\n2032年5月1日\n";
    }
}
