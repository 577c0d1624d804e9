package cn.cityapis.subsidy.insurance;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.platform.test.ServiceTest;
import cn.cityapis.platform.test.Tokens;
import cn.cityapis.platform.time.DevelopmentClock;
import cn.cityapis.subsidy.Api;
import cn.cityapis.subsidy.Api.Answer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.r2dbc.core.DatabaseClient;

/** 威金监发〔2023〕25号 第八条至第十一条: from the round to the insurer's account, each step booked. */
@ServiceTest(properties = "subsidy.jobs.every=PT10M")
class InsuranceApiTest {

    private static final byte[] PDF = "%PDF-1.4 policy".getBytes(StandardCharsets.US_ASCII);

    @LocalServerPort
    private int port;
    @Autowired
    private DevelopmentClock clock;
    @Autowired
    private DatabaseClient database;
    @Autowired
    private WatchRounds watch;
    private Answer round;
    private int year;

    /** The measures are in force for few years: rounds of earlier tests make room. */
    private void aRoundOf(int wanted) {
        year = wanted;
        database.sql(
                "UPDATE insurance_round SET year = 10000 + (SELECT count(*) FROM insurance_round WHERE year > 9999) "
                        + "WHERE year = :year")
                .bind("year", year).then().block();
        at(year + "-09-10");
        round = city("round-officer").post("/insurance-rounds", newRound(year)).is(201);
    }

    @BeforeEach
    void aRound() {
        aRoundOf(2026);
    }

    private void at(String day) {
        clock.moveTo(LocalDate.parse(day).atTime(10, 0).atZone(ZoneId.of("Asia/Shanghai")).toInstant());
    }

    private static String newRound(int year) {
        return """
                {"year": %1$d, "leadOrg": "insurer-1", "leadName": "演示保险", "leadPercent": 60, "bankAccount": "3700000000000000001",
                 "opens": "%1$d-09-01", "closes": "%1$d-09-27"}""".formatted(year);
    }

    private Api as(String subject, String org, String... roles) {
        return Api.as(port, Tokens.operator(subject, org, roles)
                .scopes("subsidy.read", "subsidy.apply", "subsidy.decide").token());
    }

    private Api city(String subject) {
        return as(subject, "371000", "city", "finance");
    }

    private Api district(String subject) {
        return as(subject, "371002", "district");
    }

    private Api insurer() {
        return as("insurer-clerk", "insurer-1", "insurer");
    }

    private static String path(Answer filing) {
        return "/insurance-filings/" + filing.text("/id");
    }

    private Answer upload(Answer filing, String kind, byte[] content, String type) {
        return insurer().upload(path(filing) + "/files?kind=" + kind, content, type, filing,
                UUID.randomUUID().toString());
    }

    private Answer rows(Answer filing, String csv) {
        return insurer().upload(path(filing) + "/rows", csv.getBytes(StandardCharsets.UTF_8), "text/csv", filing,
                UUID.randomUUID().toString());
    }

    private String table() {
        return (TableRulesTest.HEAD + TableRulesTest.row("rd", 1, "100000.01", "3000000", 0)
                + TableRulesTest.row("personal", 1, "9000", "3000000", 0)).replace("2026-09-02", year + "-09-02")
                .replace(",2024,", ",2023,");
    }

    private Answer draft() {
        return insurer().post("/insurance-rounds/" + round.text("/id") + "/filings", "{\"areaCode\": \"371002\"}")
                .is(201);
    }

    private Answer complete() {
        Answer filing = draft();
        for (String kind : List.of("application", "table", "policies", "payment-proof")) {
            filing = upload(filing, kind, PDF, "application/pdf").is(200);
        }
        return rows(filing, table()).is(200);
    }

    private void appropriate() {
        for (String scheme : List.of("talent-insurance-rd", "talent-insurance-personal")) {
            for (String who : List.of("\"city\", \"areaCode\": \"371000\"", "\"district\", \"areaCode\": \"371002\"")) {
                city("cashier").post("/ledger/appropriations", "{\"schemeId\": \"" + scheme + "\", \"year\": " + year
                        + ", \"party\": " + who + ", \"amountFen\": 100000000, \"memo\": \"x\"}").is(201);
            }
        }
    }

    private Answer opinion(Api by, Answer filing, String office) {
        return by.post(path(filing) + "/opinions",
                "{\"office\": \"" + office + "\", \"passed\": true, \"comment\": \"一致\"}", filing);
    }

