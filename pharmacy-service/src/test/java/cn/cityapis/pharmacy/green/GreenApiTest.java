package cn.cityapis.pharmacy.green;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.pharmacy.Api;
import cn.cityapis.pharmacy.Api.Answer;
import cn.cityapis.pharmacy.Api.Who;
import cn.cityapis.platform.audit.Audit;
import cn.cityapis.platform.jobs.JobLock;
import cn.cityapis.platform.notices.Notices;
import cn.cityapis.platform.test.MadeUpCalendar;
import cn.cityapis.platform.test.ServiceTest;
import cn.cityapis.platform.time.DevelopmentClock;
import cn.cityapis.platform.time.WorkingCalendar;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import tools.jackson.databind.JsonNode;

@ServiceTest(properties = {"demo.data=true", "test.database=of-green-channel", "pharmacy.jobs.first=PT24H"})
class GreenApiTest {

    @LocalServerPort
    int port;
    @Autowired
    DevelopmentClock clock;
    @Autowired
    DatabaseClient database;
    @Autowired
    private GreenApplications applications;
    @Autowired
    private Notices notices;
    @Autowired
    private Audit audit;
    @Autowired
    private JobLock lock;
    @Autowired
    private TransactionalOperator transaction;
    @Autowired
    private WorkingCalendar announced;

    private Api maker;
    private Api city;

    @BeforeEach
    void signIn() {
        maker = Api.as(port, Who.MAKER);
        city = Api.as(port, Who.CITY);
    }

    @AfterEach
    void backToNow() {
        clock.advance(Duration.between(clock.instant(), java.time.Instant.now()));
    }

    private void at(String date) {
        clock.moveTo(LocalDateTime.parse(date + "T10:00").atZone(ZoneId.of("Asia/Shanghai")).toInstant());
    }

    private Answer filed() {
        Answer filed = maker.post("/green-channel-applications",
                Map.of("kind", "reagent", "name", "试剂盒", "summary", "s",
                        "evidence", List.of("注册证")),
                null);
        assertThat(filed.status()).as("%s", filed).isEqualTo(201);
        return filed;
    }

    private static String path(Answer application) {
        return "/green-channel-applications/" + application.body().path("applicationId").asString();
    }

    private Answer decide(Answer application, String decision) {
        return city.post(path(application) + "/decision", Map.of("decision", decision, "note", "n"), application.tag());
    }

    /** Filed on Tuesday, 2026-09-29: of the next days 1 to 7 October are off, the 10th (a Saturday) is worked on. */
    @Test
    void goesStepByStepWithADeadlineForEach() {
        at("2026-09-29");
        Answer filed = filed();
        assertThat(filed.body().path("dueOn").asString()).isEqualTo("2026-10-12");
        Answer returned = decide(filed, "return");
        assertThat(returned.body().has("dueOn")).isFalse();
        Answer again = maker.post(path(filed) + "/resubmission", Map.of("evidence", List.of("注册证", "说明书")),
                returned.tag());
        assertThat(again.body().path("state").asString()).isEqualTo("filed");
        assertThat(again.body().path("evidence")).hasSize(2);
        at("2026-10-20");
        assertThat(maker.get(path(filed)).body().path("late").asBoolean()).isTrue();
        Answer accepted = decide(again, "accept");
        assertThat(accepted.body().at("/steps/3/late").asBoolean()).isTrue();
        assertThat(accepted.body().path("late").asBoolean()).isFalse();
        Answer listed = decide(decide(accepted, "approve"), "list");
        assertThat(listed.body().path("stateText").asString()).isEqualTo("已挂网");
        assertThat(listed.body().path("steps")).hasSize(6);
        assertThat(decide(listed, "refuse").code()).isEqualTo("green-state");
        assertThat(decide(filed, "accept").status()).isEqualTo(412);
        assertThat(Objects.requireNonNull(database.sql("SELECT count(*) FROM outbox WHERE subject = :s")
                .bind("s", path(filed).substring(1)).map(r -> r.get(0, Long.class)).one().block())).isEqualTo(6);
    }

    /** Filed on Friday, 25 December: five working days end on 1 January, of which nobody knows yet whether it is one. */
    @Test
    void aDayInAYearWithoutACalendarIsCountedAgainAndThenHolds() {
        at("2026-12-25");
        Answer filed = filed();
        recount(announced);
        assertThat(maker.get(path(filed)).tag()).as("nothing is announced yet").isEqualTo(filed.tag());
        assertThat(filed.body().path("dueOn").asString() + filed.body().path("provisional").asBoolean())
                .isEqualTo("2027-01-01true");
        at("2027-01-20");
        assertThat(maker.get(path(filed)).body().path("late").asBoolean()).as("late on a provisional day").isFalse();

        recount(WorkingCalendar.read(MadeUpCalendar.of2027()));
        Answer after = maker.get(path(filed));
        assertThat(after.body().path("dueOn").asString() + after.body().path("provisional").asBoolean())
                .isEqualTo("2027-01-09false");
        assertThat(after.body().path("late").asBoolean()).isTrue();
        assertThat(decide(filed, "accept").status()).as("what was seen before").isEqualTo(412);
        recount(WorkingCalendar.read(MadeUpCalendar.of2027()));
        assertThat(Objects.requireNonNull(database.sql("SELECT count(*) FROM notice WHERE about = :s")
                .bind("s", path(filed).substring(1)).map(r -> r.get(0, Long.class)).one().block())).isEqualTo(1);
    }

