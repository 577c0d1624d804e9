package cn.cityapis.subsidy.application;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.platform.test.ServiceTest;
import cn.cityapis.platform.test.Tokens;
import cn.cityapis.subsidy.Api;
import cn.cityapis.subsidy.Api.Answer;
import cn.cityapis.subsidy.catalogue.StoredCases;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpMethod;
import org.springframework.r2dbc.core.DatabaseClient;
import tools.jackson.databind.node.ObjectNode;

/**
 * A scheme of 威政发〔2023〕5号 that persons may draw on is opened by an office, as data: it says form, materials and windows
 * in a version of its own; then it is applied for like any other.
 */
@ServiceTest(properties = {"subsidy.jobs.every=PT10M", "test.database=of-exclusions"})
class WindowApiTest extends ApplicationScene {

    private static final String AWARD = "innovation-provincial-science-award";
    private static final String HIGHEST = "innovation-highest-science-award";
    private static final String FACTS = """
            {"provincialAwardOn": "2026-06-24", "provincialAwardGrade": "youth", "provincialAwardFen": 20000000}""";

    @Autowired
    private ApplicationContext service;
    @Autowired
    private DatabaseClient database;

    private Api rules(String subject) {
        return Api.as(port, Tokens.operator(subject, "371000", "city").scopes("subsidy.read", "subsidy.admin").token());
    }

    private ObjectNode published(String id) {
        ObjectNode scheme = (ObjectNode) rules("reader").get("/schemes/" + id).is(200).body();
        return scheme.put("version", 2);
    }

    private Answer propose(ObjectNode scheme) {
        return rules("proposer").post("/scheme-proposals", Api.JSON.writeValueAsString(Api.JSON.createObjectNode()
                .put("document", Api.JSON.writeValueAsString(scheme))
                .put("effectiveFrom", LocalDate.now(clock).toString())
                .put("reason", "开放个人申报")));
    }

    private void approved(ObjectNode scheme) {
        Answer proposed = propose(scheme).is(201);
        StoredCases.compare(service);
        rules("approver").post("/scheme-proposals/" + proposed.text("/id") + "/approvals", null, proposed).is(200);
    }

    private static void opened(ObjectNode scheme, String from, String until) {
        ObjectNode process = (ObjectNode) scheme.at("/process");
        process.putNull("closedBecause").put("publicNoticeDays", 0).put("demo", true).put("note", "演示程序");
        process.putArray("materials").add("获奖证书").add("省级奖金拨付文件");
        process.putArray("windows").addObject().put("from", from).put("until", until);
    }

    private Answer awardDraft() {
        return citizen.post("/applications", Api.newApplication(idNumber).replace("talent-living-allowance", AWARD)
                .replace(Api.DOCTOR_FACTS, FACTS)).is(201);
    }

    @Test
    void aPersonAppliesForTheProvincialAwardInItsWindow() {
        citizen.post("/applications", Api.newApplication(idNumber).replace("talent-living-allowance", AWARD)
                .replace(Api.DOCTOR_FACTS, FACTS)).is(409, "scheme-closed");
        ObjectNode open = published(AWARD);
        opened(open, "2026-11-23", "2026-11-24");
        ((ObjectNode) open.at("/funding")).put("payee", "person");
        approved(open);
        assertThat(rules("reader").get("/schemes/" + AWARD).text("/process/windows/0/until")).isEqualTo("2026-11-24");

        Answer draft = awardDraft();
        Answer early = citizen.post(path(draft) + "/submissions", null, draft).is(409, "scheme-closed");
        assertThat(early.text("/detail")).contains("2026-11-23 至 2026-11-24");
        clock.advance(Duration.ofDays(2));
        Answer submitted = citizen.post(path(draft) + "/submissions", null, draft).is(200);
        assertThat(submitted.number("/monthlyFen")).isEqualTo(20_000_000);
        assertThat(submitted.number("/months")).isEqualTo(1);
        Answer first = district().post(path(submitted) + "/reviews", "{\"decision\": \"pass\"}", submitted).is(200);
        Answer second = city().post(path(first) + "/reviews", "{\"decision\": \"pass\"}", first).is(200);
        assertThat(second.text("/state")).isEqualTo("awaiting-funds");
        city().post("/ledger/appropriations", "{\"schemeId\": \"" + AWARD + "\", \"year\": 2026, \"party\": \"city\", "
                + "\"areaCode\": \"371000\", \"amountFen\": 20000000, \"memo\": \"x\"}").is(201);
        assertThat(citizen.get(path(first)).text("/state")).isEqualTo("paying");

        aPersonOfHisOwn();
        Answer late = awardDraft();
        clock.advance(Duration.ofDays(3));
        assertThat(LocalDate.now(clock)).isEqualTo("2026-11-24");
        citizen.post(path(late) + "/submissions", null, late).is(200);
        aPersonOfHisOwn();
        Answer tooLate = awardDraft();
        clock.advance(Duration.ofDays(4));
        citizen.post(path(tooLate) + "/submissions", null, tooLate).is(409, "scheme-closed");
    }