    private Answer inCityReview() {
        Answer filing = complete();
        at(year + "-09-29");
        Answer filed = insurer().post(path(filing) + "/submissions", null, filing).is(200);
        Answer inOrder = district("d1").post(path(filing) + "/paper-checks", "{\"inOrder\": true}", filed).is(200);
        Answer one = opinion(district("d1"), inOrder, "finance").is(200);
        return opinion(district("d2"), one, "talent").is(200);
    }

    private void consistent() {
        Answer check = city("cashier").get("/ledger/check");
        assertThat(check.body().at("/consistent").asBoolean()).as(check.body().toPrettyString()).isTrue();
    }

    @Test
    void article8And11TheCityHandsItsShareToTheDistrictWhichPaysTheInsurer() {
        aRoundOf(2024);
        appropriate();
        Answer filing = inCityReview();
        assertThat(filing.number("/subsidyFen")).isEqualTo(8_000_001 + 900_000);
        Answer one = opinion(city("c1"), filing, "finance").is(200);
        assertThat(one.text("/state")).isEqualTo("city-review");
        Answer approved = opinion(city("c2"), one, "talent").is(200);
        assertThat(approved.text("/state")).isEqualTo("approved");
        consistent();
        district("d1").post(path(filing) + "/payments", "{\"bankReference\": \"early\"}", approved)
                .is(409, "filing-wrong-state");
        Answer transferred = city("cashier").post(path(filing) + "/transfers", null, approved).is(200);
        consistent();
        assertThat(held("city-funds", "district")).isEqualTo(4_000_001 + 450_000);
        Answer paid = district("d1").post(path(filing) + "/payments", "{\"bankReference\": \"P" + year + "\"}",
                transferred).is(200);
        assertThat(paid.text("/state")).isEqualTo("paid");
        assertThat(paid.text("/payeeAccount")).isEqualTo("***************0001");
        assertThat(held("city-funds", "district")).isZero();
        assertThat(held("paid", "city")).isEqualTo(4_000_001 + 450_000);
        assertThat(held("paid", "district")).isEqualTo(4_000_000 + 450_000);
        consistent();
    }

    private long held(String kind, String party) {
        return database.sql("""
                SELECT coalesce(sum(balance_fen), 0)::bigint FROM ledger_account
                 WHERE kind = :kind AND party = :party AND budget_year = :year AND scheme_id LIKE 'talent-insurance-%'
                """).bind("kind", kind).bind("party", party).bind("year", year).mapValue(Long.class).one().block();
    }

    @Test
    void article10OneRoundAYearInItsSecondHalf() {
        Api city = city("round-officer");
        city.post("/insurance-rounds", newRound(year)).is(409, "insurance-round-once");
        city.post("/insurance-rounds", newRound(year).replace("-09-01", "-06-30")).is(400, "validation-failed");
        city.post("/insurance-rounds", newRound(year).replace("60", "49")).is(400, "validation-failed");
        city.post("/insurance-rounds", "{}").is(400, "validation-failed");
    }

    @Test
    void article11WhatIsMissingIsNamedAtOnceAndWhatIsLateIsMarked() {
        Answer filing = draft();
        assertThat(insurer().post(path(filing) + "/submissions", null, filing).is(422, "filing-incomplete").pointers())
                .containsExactlyInAnyOrder("/files/application", "/files/table", "/files/policies",
                        "/files/payment-proof", "/rows", "/round");
        insurer().post("/insurance-rounds/" + round.text("/id") + "/filings", "{\"areaCode\": \"371002\"}")
                .is(409, "insurance-round-once");
        for (String kind : List.of("application", "table", "policies", "payment-proof")) {
            filing = upload(filing, kind, PDF, "application/pdf").is(200);
        }
        filing = rows(filing, table()).is(200);
        at(year + "-12-01");
        Answer late = insurer().post(path(filing) + "/submissions", null, filing).is(200);
        assertThat(late.body().at("/filedLate").asBoolean()).isTrue();
        Answer back = district("d1").post(path(filing) + "/paper-checks",
                "{\"inOrder\": false, \"note\": \"缺一份保险单\"}", late).is(200);
        assertThat(back.text("/state")).isEqualTo("returned");
        Answer again = insurer().post(path(filing) + "/submissions", null, back).is(200);
        Answer inOrder = district("d1").post(path(filing) + "/paper-checks", "{\"inOrder\": true}", again).is(200);
        assertThat(LocalDate.parse(inOrder.text("/districtDue/lastDay"))).isAfter(LocalDate.of(year, 12, 13));
    }

