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
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.r2dbc.core.DatabaseClient;

/** A round of the yearly insurance, those who take part in it, and a filing at each step. */
@ServiceTest(properties = "subsidy.jobs.every=PT10M")
abstract class InsuranceScene {

    static final byte[] PDF = "%PDF-1.4 policy".getBytes(StandardCharsets.US_ASCII);

    static final String ACCOUNT = "{\"bankAccount\": \"3700000000000000001\"}";

    @LocalServerPort
    int port;
    @Autowired
    DevelopmentClock clock;
    @Autowired
    DatabaseClient database;
    Answer round;
    int year;
    /** Of the insured; others in each test, for years that were paid are remembered. */
    int person;

    private static final AtomicInteger PERSONS = new AtomicInteger();

    /** The measures are in force for few years: rounds of earlier tests make room. */
    void aRoundOf(int wanted) {
        aRoundOf(wanted, wanted + "-09-27");
    }

    void aRoundOf(int wanted, String closes) {
        makeRoom(wanted);
        at(year + "-09-10");
        round = city("round-officer").post("/insurance-rounds", newRound(year).replace(year + "-09-27", closes))
                .is(201);
        city("round-officer-2").post("/insurance-rounds/" + round.text("/id") + "/account-confirmations", ACCOUNT)
                .is(200);
    }

    private void makeRoom(int wanted) {
        year = wanted;
        database.sql(
                "UPDATE insurance_round SET year = 10000 + (SELECT count(*) FROM insurance_round WHERE year > 9999) "
                        + "WHERE year = :year")
                .bind("year", year).then().block();
    }

    /** 第十五条: in force until 2027-08-09. Opened before, and in order after it. */
    Answer inOrderAfterTheEnd() {
        makeRoom(2027);
        at("2027-07-01");
        round = city("round-officer").post("/insurance-rounds", newRound(2027).replace("2027-09-01", "2027-07-01")
                .replace("2027-09-27", "2027-07-30")).is(201);
        Answer filing = complete(table().replace("2027-09-02", "2027-07-05"));
        at("2027-08-02");
        Answer filed = insurer().post(path(filing) + "/submissions", null, filing).is(200);
        at("2027-08-12");
        return district("d1").post(path(filing) + "/paper-checks", "{\"inOrder\": true}", filed).is(200);
    }

    @BeforeEach
    void aRound() {
        anotherPerson();
        aRoundOf(2026);
    }

    void anotherPerson() {
        person = PERSONS.incrementAndGet();
    }

    void at(String day) {
        clock.moveTo(LocalDate.parse(day).atTime(10, 0).atZone(ZoneId.of("Asia/Shanghai")).toInstant());
    }

    static String newRound(int year) {
        return """
                {"year": %1$d, "leadOrg": "insurer-1", "leadName": "演示保险", "leadPercent": 60, "bankAccount": "3700000000000000001",
                 "opens": "%1$d-09-01", "closes": "%1$d-09-27"}""".formatted(year);
    }

    Api as(String subject, String org, String... roles) {
        return Api.as(port, Tokens.operator(subject, org, roles)
                .scopes("subsidy.read", "subsidy.apply", "subsidy.decide").token());
    }

    Api city(String subject) {
        return as(subject, "371000", "city", "finance");
    }

    Api cityTalent(String subject) {
        return as(subject, "371000", "city", "talent");
    }

    Api district(String subject) {
        return as(subject, "371002", "district", "finance");
    }

    Api districtTalent(String subject) {
        return as(subject, "371002", "district", "talent");
    }

    Api insurer() {
        return as("insurer-clerk", "insurer-1", "insurer");
    }

    static String path(Answer filing) {
        return "/insurance-filings/" + filing.text("/id");
    }

    Answer upload(Answer filing, String kind, byte[] content, String type) {
        return insurer().upload(path(filing) + "/files?kind=" + kind, content, type, filing,
                UUID.randomUUID().toString());
    }

    Answer rows(Answer filing, String csv) {
        return insurer().upload(path(filing) + "/rows", csv.getBytes(StandardCharsets.UTF_8), "text/csv", filing,
                UUID.randomUUID().toString());
    }

    String table() {
        return table(0);
    }

    String table(int yearsSubsidised) {
        return (TableRulesTest.HEAD + TableRulesTest.row("rd", person, "100000.01", "3000000", yearsSubsidised)
                + TableRulesTest.row("personal", person, "9000", "3000000", yearsSubsidised))
                .replace("2026-09-02", year + "-09-02")
                .replace(",2024,", ",2023,");
    }

    Answer draft() {
        return insurer().post("/insurance-rounds/" + round.text("/id") + "/filings", "{\"areaCode\": \"371002\"}")
                .is(201);
    }

    Answer complete() {
        return complete(table());
    }

    Answer complete(String table) {
        Answer filing = draft();
        for (String kind : List.of("application", "table", "policies", "payment-proof")) {
            filing = upload(filing, kind, PDF, "application/pdf").is(200);
        }
        return rows(filing, table).is(200);
    }

    void appropriate() {
        for (String scheme : List.of("talent-insurance-rd", "talent-insurance-personal")) {
            for (String who : List.of("\"city\", \"areaCode\": \"371000\"", "\"district\", \"areaCode\": \"371002\"")) {
                city("cashier").post("/ledger/appropriations", "{\"schemeId\": \"" + scheme + "\", \"year\": " + year
                        + ", \"party\": " + who + ", \"amountFen\": 100000000, \"memo\": \"x\"}").is(201);
            }
        }
    }

    Answer opinion(Api by, Answer filing, String office) {
        return by.post(path(filing) + "/opinions",
                "{\"office\": \"" + office + "\", \"passed\": true, \"comment\": \"一致\"}", filing);
    }

    Answer inCityReview() {
        Answer filing = complete();
        at(year + "-09-29");
        Answer filed = insurer().post(path(filing) + "/submissions", null, filing).is(200);
        Answer inOrder = district("d1").post(path(filing) + "/paper-checks", "{\"inOrder\": true}", filed).is(200);
        Answer one = opinion(district("d1"), inOrder, "finance").is(200);
        return opinion(districtTalent("d2"), one, "talent").is(200);
    }

    void consistent() {
        Answer check = city("cashier").get("/ledger/check");
        assertThat(check.body().at("/consistent").asBoolean()).as(check.body().toPrettyString()).isTrue();
    }
}