    private void recount(WorkingCalendar calendar) {
        new RecountOfficeDays(applications, notices, audit, lock, transaction, calendar).sweep().block();
    }

    @Test
    void othersSeeNothingAndAllThatIsWrongIsNamed() {
        Answer filed = filed();
        Api other = Api.as(port, Who.OTHER_MAKER);
        assertThat(other.get(path(filed)).status()).isEqualTo(404);
        assertThat(other.get("/green-channel-applications").body().path("items")).isEmpty();
        assertThat(other.post(path(filed) + "/resubmission", Map.of("evidence", List.of("x")), filed.tag()).status())
                .isEqualTo(404);
        assertThat(maker.post(path(filed) + "/resubmission", Map.of("evidence", List.of("x")), filed.tag()).code())
                .isEqualTo("green-state");
        assertThat(maker.post("/green-channel-applications", Map.of("kind", "tea", "name", "", "evidence", List.of()),
                null).errors().keySet()).containsExactlyInAnyOrder("/kind", "/name", "/summary", "/evidence");
        assertThat(city.get("/green-channel-applications").body().path("items")).isNotEmpty();
    }

    @Test
    void aListedProductMeetsItsBuyers() {
        Answer filed = filed();
        Map<String, Object> event = Map.of("applicationId", filed.body().path("applicationId").asString(), "title",
                "介绍会", "heldOn", "2030-01-01", "place", "会议室", "chainIds", List.of(chain("demo-chain-1")));
        assertThat(city.post("/matching-events", event, null).errors())
                .isEqualTo(Map.of("/applicationId", "not-listed"));
        decide(decide(decide(filed, "accept"), "approve"), "list");
        Answer arranged = city.post("/matching-events", event, null);
        assertThat(arranged.status()).as("%s", arranged).isEqualTo(201);
        String path = "/matching-events/" + arranged.body().path("eventId").asString();
        Api buyer = Api.as(port, Who.CHAIN);
        assertThat(buyer.get("/matching-events").body().at("/items/0/title").asString()).isEqualTo("介绍会");
        assertThat(Api.as(port, Who.OTHER_CHAIN).get("/matching-events").body().path("items")).isEmpty();
        assertThat(Api.as(port, Who.OTHER_CHAIN).post(path + "/interest", Map.of("interest", "x"), null).status())
                .isEqualTo(404);
        assertThat(buyer.post(path + "/interest", Map.of("interest", "希望试用"), null).status()).isEqualTo(200);
        city.post(path + "/outcome", Map.of("chainId", chain("demo-chain-1"), "outcome", "trial", "note", "三家门店"),
                null);
        assertThat(maker.get("/matching-events").body().at("/items/0/invitations/0/outcome").asString())
                .isEqualTo("trial");
        assertThat(Api.as(port, Who.OTHER_MAKER).get("/matching-events").body().path("items")).isEmpty();
        assertThat(buyer.post(path + "/interest", Map.of("interest", "再想想"), null).status()).isEqualTo(404);
        assertThat(city.post("/matching-events", Map.of("applicationId", UUID.randomUUID().toString(), "title", "t",
                "heldOn", "2020-01-01", "place", "p", "chainIds", List.of(UUID.randomUUID().toString())), null).errors()
                .keySet()).containsExactlyInAnyOrder("/applicationId", "/heldOn", "/chainIds/0");
    }

    /** However many newer ones others have. */
    @Test
    void aMakerSeesAllMatchingEventsOfItsOwn() {
        JsonNode own = maker.get("/matching-events").body().path("items");
        assertThat(own).isNotEmpty();
        database.sql("""
                WITH other AS (
                    INSERT INTO green_application SELECT (jsonb_populate_record(a, jsonb_build_object(
                           'id', gen_random_uuid(), 'maker_org', 'another'))).* FROM green_application a LIMIT 1
                    RETURNING id),
                made AS (
                    INSERT INTO matching_event (id, application_id, title, held_on, place)
                    SELECT ('ffffffff-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, other.id, 't', '2030-01-01', 'p'
                      FROM other, generate_series(1, 201) n
                    RETURNING id)
                INSERT INTO matching_invitation (event_id, chain_id)
                SELECT made.id, c.id FROM made, (SELECT id FROM chain LIMIT 1) c
                """).then().block();
        try {
            assertThat(maker.get("/matching-events").body().path("items")).isEqualTo(own);
        } finally {
            for (String table : List.of("matching_invitation WHERE event_id", "matching_event WHERE id")) {
                database.sql("DELETE FROM " + table + " >= 'ffffffff-0000-7000-8000-000000000000'").then().block();
            }
        }
    }

    private String chain(String org) {
        return Objects.requireNonNull(database.sql("SELECT id FROM chain WHERE org = :org").bind("org", org)
                .map(r -> r.get(0, UUID.class)).one().block()).toString();
    }
}
