package cn.cityapis.subsidy.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.cityapis.platform.pii.FieldCipher;
import cn.cityapis.platform.test.ServiceTest;
import cn.cityapis.platform.test.TestDatabase;
import cn.cityapis.platform.test.TracesOfPerson;
import cn.cityapis.platform.test.TracesOfPerson.SealedFor;
import cn.cityapis.platform.test.Tokens;
import cn.cityapis.platform.time.DevelopmentClock;
import cn.cityapis.subsidy.Api;
import cn.cityapis.subsidy.Api.Answer;
import cn.cityapis.subsidy.People;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;

@ServiceTest(properties = {"subsidy.jobs.every=PT10M", "subsidy.jobs.retention-every=PT10H",
        "test.database=of-erasures"})
@DisplayName("个人信息保护法 第四十七条: the city erases a person")
class ErasureApiTest {

    private static final AtomicInteger SERIAL = new AtomicInteger(300);

    @LocalServerPort
    private int port;

    @Autowired
    private DevelopmentClock clock;

    @Autowired
    private FieldCipher cipher;

    @Autowired
    private EndRetention retention;

    private final TestDatabase database;
    private String idNumber = "";
    private Api citizen = Api.as(0, "");
    private Api city = Api.as(0, "");

    ErasureApiTest(@Value("${DB_HOST}") String host, @Value("${DB_PORT}") int databasePort,
            @Value("${DB_NAME}") String name, @Value("${DB_USER}") String user,
            @Value("${DB_PASSWORD}") String password) {
        database = new TestDatabase(host, databasePort, name, user, password);
    }

    @BeforeEach
    void aPersonOfHisOwn() {
        clock.moveTo(Instant.parse("2026-11-21T02:00:00Z"));
        idNumber = People.idNumber("19940502", SERIAL.incrementAndGet());
        citizen = Api.as(port, People.citizen("citizen-" + UUID.randomUUID()));
        city = Api.as(port, Tokens.operator("city-officer", "371000", "city", "finance")
                .scopes("subsidy.read", "subsidy.decide", "subsidy.admin").token());
    }

    private String serial() {
        return idNumber.substring(14, 17);
    }

    private String name() {
        return "寇明" + "零一二三四五六七八九".charAt(idNumber.charAt(15) - '0') + "零一二三四五六七八九".charAt(idNumber.charAt(16) - '0');
    }

    private Answer draft() {
        return citizen.post("/applications", Api.newApplication(idNumber).replace("李明", name())
                .replace("13812345678", "13973312" + serial()).replace("0000000123", "0000998" + serial())).is(201);
    }

    private Api officer(String subject, String org, String role) {
        return Api.as(port, Tokens.operator(subject, org, role).scopes("subsidy.read", "subsidy.decide").token());
    }

    private static String path(Answer application) {
        return "/applications/" + application.text("/id");
    }

    private Answer submitted() {
        Answer draft = draft();
        citizen.upload(path(draft) + "/papers?kind=material-1", "%PDF-1.4".getBytes(StandardCharsets.US_ASCII),
                "application/pdf", draft, UUID.randomUUID().toString()).is(201);
        return citizen.post(path(draft) + "/submissions", null, draft).is(200);
    }

    private Answer withdrawn() {
        Answer submitted = submitted();
        return citizen.post(path(submitted) + "/withdrawals", null, submitted).is(200);
    }

    private static String request(Answer application, String reason) {
        return "{\"applicationId\": \"%s\", \"ground\": \"requested\", \"reason\": \"%s\"}"
                .formatted(application.text("/id"), reason);
    }

    private Answer erase(Answer application) {
        return city.post("/erasures", request(application, "本人书面申请"));
    }

    private static List<String> kinds(Answer refused) {
        return refused.is(409, "still-needed").body().at("/obstacles").valueStream()
                .map(each -> each.path("kind").asString()).toList();
    }

    /** Where anything is found that only he has told. */
    private Set<String> traces() throws SQLException {
        return new TracesOfPerson(database, cipher::decrypt, Map.of("application.name_sealed",
                new SealedFor("application", "name", "id"), "application.id_number_sealed",
                new SealedFor("application", "id_number", "id"), "application.phone_sealed",
                new SealedFor("application", "phone", "id"), "application.account_sealed",
                new SealedFor("application", "account", "id"), "objection.text_sealed",
                new SealedFor("objection", "text", "id"), "payment_item.payee_sealed",
                new SealedFor("payment_item", "payee", "id"), "payment_item.account_sealed",
                new SealedFor("payment_item", "account", "id")))
                .of(List.of(idNumber, name(), "13973312" + serial(), "0000998" + serial()),
                        List.of(cipher.blindIndex("application.id_number", idNumber)));
    }

