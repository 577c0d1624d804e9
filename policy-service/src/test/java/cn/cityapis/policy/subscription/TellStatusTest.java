package cn.cityapis.policy.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.cityapis.platform.jobs.Sweep;
import cn.cityapis.platform.test.Apis;
import cn.cityapis.platform.test.ServiceTest;
import cn.cityapis.platform.test.Tokens;
import cn.cityapis.platform.time.DevelopmentClock;
import cn.cityapis.policy.Policy;
import cn.cityapis.policy.text.Status;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;

/** The telling is started by hand, three subscriptions in a transaction. */
@ServiceTest(properties = {"policy.digest=false", "policy.tell-poll=PT1H", "policy.status-poll=PT1H",
        "policy.tell-at-once=3"})
class TellStatusTest {

    private static final String LAMPS = "{\"name\":\"航标灯\",\"query\":{\"q\":\"航标灯\"}}";

    @LocalServerPort
    int port;
    @Autowired
    TellSubscribers subscribers;
    @Autowired
    TellStatus status;
    @Autowired
    ToldDocuments told;
    @Autowired
    DatabaseClient database;
    @Autowired
    DevelopmentClock clock;
    private Policy policy;
    private Subscribing citizen;

    @BeforeEach
    void callTheService() {
        clock.moveTo(Instant.parse("2034-05-10T02:00:00Z"));
        policy = new Policy(port);
        citizen = Subscribing.as(port, Tokens.citizen("keeper"));
        subscribers.tellAll().block();
    }

    @AfterEach
    void forgetTheSubscriptions() {
        database.sql("DROP TRIGGER IF EXISTS broken ON outbox").then()
                .then(database.sql("DELETE FROM policy_subscription").then()).block();
    }

    @Test
    void tellsWhenTheFirstDayComesAndTheLastHasGone() {
        String subscription = citizen.to(LAMPS);
        load("海政发〔2034〕41号", "第一条 航标灯每晚亮灯。\n\n第二条 本规定自2034年6月1日起施行，有效期至2035年12月31日。");
        tellOn("2034-05-31T15:59:00Z");
        assertThat(changes(subscription)).as("the day before").isEmpty();
        tellOn("2034-05-31T16:00:00Z");
        tellOn("2034-06-02T02:00:00Z");
        assertThat(changes(subscription)).containsExactly("海政发〔2034〕41号 not-yet-in-force>in-force");
        tellOn("2035-12-31T02:00:00Z");
        tellOn("2036-01-01T02:00:00Z");
        assertThat(changes(subscription)).containsExactly("海政发〔2034〕41号 not-yet-in-force>in-force",
                "海政发〔2034〕41号 in-force>expired");
        JsonNode last = events(subscription).getLast();
        assertThat(last.propertyNames()).containsExactlyInAnyOrder("subscriptionId", "documentId", "version",
                "documentNumber", "title", "before", "status", "statusText", "statusOn", "permalink");
        assertThat(last.get("statusOn").asString()).isEqualTo("2036-01-01");
        assertThat(last.get("statusText").asString()).contains("2035年12月31日");
        assertThat(policy.follow(last.get("permalink")).get("id")).isEqualTo(last.get("documentId"));
    }

    @Test
    void tellsWhatIsRepealedAndWhatIsProlongedOnce() {
        String subscription = citizen.to(LAMPS);
        load("海政发〔2034〕42号", "第一条 航标灯每晚亮灯。");
        load("海政发〔2034〕43号", "第一条 航标灯逢雾亮灯。\n\n第二条 本规定自2034年5月1日起施行，有效期至2034年5月20日。");
        tell();
        assertThat(changes(subscription)).as("nothing has become another").isEmpty();
        load("海政发〔2034〕44号", "第一条 废止海政发〔2034〕42号。");
        tell();
        tell();
        assertThat(changes(subscription)).containsExactly("海政发〔2034〕42号 in-force>repealed");
        tellOn("2034-05-21T02:00:00Z");
        load("海政发〔2034〕45号", "第一条 海政发〔2034〕43号有效期延长至2034年12月31日。");
        tell();
        assertThat(changes(subscription)).containsExactly("海政发〔2034〕42号 in-force>repealed",
                "海政发〔2034〕43号 in-force>expired", "海政发〔2034〕43号 expired>in-force");
    }