    private long told(String whom, String kind, String about) {
        return database.sql("SELECT count(*) FROM notice WHERE recipient = :whom AND kind = :kind AND about = :about")
                .bind("whom", whom).bind("kind", kind).bind("about", about).mapValue(Long.class).one().block();
    }

    private void sweep() {
        reactor.core.publisher.Flux.merge(watch.sweep(), watch.sweep()).then().block();
    }

    /** Five working days after 27 September are 9 October in 2026; two working days before that is 30 September. */
    @Test
    void article11EachPeriodIsWarnedOfOnceAndRecordedOnceWhenItHasPassed() {
        String about = "insurance-rounds/" + round.text("/id");
        assertThat(round.text("/filingDue/lastDay")).isEqualTo("2026-10-09");
        at("2026-09-29");
        sweep();
        assertThat(told("insurer-1", "deadline-soon", about)).isZero();
        at("2026-09-30");
        sweep();
        sweep();
        assertThat(told("insurer-1", "deadline-soon", about)).isEqualTo(1);
        assertThat(told("insurer-1", "deadline-missed", about)).isZero();
        at("2026-10-10");
        sweep();
        sweep();
        assertThat(told("insurer-1", "deadline-missed", about)).isEqualTo(1);
        assertThat(told("371000", "deadline-missed", about)).isEqualTo(1);

        Answer filing = complete();
        Answer filed = insurer().post(path(filing) + "/submissions", null, filing).is(200);
        Answer inOrder = district("d1").post(path(filing) + "/paper-checks", "{\"inOrder\": true}", filed).is(200);
        LocalDate due = LocalDate.parse(inOrder.text("/districtDue/lastDay"));
        String review = "insurance-filings/" + filing.text("/id");
        at(due.toString());
        sweep();
        assertThat(told("371002", "deadline-soon", review)).isEqualTo(1);
        at(due.plusDays(1).toString());
        sweep();
        sweep();
        assertThat(told("371002", "deadline-missed", review)).isEqualTo(1);
        Answer late = district("d1").get(path(filing)).is(200);
        assertThat(late.body().at("/districtLate").asBoolean()).isTrue();
        opinion(district("d1"), late, "finance").is(200);
    }

    @Test
    void article11TwoOfficesAtEachLevelAndFourPersons() {
        appropriate();
        Answer filing = complete();
        at(year + "-09-29");
        Answer filed = insurer().post(path(filing) + "/submissions", null, filing).is(200);
        opinion(district("d1"), filed, "finance").is(409, "filing-wrong-state");
        Answer inOrder = district("d1").post(path(filing) + "/paper-checks", "{\"inOrder\": true}", filed).is(200);
        opinion(city("c1"), inOrder, "finance").is(409, "filing-wrong-state");
        Answer one = opinion(district("d1"), inOrder, "finance").is(200);
        opinion(district("d1"), one, "talent").is(409, "four-eyes");
        opinion(district("d3"), one, "finance").is(409, "four-eyes");
        Answer two = opinion(district("d2"), one, "talent").is(200);
        assertThat(two.text("/state")).isEqualTo("city-review");
        Answer refused = city("c1").post(path(filing) + "/opinions",
                "{\"office\": \"finance\", \"passed\": false, \"comment\": \"名单不符\"}", two).is(200);
        assertThat(refused.text("/state")).isEqualTo("rejected");
        consistent();
    }

    @Test
    void withoutTheMoneyTheLastOpinionIsRefusedAndCanBeGivenAgain() {
        aRoundOf(2025);
        Answer filing = inCityReview();
        Answer one = opinion(city("c1"), filing, "finance").is(200);
        opinion(city("c2"), one, "talent").is(409, "budget-short");
        appropriate();
        assertThat(opinion(city("c2"), one, "talent").is(200).text("/state")).isEqualTo("approved");
        consistent();
    }