    @Test
    void nothingTellsOfHimAnyMore() throws SQLException {
        Answer submitted = submitted();
        String id = submitted.text("/id");
        Answer rejected = officer("district-officer", "371002", "district").post(path(submitted) + "/reviews",
                "{\"decision\": \"reject\", \"failedConditions\": [\"degree\"]}", submitted).is(200);
        Answer appealed = citizen.post(path(submitted) + "/appeals", "{\"grounds\": \"我是" + name() + "\"}", rejected)
                .is(200);
        assertThat(kinds(erase(submitted))).containsExactly("appeal-open", "period-runs");
        officer("other-officer", "371000", "city").post(path(submitted) + "/appeal-decisions",
                "{\"allowed\": false, \"reason\": \"仍不符合\"}", appealed).is(200);
        Answer draft = draft();
        assertThat(traces()).contains("application.name_sealed (sealed)", "application.id_number_sealed (sealed)",
                "application.phone_sealed (sealed)", "application.account_sealed (sealed)",
                "application.id_number_index", "appeal.grounds");
        String key = UUID.randomUUID().toString();

        Answer erased = city.send(HttpMethod.POST, "/erasures", request(submitted, "本人书面申请"), null, key).is(201);
        assertThat(erased.body().at("/applicationIds").size()).isEqualTo(2);
        assertThat(city.send(HttpMethod.POST, "/erasures", request(submitted, "本人书面申请"), null, key))
                .isEqualTo(new Answer(201, erased.body(), erased.etag(), true));
        city.send(HttpMethod.POST, "/erasures", request(submitted, "别的"), null, key).is(422, "idempotency-key-reused");

        assertThat(traces()).isEmpty();
        assertThat(database.strings("select distinct facts::text from application_facts where application_id = '" + id
                + "'")).containsExactly("{}");
        assertThat(database.number("select count(*) from application_paper where application_id = '" + id + "'"))
                .isZero();
        citizen.get(path(submitted)).is(404);
        citizen.get(path(submitted) + "/papers").is(404);
        citizen.get(path(draft)).is(404);
        city.get(path(submitted)).is(404);
        assertThat(citizen.get("/applications").body().at("/items").size()).isZero();
        erase(submitted).is(404);
        assertThat(city.get("/ledger/check").body().at("/consistent").asBoolean()).isTrue();
        isOnRecord(erased, id);
    }

    private void isOnRecord(Answer erased, String id) throws SQLException {
        assertThat(city.get("/erasures?limit=100").body().at("/items").valueStream()).contains(erased.body());
        assertThat(database.strings("select subject || ' ' || (details ->> 'reason') from audit_entry where action = "
                + "'person.erase' and resource_id = '" + erased.text("/id") + "'"))
                .containsExactly("city-officer 本人书面申请");
        assertThat(
                database.number("select count(*) from outbox where type = 'subsidy.application.erased' and subject = "
                        + "'applications/" + id + "'"))
                .isEqualTo(1);
        for (String change : List.of("update erasure set reason = ''",
                "update application_facts set recorded_by = '' where application_id = '" + id + "'",
                "update application set state = 'paying' where id = '" + id + "'")) {
            assertThatThrownBy(() -> database.execute(change)).isInstanceOf(SQLException.class);
        }
    }

    @Test
    void whatStillNeedsItIsNamedAllAtOnce() throws SQLException {
        Answer ended = withdrawn();
        Answer open = submitted();
        assertThat(kinds(erase(ended))).containsExactly("application-open", "period-runs");
        assertThat(traces()).isNotEmpty();
        assertThatThrownBy(() -> database.execute("update application_facts set facts = '{}' where application_id = '"
                + open.text("/id") + "'")).hasMessageContaining("append-only");
        Answer gone = citizen.post(path(open) + "/withdrawals", null, open).is(200);
        database.execute("""
                insert into payment_run (id, scheme_id, kind, state, created_by, created_at)
                values ('%1$s', 'other', 'monthly', 'created', 'test', now());
                insert into payment_item (id, run_id, application_id, month, amount_fen, attempt, state, payee_sealed,
                                          account_sealed, created_at)
                values (gen_random_uuid(), '%1$s', '%2$s', '2026-11-01', 1, 1, 'failed', '', '', '2026-11-20T00:00:00Z')
                """.formatted(UUID.randomUUID(), gone.text("/id")));
        Answer refused = erase(ended);
        assertThat(kinds(refused)).containsExactly("orders-open", "kept-until");
        assertThat(refused.text("/obstacles/1/until")).as("accounting records").isEqualTo("2056-12-31");
        database.execute("delete from payment_item where application_id = '" + gone.text("/id") + "'");
        database.execute("delete from payment_run where scheme_id = 'other'");
        assertThat(erase(ended).is(201).body().at("/applicationIds").size()).isEqualTo(2);
    }