    @Test
    void tellsNobodyWhoWasNotToldOfItAndOnlyTheProgramThatSubscribed() {
        load("海政发〔2034〕46号", "第一条 航标灯每晚亮灯。");
        String late = citizen.to(LAMPS);
        String other = citizen.to("{\"name\":\"x\",\"query\":{\"q\":\"潜水钟\"}}");
        load("海政发〔2034〕47号", "第一条 航标灯整夜亮灯。");
        load("海政发〔2034〕48号", "第一条 废止海政发〔2034〕46号。\n\n第二条 废止海政发〔2034〕47号。");
        tell();
        assertThat(changes(late)).containsExactly("海政发〔2034〕47号 in-force>repealed");
        assertThat(changes(other)).isEmpty();
        assertThat(database.sql("SELECT DISTINCT audience FROM outbox WHERE subject = :subject")
                .bind("subject", "subscriptions/" + late).map(row -> row.get("audience", String.class)).all()
                .collectList().block()).hasSize(1).doesNotContainNull();
    }

    @Test
    void whatWasToldBeforeThisWasNotedIsNotedFirst() {
        String subscription = citizen.to(LAMPS);
        load("海政发〔2034〕51号", "第一条 航标灯每晚亮灯。");
        database.sql("UPDATE told_document SET status = NULL").then().block();
        load("海政发〔2034〕52号", "第一条 废止海政发〔2034〕51号。");
        tell();
        assertThat(changes(subscription)).isEmpty();
        database.sql("DELETE FROM relation WHERE kind = 'repeals'").then()
                .then(database.sql("UPDATE work SET changed_tx = pg_current_xact_id()::text::bigint").then()).block();
        tell();
        assertThat(changes(subscription)).containsExactly("海政发〔2034〕51号 repealed>in-force");
    }

    @Test
    void goesOnWhereItFailedAndHoldsUpNoOther() {
        List<String> all = IntStream.range(0, 8).mapToObj(i -> citizen.to(LAMPS)).toList();
        load("海政发〔2034〕53号", "第一条 航标灯每晚亮灯。");
        load("海政发〔2034〕54号", "第一条 航标灯整夜亮灯。");
        load("海政发〔2034〕55号", "第一条 废止海政发〔2034〕53号。\n\n第二条 废止海政发〔2034〕54号。");
        database.sql("""
                CREATE OR REPLACE FUNCTION break_status() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    IF NEW.data::jsonb ->> 'documentNumber' = '海政发〔2034〕53号' AND NEW.subject = 'subscriptions/%s' THEN
                        RAISE EXCEPTION 'broken';
                    END IF;
                    RETURN NEW;
                END $$
                """.formatted(all.get(4))).then().then(database.sql(
                "CREATE TRIGGER broken BEFORE INSERT ON outbox FOR EACH ROW EXECUTE FUNCTION break_status()").then())
                .block();
        assertThatThrownBy(this::tell).isInstanceOf(Sweep.Incomplete.class);
        assertThat(all.stream().map(id -> changes(id).size()))
                .as("of one those of the first transaction, of the other all")
                .containsExactly(2, 2, 2, 1, 1, 1, 1, 1);
        database.sql("DROP TRIGGER broken ON outbox").then().block();
        tell();
        assertThat(all.stream().map(id -> changes(id).size())).containsOnly(2);
    }

    @Test
    void tellsOnceHoweverManyReplicasAreAtIt() {
        List<String> all = IntStream.range(0, 7).mapToObj(i -> citizen.to(LAMPS)).toList();
        load("海政发〔2034〕56号", "第一条 航标灯每晚亮灯。");
        load("海政发〔2034〕57号", "第一条 废止海政发〔2034〕56号。");
        for (int round = 0; round < 10; round++) {
            Flux.range(0, 6).flatMap(i -> status.tell(), 6).then().block();
        }
        assertThat(all.stream().map(this::changes)).allMatch(List.of("海政发〔2034〕56号 in-force>repealed")::equals);
    }

