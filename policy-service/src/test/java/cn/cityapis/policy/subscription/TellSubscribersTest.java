package cn.cityapis.policy.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.cityapis.platform.jobs.Sweep;
import cn.cityapis.platform.test.ServiceTest;
import cn.cityapis.platform.test.Tokens;
import cn.cityapis.policy.Policy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;

/** The telling is started by hand, three subscriptions in a transaction. */
@ServiceTest(properties = {"policy.digest=false", "policy.tell-poll=PT1H", "policy.tell-at-once=3"})
class TellSubscribersTest {

    private static final String LIGHTHOUSES = "{\"name\":\"灯塔\",\"query\":{\"q\":\"灯塔\"}}";

    @LocalServerPort
    int port;
    @Autowired
    TellSubscribers subscribers;
    @Autowired
    DatabaseClient database;
    private Policy policy;
    private Subscribing citizen;

    @BeforeEach
    void callTheService() {
        policy = new Policy(port);
        citizen = Subscribing.as(port, Tokens.citizen("reader"));
        subscribers.tellAll().block();
    }

    @AfterEach
    void forgetTheSubscriptions() {
        database.sql("DROP TRIGGER IF EXISTS broken ON outbox").then()
                .then(database.sql("DELETE FROM policy_subscription").then()).block();
    }

    @Test
    void tellsAProfileOfWhatItsAudienceIsOffered() {
        String wide = profile("高新技术企业", null);
        String rich = profile("高新技术企业", 6_000_000L);
        String others = profile("老年人", null);
        load("海政发〔2034〕1号", "一、支持企业\n1.对高新技术企业给予5万元奖励。\n2.对企业给予8万元补助。\n3.对养老机构给予9万元补助。");
        assertThat(articles(wide)).containsExactly(List.of("1.1", "1.2"));
        assertThat(articles(rich)).containsExactly(List.of("1.2"));
        assertThat(articles(others)).isEmpty();
        JsonNode data = events(wide).getFirst();
        assertThat(data.get("documentNumber").asString()).isEqualTo("海政发〔2034〕1号");
        assertThat(data.get("version").asInt()).isEqualTo(1);
        assertThat(data.propertyNames()).containsExactlyInAnyOrder("subscriptionId", "documentId", "version",
                "documentNumber", "news", "status", "articles");
        assertThat(data.get("news").asString()).isEqualTo("new");
        assertThat(policy.follow(data.at("/articles/0/permalink")).get("text").asString()).contains("5万元");
    }

    @Test
    void tellsAQueryOfArticlesThatHaveEveryWordByAnyName() {
        String words = query("养老院 补贴", "");
        String phrase = query("\\\"夜间巡查\\\"", "");
        String number = query("海政发〔2034〕2号", "");
        String issuer = query("补助", ",\"issuer\":\"别处市人民政府\"");
        String amount = query("补助", ",\"amountMinFen\":100000000");
        String half = query("养老机构 潜水艇", "");
        load("海政发〔2034〕2号", "第一条 对养老机构发放10万元补助。\n\n第二条 灯塔须夜间巡查。");
        assertThat(articles(words)).containsExactly(List.of("1"));
        assertThat(articles(phrase)).containsExactly(List.of("2"));
        assertThat(articles(number)).hasSize(1);
        assertThat(articles(issuer)).isEmpty();
        assertThat(articles(amount)).isEmpty();
        assertThat(articles(half)).isEmpty();
    }

    @Test
    void tellsOncePerVersionInOrderAndNotOfWhatWasThereBefore() {
        load("海政发〔2034〕3号", "第一条 灯塔每晚亮灯。");
        String late = citizen.to(LIGHTHOUSES);
        load("海政发〔2034〕3号", "第一条 灯塔每晚亮灯。");
        load("海政发〔2034〕3号", "第一条 灯塔整夜亮灯。");
        load("海政发〔2034〕4号", "第一条 灯塔白天熄灯。");
        subscribers.tellAll().block();
        assertThat(events(late).stream().map(one -> one.get("documentNumber").asString() + one.get("version").asInt()))
                .containsExactly("海政发〔2034〕3号2", "海政发〔2034〕4号1");
        assertThat(citizen.get("/" + late + "/matches").get("items").findValuesAsString("documentNumber"))
                .containsExactly("海政发〔2034〕4号", "海政发〔2034〕3号");
    }

    @Test
    void tellsOfNothingThatHasEndedAndSaysWhatIsNew() {
        String all = citizen.to(LIGHTHOUSES);
        old("海政发〔2021〕21号", "第一条 灯塔每晚亮灯。\n\n第二条 本规定自2021年6月1日起施行，有效期至2022年12月31日。");
        old("海政发〔2021〕22号", "第一条 灯塔每晚亮灯。");
        old("海政发〔2021〕22号", "第一条 灯塔整夜亮灯。");
        assertThat(events(all).stream().map(one -> one.get("documentNumber").asString() + " "
                + one.get("news").asString() + " " + one.get("status").asString()))
                .containsExactly("海政发〔2021〕22号 new in-force", "海政发〔2021〕22号 corrected in-force");
    }

    private void old(String number, String rules) {
        policy.load(text(number, rules).replace("2034年", "2021年"));
        subscribers.tellAll().block();
    }

    @Test
    void goesOnAfterARestartInTheMiddle() {
        List<String> all = IntStream.range(0, 8).mapToObj(i -> citizen.to(LIGHTHOUSES)).toList();
        load("海政发〔2034〕5号", "第一条 灯塔每晚亮灯。", false);
        // it goes wrong at the fifth event: its transaction is gone, the one before is not
        breakEventsWhere("NEW.subject = 'subscriptions/" + all.get(4) + "'");
        aRunFails();
        assertThat(all.stream().map(id -> events(id).size())).containsExactly(1, 1, 1, 0, 0, 0, 0, 0);
        mend();
        subscribers.tellAll().block();
        assertThat(all.stream().map(id -> events(id).size())).containsOnly(1);
    }