    /** Whoever did not hear the answer asks again, and must not be told that it is too late for what he has. */
    @Test
    void aRepeatedRequestIsAnsweredAsAtFirstAfterTheSchemeHasClosed() {
        ObjectNode open = published(HIGHEST);
        String closedBecause = open.at("/process/closedBecause").asString();
        opened(open, "2026-11-21", "2026-11-21");
        ((ObjectNode) open.at("/funding")).put("payee", "person");
        approved(open);
        String key = UUID.randomUUID().toString();
        String body = "{\"schemeId\": \"" + HIGHEST + "\"}";
        Answer first = citizen.send(HttpMethod.POST, "/applications", body, null, key).is(201);
        clock.advance(Duration.ofDays(1));
        ObjectNode closed = published(HIGHEST).put("version", 3);
        ((ObjectNode) closed.at("/process")).put("closedBecause", closedBecause);
        approved(closed);
        citizen.post("/applications", body).is(409, "scheme-closed");
        Answer again = citizen.send(HttpMethod.POST, "/applications", body, null, key).is(201);
        assertThat(again).isEqualTo(new Answer(201, first.body(), first.etag(), true));
    }

    /** 配套奖励 is had once, not in each month of its window. */
    @Test
    void anAwardIsHadOnce() {
        ObjectNode open = published(HIGHEST).put("id", "award-once").put("version", 1);
        opened(open, "2026-11-15", "2026-12-15");
        ((ObjectNode) open.at("/funding")).put("payee", "person");
        approved(open);
        String body = award("award-once");
        Answer draft = citizen.post("/applications", body).is(201);
        Answer first = citizen.post(path(draft) + "/submissions", null, draft).is(200);
        clock.advance(Duration.ofDays(14));
        Answer again = citizen.post("/applications", body).is(201);
        Answer refused = citizen.post(path(again) + "/submissions", null, again).is(409, "duplicate-application");
        assertThat(refused.text("/otherApplicationId")).isEqualTo(first.text("/id"));
        citizen.post(path(first) + "/withdrawals", null, first).is(200);
        citizen.post(path(again) + "/submissions", null, again).is(200);
    }

    /** 每年不超过: a ceiling by the year is had once in its year, in whichever month it is applied for. */
    @Test
    void aYearlyAwardIsHadOnceInItsYear() {
        approved(yearly("award-by-year"));
        String body = award("award-by-year");
        Answer first = submitted(body, LocalDate.of(2026, 11, 21)).is(200);
        assertThat(submitted(body, LocalDate.of(2026, 12, 31)).is(409, "duplicate-application")
                .text("/otherApplicationId")).isEqualTo(first.text("/id"));
        Answer next = submitted(body, LocalDate.of(2027, 1, 1)).is(200);
        assertThat(submitted(body, LocalDate.of(2027, 12, 31)).is(409, "duplicate-application")
                .text("/otherApplicationId")).isEqualTo(next.text("/id"));
        UUID id = UUID.fromString(next.text("/id"));
        assertThat(database.sql("SELECT claimed::text FROM application WHERE id = :id").bind("id", id)
                .mapValue(String.class).one().block()).isEqualTo("[2027-01-01,2028-01-01)");
        // as it was let in before
        database.sql("UPDATE application SET claimed = period WHERE id = :id").bind("id", id).then().block();
        assertThat(submitted(body, LocalDate.of(2027, 11, 1)).is(409, "duplicate-application")
                .text("/otherApplicationId")).isEqualTo(next.text("/id"));
    }