    /** A document is not looked at all the time. */
    @Test
    void looksAtADocumentOnceADayAndWhenItHasChanged() {
        citizen.to(LAMPS);
        load("海政发〔2034〕58号", "第一条 航标灯每晚亮灯。");
        tell();
        assertThat(due()).isEmpty();
        load("海政发〔2034〕59号", "第一条 废止海政发〔2034〕58号。");
        assertThat(due()).hasSize(1);
        tell();
        assertThat(due()).isEmpty();
        tellOn("2034-05-11T02:00:00Z");
        assertThat(database.sql(
                "SELECT t.checked_on::text AS day FROM told_work t WHERE EXISTS (SELECT 1 FROM told_document d WHERE d.work_id = t.work_id)")
                .map(row -> row.get("day", String.class)).all().collectList().block()).containsExactly("2034-05-11");
    }

    /** The status told with a new version was read before the day or the document changed. */
    @Test
    void whatWasToldInTheMomentOfTheChangeIsToldAgain() {
        String subscription = citizen.to(LAMPS);
        load("海政发〔2034〕60号", "第一条 航标灯每晚亮灯。");
        tell();
        UUID work = onlyDocument();
        told.told(UUID.fromString(subscription), work, Status.NOT_YET.code()).block();
        tell();
        assertThat(changes(subscription)).containsExactly("海政发〔2034〕60号 not-yet-in-force>in-force");
    }

    @Test
    void tellsWhatWasWithdrawnAndWhatIsHeldAgain() {
        String subscription = citizen.to(LAMPS);
        load("海政发〔2034〕61号", "第一条 航标灯每晚亮灯。");
        String decision = post("/api/policy/v1/decisions", Map.of("kind", "withdraw-version", "documentId",
                onlyDocument().toString(), "version", 1, "reason", "扫描错行")).get("id").asString();
        tell();
        tell();
        assertThat(changes(subscription)).containsExactly("海政发〔2034〕61号 in-force>withdrawn");
        assertThat(events(subscription).getLast().propertyNames()).doesNotContain("version", "permalink")
                .contains("title", "statusText");
        post("/api/policy/v1/decisions/" + decision + "/revocation", Map.of("reason", "原读取无误"));
        tell();
        assertThat(changes(subscription)).containsExactly("海政发〔2034〕61号 in-force>withdrawn",
                "海政发〔2034〕61号 withdrawn>in-force");
    }

    private UUID onlyDocument() {
        return database.sql("SELECT work_id FROM told_document").map(row -> row.get("work_id", UUID.class)).one()
                .block();
    }

    private JsonNode post(String path, Map<String, Object> body) {
        WebTestClient office = Apis.client(port, Tokens.operator("policy-office", "371000", "city")
                .scopes("policy.read", "policy.decide").token());
        return Policy.json(office.post().uri(path).header("Idempotency-Key", UUID.randomUUID().toString())
                .contentType(MediaType.APPLICATION_JSON).bodyValue(body).exchange().expectStatus().is2xxSuccessful()
                .expectBody().returnResult().getResponseBody());
    }

    private List<Map<String, Object>> due() {
        return database.sql("""
                SELECT t.work_id FROM told_work t JOIN work w ON w.id = t.work_id
                 WHERE t.changed_tx IS DISTINCT FROM w.changed_tx
                """).fetch().all().collectList().block();
    }

    private void tell() {
        status.tell().block();
    }

    private void tellOn(String moment) {
        clock.moveTo(Instant.parse(moment));
        tell();
    }

    private void load(String number, String rules) {
        policy.load("海岚市人民政府\n\n关于若干事项的规定\n\n" + number + "\n\n各区人民政府：\n\n" + rules
                + "\n\n海岚市人民政府\n2034年5月1日\n");
        subscribers.tellAll().block();
    }

    private List<String> changes(String subscription) {
        return events(subscription).stream().map(one -> one.get("documentNumber").asString() + " "
                + one.get("before").asString() + ">" + one.get("status").asString()).toList();
    }

    private List<JsonNode> events(String subscription) {
        return database.sql("""
                SELECT data::text AS data FROM outbox
                 WHERE type = 'policy.status-changed' AND subject = :subject ORDER BY sequence
                """).bind("subject", "subscriptions/" + subscription)
                .map(row -> Policy.json(row.get("data", String.class).getBytes(StandardCharsets.UTF_8))).all()
                .collectList().block();
    }
}