    @Test
    void aVersionThatCannotBeToldOfHoldsUpNoOther() {
        String all = citizen.to(LIGHTHOUSES);
        breakEventsWhere("NEW.data::jsonb ->> 'documentNumber' = '海政发〔2034〕6号'");
        load("海政发〔2034〕6号", "第一条 灯塔每晚亮灯。", false);
        aRunFails();
        load("海政发〔2034〕7号", "第一条 灯塔每晚亮灯。");
        subscribers.tellAll().block();
        assertThat(numbers(all)).containsExactly("海政发〔2034〕7号");
        assertThat(database.sql("""
                SELECT attempts, extract(epoch FROM try_after - now())::int AS wait FROM announcement WHERE NOT done
                """).map(row -> row.get("attempts", Integer.class) >= 1 && row.get("wait", Integer.class) <= 60).all()
                .collectList().block()).containsExactly(true);
        mend();
        subscribers.tellAll().block();
        assertThat(numbers(all)).containsExactly("海政发〔2034〕7号", "海政发〔2034〕6号");
    }

    @Test
    void tellsOnceHoweverManyReplicasAreAtIt() {
        List<String> all = IntStream.range(0, 7).mapToObj(i -> citizen.to(LIGHTHOUSES)).toList();
        for (int i = 0; i < 4; i++) {
            load("海政发〔2034〕1" + i + "号", "第一条 灯塔第" + i + "次亮灯。", false);
        }
        for (int round = 0; round < 10; round++) {
            Flux.range(0, 6).flatMap(i -> subscribers.tellAll(), 6).then().block();
        }
        for (String id : all) {
            assertThat(events(id).stream().map(one -> one.get("documentNumber").asString())).containsExactly(
                    "海政发〔2034〕10号", "海政发〔2034〕11号", "海政发〔2034〕12号", "海政发〔2034〕13号");
        }
    }

    /** A subscription made while documents are stored hears of exactly those that were not there when it was made. */
    @Test
    void missesNothingThatIsStoredWhileItIsMade() {
        CompletableFuture<Void> loading = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < 12; i++) {
                policy.load(text("海政发〔2034〕2" + i + "号", "第一条 灯塔第" + i + "次亮灯。"));
            }
        });
        List<String> made = new ArrayList<>();
        while (!loading.isDone() && made.size() < 40) {
            made.add(citizen.to(LIGHTHOUSES));
        }
        loading.join();
        subscribers.tellAll().block(Duration.ofMinutes(2));
        for (String id : made) {
            Long expected = database.sql("""
                    SELECT count(*) AS n FROM announcement
                     WHERE sequence > (SELECT since FROM policy_subscription WHERE id = :id::uuid)
                    """).bind("id", id).map(row -> row.get("n", Long.class)).one().block();
            assertThat(events(id)).hasSize(expected.intValue());
        }
    }

    /** And so is counted, though all others were told. */
    private void aRunFails() {
        assertThatThrownBy(() -> subscribers.tell().block()).isInstanceOf(Sweep.Incomplete.class);
    }

    private void breakEventsWhere(String condition) {
        database.sql("""
                CREATE OR REPLACE FUNCTION break_events() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    IF %s THEN RAISE EXCEPTION 'broken'; END IF;
                    RETURN NEW;
                END $$
                """.formatted(condition)).then()
                .then(database.sql(
                        "CREATE TRIGGER broken BEFORE INSERT ON outbox FOR EACH ROW EXECUTE FUNCTION break_events()")
                        .then())
                .block();
    }

    /** And the time of the next attempt has come. */
    private void mend() {
        database.sql("DROP TRIGGER broken ON outbox").then()
                .then(database.sql("UPDATE announcement SET try_after = NULL").then()).block();
    }

    private List<String> numbers(String subscription) {
        return events(subscription).stream().map(one -> one.get("documentNumber").asString()).toList();
    }

    private String profile(String audience, Long least) {
        return citizen.to("{\"name\":\"x\",\"profile\":{\"audiences\":[\"" + audience + "\"]"
                + (least == null ? "" : ",\"amountMinFen\":" + least) + "}}");
    }

    private String query(String q, String filters) {
        return citizen.to("{\"name\":\"x\",\"query\":{\"q\":\"" + q + "\"" + filters + "}}");
    }

    private void load(String number, String rules) {
        load(number, rules, true);
    }

    private void load(String number, String rules, boolean tell) {
        policy.load(text(number, rules));
        if (tell) {
            subscribers.tellAll().block();
        }
    }

    private static String text(String number, String rules) {
        return "海岚市人民政府\n\n关于若干事项的规定\n\n" + number + "\n\n各区人民政府：\n\n" + rules
                + "\n\n海岚市人民政府\n2034年5月1日\n";
    }

    private List<JsonNode> events(String subscription) {
        return database.sql("""
                SELECT data::text AS data FROM outbox
                 WHERE type = 'policy.matched' AND subject = :subject ORDER BY sequence
                """).bind("subject", "subscriptions/" + subscription)
                .map(row -> Policy
                        .json(row.get("data", String.class).getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .all().collectList().block();
    }

    private List<List<String>> articles(String subscription) {
        return events(subscription).stream().map(event -> event.get("articles").findValuesAsString("key")).toList();
    }
}