    @Test
    void filesAreToldByTheirContentLimitedAndSealed() {
        Answer filing = draft();
        upload(filing, "policies", "MZ not a pdf".getBytes(StandardCharsets.US_ASCII), "application/pdf")
                .is(422, "file-type-not-accepted");
        upload(filing, "policies", new byte[6 * 1024 * 1024], "application/pdf").is(413, "file-too-large");
        upload(filing, "luck", PDF, "application/pdf").is(400, "validation-failed");
        upload(filing, "policies", PDF, "text/html").is(415, "unsupported-media-type");
        Answer uploaded = upload(filing, "policies", PDF, "application/pdf").is(200);
        upload(filing, "policies", PDF, "application/pdf").is(412, "stale");
        String file = path(filing) + "/files/" + uploaded.text("/files/0/id");
        assertThat(insurer().download(file)).isEqualTo(PDF);
        assertThat(database.sql("SELECT content FROM insurance_file LIMIT 1").mapValue(byte[].class).one().block())
                .isNotEqualTo(PDF);
        as("other-clerk", "insurer-2", "insurer").get(file).is(404, "not-found");
        district("d1").get(path(filing)).is(404, "not-found");
        rows(uploaded, table().replace("100000.01", "x").replace("9000", "y")).is(422, "table-refused");
        assertThat(rows(uploaded, table().replace("100000.01", "x").replace("9000", "y")).pointers())
                .containsExactly("/rows/1/premiumYuan", "/rows/2/premiumYuan");
        Answer filled = rows(uploaded, table()).is(200);
        assertThat(database.sql("SELECT encode(name_sealed, 'escape') FROM insurance_row LIMIT 1")
                .mapValue(String.class).one().block()).doesNotContain("王某");
        Answer elsewhere = insurer().post("/insurance-rounds/" + round.text("/id") + "/filings",
                "{\"areaCode\": \"371003\"}").is(201);
        rows(elsewhere, table()).is(422, "table-refused");
        assertThat(filled.number("/rows")).isEqualTo(2);
    }

    private Answer twice(Api by, String path, String body, Answer seen, int status) {
        String key = UUID.randomUUID().toString();
        String etag = seen == null ? null : seen.etag();
        Answer first = by.send(HttpMethod.POST, path, body, etag, key).is(status);
        assertThat(by.send(HttpMethod.POST, path, body, etag, key))
                .isEqualTo(new Answer(status, first.body(), first.etag(), true));
        return first;
    }

    @Test
    void everyStepRepeatedIsDoneOnce() {
        twice(city("round-officer"), "/insurance-rounds", newRound(2023), null, 201);
        appropriate();
        Answer filing = twice(insurer(), "/insurance-rounds/" + round.text("/id") + "/filings",
                "{\"areaCode\": \"371002\"}", null, 201);
        String key = UUID.randomUUID().toString();
        Answer first = insurer().upload(path(filing) + "/files?kind=table", PDF, "application/pdf", filing, key)
                .is(200);
        assertThat(insurer().upload(path(filing) + "/files?kind=table", PDF, "application/pdf", filing, key))
                .isEqualTo(new Answer(200, first.body(), first.etag(), true));
        Answer now = first;
        for (String kind : List.of("application", "policies", "payment-proof")) {
            now = upload(now, kind, PDF, "application/pdf").is(200);
        }
        byte[] csv = table().getBytes(StandardCharsets.UTF_8);
        String rowKey = UUID.randomUUID().toString();
        Answer filled = insurer().upload(path(filing) + "/rows", csv, "text/csv", now, rowKey).is(200);
        assertThat(insurer().upload(path(filing) + "/rows", csv, "text/csv", now, rowKey).replayed()).isTrue();
        at(year + "-09-29");
        Answer filed = twice(insurer(), path(filing) + "/submissions", null, filled, 200);
        Answer inOrder = twice(district("d1"), path(filing) + "/paper-checks", "{\"inOrder\": true}", filed, 200);
        Answer one = twice(district("d1"), path(filing) + "/opinions",
                "{\"office\": \"finance\", \"passed\": true, \"comment\": \"x\"}", inOrder, 200);
        Answer two = opinion(district("d2"), one, "talent").is(200);
        Answer approved = opinion(city("c2"), opinion(city("c1"), two, "finance").is(200), "talent").is(200);
        Answer transferred = twice(city("cashier"), path(filing) + "/transfers", null, approved, 200);
        twice(district("d1"), path(filing) + "/payments", "{\"bankReference\": \"R" + year + "\"}", transferred, 200);
        consistent();
    }
}