    /** 不得重复享受 with what is granted by the year: in all months of its year. */
    @Test
    void whatIsGrantedByTheYearExcludesInItsYear() {
        ObjectNode yearly = yearly("award-excluding");
        yearly.putArray("excludes").add("talent-living-allowance");
        approved(yearly);
        Answer first = submitted(award("award-excluding"), LocalDate.of(2026, 11, 21)).is(200);
        assertThat(database.sql("SELECT period::text FROM application_exclusion WHERE application_id = :id")
                .bind("id", UUID.fromString(first.text("/id"))).mapValue(String.class).one().block())
                .isEqualTo("[2026-01-01,2027-01-01)");
        assertThat(submitted(Api.newApplication(idNumber), LocalDate.of(2026, 12, 1)).is(409, "duplicate-application")
                .text("/otherApplicationId")).isEqualTo(first.text("/id"));
        submitted(Api.newApplication(idNumber), LocalDate.of(2027, 1, 1)).is(200);

        aPersonOfHisOwn();
        Answer allowance = submitted(Api.newApplication(idNumber), LocalDate.of(2027, 6, 15)).is(200);
        assertThat(submitted(award("award-excluding"), LocalDate.of(2027, 3, 1)).is(409, "duplicate-application")
                .text("/otherApplicationId")).isEqualTo(allowance.text("/id"));
        submitted(award("award-excluding"), LocalDate.of(2026, 12, 31)).is(200);
    }

    private String award(String scheme) {
        return Api.newApplication(idNumber).replace("talent-living-allowance", scheme).replace(Api.DOCTOR_FACTS,
                "{\"highestAwardOn\": \"2026-06-24\", \"highestAward\": \"provincial\"}");
    }

    private Answer submitted(String body, LocalDate day) {
        clock.moveTo(day.atTime(10, 0).atZone(ZoneId.of("Asia/Shanghai")).toInstant());
        Answer draft = citizen.post("/applications", body).is(201);
        return citizen.post(path(draft) + "/submissions", null, draft);
    }

    private ObjectNode yearly(String id) {
        ObjectNode scheme = published(HIGHEST).put("id", id).put("version", 1);
        ((ObjectNode) scheme.at("/process")).putNull("closedBecause").put("publicNoticeDays", 0).put("demo", true)
                .put("note", "演示程序").putArray("materials").add("获奖证书");
        ((ObjectNode) scheme.at("/funding")).put("payee", "person");
        ObjectNode amount = ((ObjectNode) scheme.at("/amount")).put("kind", "up-to").put("per", "year");
        amount.remove("uses");
        amount.at("/tiers").forEach(tier -> ((ObjectNode) tier).set("cap", ((ObjectNode) tier).remove("figure")));
        scheme.at("/examples").forEach(example -> {
            ObjectNode expected = (ObjectNode) example.at("/expect");
            expected.remove("periods");
            expected.set("ceilingFen", expected.remove("fen"));
        });
        return scheme;
    }

    @Test
    void whatIsNotForPersonsIsNotOpenedAndWindowsMustMakeSense() {
        ObjectNode company = published("innovation-high-tech-growth");
        opened(company, "2026-12-02", "2026-12-01");
        Answer refused = propose(company).is(422, "scheme-refused");
        assertThat(refused.body().at("/errors").valueStream().map(error -> error.path("detail").asString()))
                .anyMatch(detail -> detail.contains("只受理个人的申请")).anyMatch(detail -> detail.contains("早于开始日"));
    }
}
