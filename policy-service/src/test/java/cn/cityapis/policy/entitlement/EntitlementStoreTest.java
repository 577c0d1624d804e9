package cn.cityapis.policy.entitlement;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.platform.test.ServiceTest;
import cn.cityapis.policy.Policy;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@ServiceTest(properties = {"policy.digest=false", "policy.read-again-after=PT1H"})
class EntitlementStoreTest {

    @LocalServerPort
    int port;
    @Autowired
    Entitlements entitlements;
    @Autowired
    ReadAgain readAgain;
    @Autowired
    DatabaseClient database;
    @Autowired
    TransactionalOperator transaction;
    private Policy policy;

    @BeforeEach
    void callTheService() {
        policy = new Policy(port);
    }

    @Test
    void aCorrectedVersionTakesThePlaceOfTheOneBefore() {
        policy.load(document("海政发〔2033〕1号", "对灯塔养护企业给予30万元奖励。"));
        assertThat(fen("海政发-2033-1")).containsExactly(30_000_000L);
        policy.load(document("海政发〔2033〕1号", "对灯塔养护企业给予40万元奖励。"));
        assertThat(fen("海政发-2033-1")).containsExactly(40_000_000L);
        assertThat(count(
                "SELECT count(*) AS n FROM entitlement e JOIN work w ON w.id = e.work_id WHERE w.key = '海政发-2033-1'"))
                .isEqualTo(2);
    }

    @Test
    void whereTheCorrectedVersionGivesNothingNothingIsLeft() {
        policy.load(document("海政发〔2033〕2号", "对灯塔养护企业给予30万元奖励。"));
        policy.load(document("海政发〔2033〕2号", "灯塔不再养护。"));
        assertThat(fen("海政发-2033-2")).isEmpty();
    }

    @Test
    void officialTextGoesBeforeADigestThatIsLoadedLater() {
        policy.load(document("海政发〔2033〕3号", "对灯塔养护企业给予30万元奖励。"));
        // the digest arrives as the next version: what the store does with it is decided by its kind alone
        database.sql("""
                INSERT INTO version (id, work_id, version, source_kind, number, number_key, title, organs, trial, tree,
                                     content_hash, recorded_at)
                SELECT gen_random_uuid(), work_id, version + 1, 'digest', number, number_key, title, organs, trial, tree,
                       '\\x00', recorded_at
                  FROM version WHERE number_key = '海政发-2033-3'
                """).then().then(database.sql("""
                INSERT INTO article (version_id, seq, key, number, label, heading, body)
                SELECT d.id, a.seq, a.key, a.number, a.label, a.heading, replace(a.body, '30万元', '5万元')
                  FROM version d
                  JOIN version o ON o.work_id = d.work_id AND o.source_kind = 'official'
                  JOIN article a ON a.version_id = o.id
                 WHERE d.source_kind = 'digest' AND d.number_key = '海政发-2033-3'
                """).then()).as(transaction::transactional).block();
        readAgain.readAgain().block();
        assertThat(fen("海政发-2033-3")).containsExactly(30_000_000L);
        assertThat(count("SELECT count(*) AS n FROM entitlement WHERE NOT current AND amount_fen = 5000000"))
                .isEqualTo(1);
    }

    @Test
    void readsAnewWhatWasStoredBeforeThereWereRulesOrByAnEarlierEditionOfThem() {
        policy.load(document("海政发〔2033〕4号", "对灯塔养护企业给予30万元奖励。"));
        policy.load(document("海政发〔2033〕5号", "对灯塔养护企业给予50万元奖励。"));
        before("DELETE FROM entitlement_reading", "海政发-2033-4");
        before("UPDATE entitlement_reading SET rules = 0", "海政发-2033-5");
        database.sql("DELETE FROM entitlement WHERE amount_fen IN (30000000, 50000000)").then().block();
        // two replicas at once
        Flux.range(0, 2).flatMap(i -> readAgain.readAgain()).then().block();
        readAgain.readAgain().block();
        assertThat(fen("海政发-2033-4")).containsExactly(30_000_000L);
        assertThat(fen("海政发-2033-5")).containsExactly(50_000_000L);
        assertThat(count("SELECT count(*) AS n FROM entitlement_reading WHERE rules < " + DeriveAwards.RULES)).isZero();
    }

    @Test
    void whatWasCutOffGoesOnAndLeavesNoVersionHalfRead() {
        policy.load(document("海政发〔2033〕6号", "对灯塔养护企业给予60万元奖励。"));
        UUID version = database.sql("SELECT id FROM version WHERE number_key = '海政发-2033-6'")
                .map(row -> row.get("id", UUID.class)).one().block();
        UUID work = database.sql("SELECT work_id FROM version WHERE id = :id").bind("id", version)
                .map(row -> row.get("work_id", UUID.class)).one().block();
        Mono<Void> cut = entitlements
                .replace(9, List.of(new Entitlements.Reading(work, version, List.of())))
                .then(database.sql("SELECT 1/0").then())
                .as(transaction::transactional);
        assertThat(org.assertj.core.api.Assertions.catchThrowable(cut::block)).isNotNull();
        assertThat(fen("海政发-2033-6")).containsExactly(60_000_000L);
    }

    @Test
    void aTextWithoutAnyStopIsReadInAMoment() {
        String endless = "给予3万元".repeat(2_000) + "（责任单位：" + "甲（乙".repeat(2_000);
        long start = System.nanoTime();
        policy.load(document("海政发〔2033〕7号", endless));
        assertThat(System.nanoTime() - start).isLessThan(20_000_000_000L);
        assertThat(fen("海政发-2033-7")).hasSize(2_000);
    }

    private void before(String statement, String key) {
        database.sql(statement + " WHERE version_id IN (SELECT id FROM version WHERE number_key = :key)")
                .bind("key", key).then().block();
    }

    private List<Long> fen(String key) {
        return database.sql("""
                SELECT amount_fen FROM entitlement e JOIN work w ON w.id = e.work_id
                 WHERE w.key = :key AND e.current ORDER BY e.article_key, e.starts_at
                """).bind("key", key).map(row -> row.get("amount_fen", Long.class)).all().collectList().block();
    }

    private long count(String sql) {
        return database.sql(sql).map(row -> row.get("n", Long.class)).one().block();
    }

    private static String document(String number, String rule) {
        return "海岚市人民政府\n\n关于灯塔的意见\n\n" + number + "\n\n各区人民政府：\n\n第一条 " + rule + "\n\n海岚市人民政府\n2033年5月1日\n";
    }
}