    @Test
    void onlyTheCityAndOnlyWhatIsThere() {
        Answer ended = withdrawn();
        for (Api by : List.of(citizen, Api.as(port, People.district("371002")), Api.as(port, People.app()))) {
            by.post("/erasures", request(ended, "x")).is(403);
            by.get("/erasures").is(403);
            by.post("/retention-periods",
                    "{\"records\": \"applications\", \"validFrom\": \"2030-01-01\", \"basis\": \"x\"}")
                    .is(403);
        }
        citizen.get(path(ended)).is(200);
        city.post("/erasures",
                "{\"applicationId\": \"" + UUID.randomUUID() + "\", \"ground\": \"decided\", \"reason\": \"x\"}")
                .is(404);
        assertThat(city.post("/erasures", "{}").is(400).pointers()).containsExactlyInAnyOrder("/applicationId",
                "/ground", "/reason");
        erase(ended).is(201);
    }

    @Test
    void handedInAtTheSameMomentEitherIsErasedOrRuns() throws SQLException {
        for (int round = 0; round < 6; round++) {
            aPersonOfHisOwn();
            Answer ended = withdrawn();
            Answer draft = draft();
            CompletableFuture<Answer> erasing = CompletableFuture.supplyAsync(() -> erase(ended));
            CompletableFuture<Answer> submitting = CompletableFuture
                    .supplyAsync(() -> citizen.post(path(draft) + "/submissions", null, draft));
            boolean erased = erasing.join().status() == 201;
            assertThat(List.of(erasing.join().status(), submitting.join().status())).containsExactly(
                    erased ? 201 : 409, erased ? 404 : 200);
            assertThat(traces().isEmpty()).isEqualTo(erased);
            citizen.get(path(draft)).is(erased ? 404 : 200);
        }
    }

    @Test
    void whatIsOverEndsByItselfOnceAPeriodIsSet() throws SQLException {
        Answer ended = withdrawn();
        clock.moveTo(Instant.parse("2027-11-21T02:00:00Z"));
        retention.sweep().block();
        citizen.get(path(ended)).is(200);
        String set = "{\"records\": \"%s\", \"validFrom\": \"%s\", \"keepMonths\": %s, \"basis\": \"试验\"}";
        assertThat(city.post("/retention-periods", set.formatted("payments", "2027-11-21", "null")).is(400).pointers())
                .containsExactlyInAnyOrder("/validFrom", "/keepMonths");
        String key = UUID.randomUUID().toString();
        String body = set.formatted("applications", "2027-11-22", "24");
        Answer first = city.send(HttpMethod.POST, "/retention-periods", body, null, key).is(201);
        assertThat(city.send(HttpMethod.POST, "/retention-periods", body, null, key).body()).isEqualTo(first.body());
        clock.moveTo(Instant.parse("2027-11-22T02:00:00Z"));
        Answer refused = erase(ended);
        assertThat(kinds(refused)).containsExactly("kept-until");
        assertThat(refused.text("/obstacles/0/until")).isEqualTo("2028-11-21");
        clock.moveTo(Instant.parse("2028-11-21T02:00:00Z"));
        retention.sweep().block();
        citizen.get(path(ended)).is(200);
        clock.moveTo(Instant.parse("2028-11-21T16:00:00Z"));
        retention.sweep().block();
        citizen.get(path(ended)).is(404);
        assertThat(traces()).isEmpty();
        city.post("/retention-periods", set.formatted("applications", "2028-11-23", "null")).is(201);
        assertThat(city.get("/retention-periods").body().findValuesAsString("records")).contains("payments");
        database.execute("alter table retention_period disable trigger retention_period_append_only;"
                + "delete from retention_period where records = 'applications';"
                + "alter table retention_period enable trigger retention_period_append_only");
    }
}
