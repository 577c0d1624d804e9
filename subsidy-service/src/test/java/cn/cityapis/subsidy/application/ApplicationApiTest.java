package cn.cityapis.subsidy.application;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.platform.test.ServiceTest;
import cn.cityapis.platform.test.Tokens;
import cn.cityapis.platform.time.DevelopmentClock;
import cn.cityapis.subsidy.Api;
import cn.cityapis.subsidy.Api.Answer;
import cn.cityapis.subsidy.People;
import cn.cityapis.subsidy.payment.PayDueMonths;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;

@ServiceTest(properties = "subsidy.jobs.every=PT10M")
class ApplicationApiTest {

    private static final AtomicInteger SERIAL = new AtomicInteger(100);

    @LocalServerPort
    private int port;
    @Autowired
    private DevelopmentClock clock;
    @Autowired
    private PayDueMonths payDueMonths;
    @Autowired
    private EndPublicNotices endPublicNotices;
    @Autowired
    private DatabaseClient database;

    private String subject = "";
    private String idNumber = "";
    private Api citizen = Api.as(0, "");

    @BeforeEach
    void aPersonOfHisOwn() {
        clock.moveTo(LocalDate.of(2026, 11, 21).atTime(10, 0).atZone(ZoneId.of("Asia/Shanghai")).toInstant());
        subject = "citizen-" + UUID.randomUUID();
        idNumber = People.idNumber("19940502", SERIAL.incrementAndGet());
        citizen = Api.as(port, People.citizen(subject));
    }

    private Api district() {
        return Api.as(port, People.district("371002"));
    }

    private Api city() {
        return Api.as(port, People.city());
    }

    private static String path(Answer application) {
        return "/applications/" + application.text("/id");
    }

    private Answer draft() {
        return citizen.post("/applications", Api.newApplication(idNumber)).is(201);
    }

    private Answer submitted() {
        Answer draft = draft();
        return citizen.post(path(draft) + "/submissions", null, draft).is(200);
    }

    private Answer approved() {
        Answer submitted = submitted();
        Answer first = district().post(path(submitted) + "/reviews", "{\"decision\": \"pass\"}", submitted).is(200);
        return city().post(path(first) + "/reviews", "{\"decision\": \"pass\"}", first).is(200);
    }

    private void appropriate(String party, String area, long fen) {
        city().post("/ledger/appropriations", """
                {"schemeId": "talent-living-allowance", "year": 2026, "party": "%s", "areaCode": "%s", "amountFen": %d,
                 "memo": "年初预算"}""".formatted(party, area, fen)).is(201);
    }

    @Test
    void aDraftNamesAllThatIsWrongAtOnce() {
        Answer refused = citizen.post("/applications", """
                {"schemeId": "talent-living-allowance", "areaCode": "110101",
                 "applicant": {"phone": "12", "bankAccount": "x"},
                 "facts": {"educationLevel": "professor", "birthDate": 5, "height": 180, "fullTimeStudy": "yes"}}""")
                .is(400, "validation-failed");
        assertThat(refused.pointers()).containsExactlyInAnyOrder("/areaCode", "/applicant/phone",
                "/applicant/bankAccount", "/facts/educationLevel", "/facts/birthDate", "/facts/height",
                "/facts/fullTimeStudy");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"{} | 400 | validation-failed", "[] | 400 | validation-failed",
            "{\"schemeId\": 5, \"facts\": [] } | 400 | validation-failed",
            "{\"schemeId\": \"nothing\"} | 400 | validation-failed",
            "{\"schemeId\": \"talent-living-allowance\", \"more\": 1} | 400 | validation-failed",
            "{ | 400 | malformed-json",
            "{\"schemeId\": \"talent-insurance-rd\"} | 409 | scheme-closed"})
    void badDraftsAreRefused(String body, int status, String code) {
        citizen.post("/applications", body).is(status, code);
    }

    @Test
    void whatIsTooLargeIsRefused() {
        citizen.post("/applications", "{\"schemeId\": \"talent-living-allowance\", \"applicant\": {\"name\": \""
                + "长".repeat(51) + "\"}}").is(400, "validation-failed");
        citizen.post("/applications", "{\"schemeId\": \"" + "x".repeat(2_000_000) + "\"}").is(413, "body-too-large");
    }

    @Test
    void theSameKeyCreatesOnce() {
        String key = UUID.randomUUID().toString();
        Answer first = citizen.send(HttpMethod.POST, "/applications", Api.newApplication(idNumber), null, key).is(201);
        Answer again = citizen.send(HttpMethod.POST, "/applications", Api.newApplication(idNumber), null, key).is(201);
        assertThat(again.replayed()).isTrue();
        assertThat(again.text("/id")).isEqualTo(first.text("/id"));
        citizen.send(HttpMethod.POST, "/applications", "{\"schemeId\": \"talent-living-allowance\"}", null, key)
                .is(422, "idempotency-key-reused");
        citizen.send(HttpMethod.POST, "/applications", Api.newApplication(idNumber), null, null)
                .is(400, "idempotency-key-missing");
    }

    @Test
    void changingCallsNameTheVersionTheySaw() {
        Answer draft = draft();
        citizen.put(path(draft), Api.completeDraft(idNumber), null).is(428, "if-match-missing");
        citizen.put(path(draft), Api.completeDraft(idNumber), "\"9\"").is(412, "stale");
        citizen.put(path(draft), "{\"facts\": {\"x\": 1}}", draft.etag()).is(400, "validation-failed");
        citizen.post(path(draft) + "/submissions", null).is(428, "if-match-missing");
        Answer changed = citizen.put(path(draft), Api.completeDraft(idNumber), draft.etag()).is(200);
        citizen.post(path(draft) + "/submissions", null, draft).is(412, "stale");
        citizen.post(path(draft) + "/submissions", null, changed).is(200);
    }

    @Test
    void othersDoNotSeeIt() {
        Answer draft = draft();
        Api other = Api.as(port, People.citizen("somebody-else"));
        other.get(path(draft)).is(404, "not-found");
        other.get(path(draft) + "/statement").is(404, "not-found");
        other.put(path(draft), "{}", draft.etag()).is(404, "not-found");
        other.post(path(draft) + "/submissions", null, draft).is(404, "not-found");
        district().get(path(draft)).is(404, "not-found");
        city().post(path(draft) + "/reviews", "{\"decision\": \"pass\"}", draft).is(404, "not-found");
        Answer submitted = citizen.post(path(draft) + "/submissions", null, draft).is(200);
        Api otherDistrict = Api.as(port, People.district("371003"));
        otherDistrict.get(path(draft)).is(404, "not-found");
        otherDistrict.get(path(draft) + "/applicant").is(404, "not-found");
        otherDistrict.post(path(draft) + "/reviews", "{\"decision\": \"pass\"}", submitted).is(404, "not-found");
        otherDistrict.post(path(draft) + "/fact-changes",
                "{\"from\": \"2026-12-01\", \"facts\": {\"engagement\": \"none\"}}",
                submitted).is(404, "not-found");
        district().get(path(draft)).is(200);
        assertThat(other.get("/applications").is(200).body().at("/items").size()).isZero();
        assertThat(citizen.get("/applications?state=first-review").is(200).body().at("/items").size()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"GET, ''", "PUT, ''", "GET, /statement", "GET, /applicant", "POST, /submissions", "POST, /reviews",
            "POST, /fact-changes"})
    void unknownAndMalformedIds(HttpMethod method, String rest) {
        Api caller = rest.matches("/(reviews|fact-changes|applicant)") ? city() : citizen;
        String body = switch (rest) {
            case "/reviews" -> "{\"decision\": \"pass\"}";
            case "/fact-changes" -> "{\"from\": \"2026-12-01\", \"facts\": {\"engagement\": \"none\"}}";
            default -> method == HttpMethod.PUT ? "{}" : null;
        };
        String key = UUID.randomUUID().toString();
        caller.send(method, "/applications/" + UUID.randomUUID() + rest, body, "\"1\"", key).is(404, "not-found");
        caller.send(method, "/applications/abc" + rest, body, "\"1\"", key).is(400, "validation-failed");
    }

    @Test
    void badListsAreRefused() {
        citizen.get("/applications?limit=0").is(400);
        citizen.get("/applications?limit=101").is(400);
        citizen.get("/applications?limit=x").is(400);
        citizen.get("/applications?cursor=x").is(400, "invalid-cursor");
        citizen.get("/applications?state=x").is(400, "validation-failed");
    }

    @Test
    void pagesThroughItsApplications() {
        List<String> made = IntStream.range(0, 3).mapToObj(n -> draft().text("/id")).toList();
        Answer first = citizen.get("/applications?limit=2").is(200);
        Answer second = citizen.get("/applications?limit=2&cursor=" + first.text("/nextCursor")).is(200);
        assertThat(List.of(first.text("/items/0/id"), first.text("/items/1/id"), second.text("/items/0/id")))
                .isEqualTo(made);
        assertThat(second.body().has("nextCursor")).isFalse();
    }

    @Test
    void whoIsNotEntitledIsToldWhyWithTheSource() {
        Answer draft = citizen.post("/applications", Api.newApplication(idNumber).replace("\"company\"", "\"other\"")
                .replace("{\"birthDate\"", "{\"professionalPost\": true, \"birthDate\"")).is(201);
        Answer refused = citizen.post(path(draft) + "/submissions", null, draft).is(422, "not-entitled");
        assertThat(refused.pointers()).containsExactly("/conditions/workplace");
        assertThat(refused.text("/errors/0/detail")).contains("2019");
    }

    @Test
    void anIdNumberThatIsNotOneOrContradictsTheFactsIsNamed() {
        Answer draft = citizen.post("/applications", Api.newApplication("371002199405020011")).is(201);
        assertThat(citizen.post(path(draft) + "/submissions", null, draft).is(422, "application-incomplete").pointers())
                .containsExactly("/applicant/idNumber");
        Answer other = citizen.post("/applications", Api.newApplication(People.idNumber("19940503", 1))).is(201);
        assertThat(citizen.post(path(other) + "/submissions", null, other).is(422, "application-incomplete").pointers())
                .containsExactly("/facts/birthDate");
    }

    @Test
    void aSecondApplicationOfTheSamePersonIsRefusedNamingTheFirst() {
        Answer first = submitted();
        Answer second = draft();
        Answer refused = citizen.post(path(second) + "/submissions", null, second).is(409, "duplicate-application");
        assertThat(refused.text("/otherApplicationId")).isEqualTo(first.text("/id"));
        Answer rejected = district().post(path(first) + "/reviews",
                "{\"decision\": \"reject\", \"failedConditions\": [\"degree\"]}", first).is(200);
        assertThat(rejected.text("/state")).isEqualTo("rejected");
        citizen.post(path(second) + "/submissions", null, second).is(200);
    }

    @Test
    void ofManySimultaneousSubmissionsOneWins() {
        List<Answer> drafts = IntStream.range(0, 6).mapToObj(n -> draft()).toList();
        // threads of their own: the common pool has one on a small machine, which would make them come one by one
        List<Answer> answers;
        try (ExecutorService threads = Executors.newFixedThreadPool(drafts.size())) {
            answers = drafts.stream()
                    .map(draft -> CompletableFuture
                            .supplyAsync(() -> citizen.post(path(draft) + "/submissions", null, draft), threads))
                    .toList().stream().map(CompletableFuture::join).toList();
        }
        assertThat(answers.stream().filter(answer -> answer.status() == 200)).hasSize(1);
        assertThat(answers.stream().filter(answer -> answer.code().equals("duplicate-application"))).hasSize(5);
    }

    @Test
    void aRejectionNamesConditionsThatTheSchemeHas() {
        Answer submitted = submitted();
        String path = path(submitted) + "/reviews";
        district().post(path, "{}", submitted).is(400, "validation-failed");
        district().post(path, "{\"decision\": \"maybe\"}", submitted).is(400, "validation-failed");
        district().post(path, "{\"decision\": \"reject\"}", submitted).is(400, "validation-failed");
        district().post(path, "{\"decision\": \"reject\", \"failedConditions\": [\"luck\"]}", submitted)
                .is(400, "validation-failed");
        district().post(path, "{\"decision\": \"pass\", \"failedConditions\": [\"degree\"]}", submitted)
                .is(400, "validation-failed");
        Answer rejected = district().post(path,
                "{\"decision\": \"reject\", \"failedConditions\": [\"workplace\"], \"comment\": \"单位不符\"}", submitted)
                .is(200);
        assertThat(rejected.text("/reviews/0/reasons/0/condition")).isEqualTo("workplace");
        assertThat(rejected.text("/reviews/0/reasons/0/citation")).contains("2019");
        district().post(path, "{\"decision\": \"pass\"}", rejected).is(409, "application-wrong-state");
    }

    @Test
    void nobodyReviewsTwiceNorOutOfTurn() {
        Answer submitted = submitted();
        String path = path(submitted) + "/reviews";
        city().post(path, "{\"decision\": \"pass\"}", submitted).is(409, "application-wrong-state");
        Answer first = district().post(path, "{\"decision\": \"pass\"}", submitted).is(200);
        district().post(path, "{\"decision\": \"pass\"}", first).is(409, "application-wrong-state");
        Api samePerson = Api.as(port, Tokens.operator("officer-371002", "371000", "city")
                .scopes("subsidy.read", "subsidy.decide").token());
        samePerson.post(path, "{\"decision\": \"pass\"}", first).is(409, "four-eyes");
        Api applicant = Api.as(port, Tokens.operator(subject, "371000", "city")
                .scopes("subsidy.read", "subsidy.decide").token());
        applicant.post(path, "{\"decision\": \"pass\"}", first).is(409, "four-eyes");
        city().post(path, "{\"decision\": \"pass\"}", first).is(200);
    }

    @Test
    void waitsForMoneyAndGetsItWhenItComes() {
        appropriate("city", "371000", 100_000_000);
        Answer draft = citizen.post("/applications", Api.newApplication(idNumber).replace("371002", "371082")
                .replace("\"idNumber\": \"371082", "\"idNumber\": \"371002")).is(201);
        Answer submitted = citizen.post(path(draft) + "/submissions", null, draft).is(200);
        Answer first = Api.as(port, People.district("371082"))
                .post(path(draft) + "/reviews", "{\"decision\": \"pass\"}",
                        submitted)
                .is(200);
        Answer waiting = city().post(path(draft) + "/reviews", "{\"decision\": \"pass\"}", first).is(200);
        assertThat(waiting.text("/state")).isEqualTo("awaiting-funds");
        appropriate("district", "371082", 8_999_999);
        assertThat(citizen.get(path(waiting)).text("/state")).isEqualTo("awaiting-funds");
        appropriate("district", "371082", 1);
        assertThat(citizen.get(path(waiting)).text("/state")).isEqualTo("paying");
        assertThat(city().get("/ledger/check").body().at("/consistent").asBoolean()).isTrue();
    }

    @Test
    void goesOnWhenThePublicNoticeIsOver() {
        Answer paying = draft();
        Answer submitted = citizen.post(path(paying) + "/submissions", null, paying).is(200);
        database.sql(
                "UPDATE application SET state = 'public-notice', notice_ends = '2026-11-26', approved_at = now() WHERE id = :id")
                .bind("id", UUID.fromString(submitted.text("/id"))).then().block();
        clock.advance(Duration.ofDays(5));
        endPublicNotices.run().block();
        assertThat(citizen.get(path(paying)).text("/state")).isEqualTo("public-notice");
        clock.advance(Duration.ofDays(1));
        endPublicNotices.run().block();
        assertThat(citizen.get(path(paying)).text("/state")).isIn("awaiting-funds", "paying");
    }

    @Test
    void aMonthThatFailsTheCheckIsWithheldAndTheNextOneIsNotLost() {
        appropriate("district", "371002", 100_000_000);
        appropriate("city", "371000", 100_000_000);
        Answer paying = approved();
        String change = path(paying) + "/fact-changes";
        district().post(change, "{\"from\": \"2026-11-01\", \"facts\": {\"engagement\": \"none\"}}", paying)
                .is(400, "validation-failed");
        district().post(change, "{\"from\": \"2026-12-01\", \"facts\": {\"engagement\": \"away\"}}", paying)
                .is(400, "validation-failed");
        district().post(change, "{\"facts\": {}}", paying).is(400, "validation-failed");
        Answer left = district()
                .post(change, "{\"from\": \"2026-12-15\", \"facts\": {\"engagement\": \"none\"}}", paying)
                .is(200);
        district().post(change, "{\"from\": \"2027-01-10\", \"facts\": {\"engagement\": \"employed-full-time\"}}", left)
                .is(200);
        clock.advance(Duration.ofDays(75));
        payDueMonths.run().block();
        Answer statement = citizen.get(path(paying) + "/statement").is(200);
        assertThat(statement.body().at("/payments").valueStream().map(p -> p.at("/month").asString() + " "
                + p.at("/outcome").asString())).containsExactly("2026-11 paid", "2026-12 withheld", "2027-01 paid");
        assertThat(statement.text("/payments/1/reasons/0/condition")).isEqualTo("still-engaged");
        assertThat(statement.number("/withheldFen")).isEqualTo(500_000);
        assertThat(city().get("/ledger/check").body().at("/consistent").asBoolean()).isTrue();
    }

    @Test
    void paysAllMonthsAndEnds() {
        appropriate("district", "371002", 100_000_000);
        appropriate("city", "371000", 100_000_000);
        Answer paying = approved();
        clock.advance(Duration.ofDays(1200));
        Flux.range(0, 4).flatMap(n -> payDueMonths.run()).then().block();
        payDueMonths.run().block();
        Answer statement = citizen.get(path(paying) + "/statement").is(200);
        assertThat(statement.body().at("/payments").size()).isEqualTo(36);
        assertThat(statement.number("/paidFen")).isEqualTo(18_000_000);
        assertThat(statement.number("/toComeFen")).isZero();
        assertThat(statement.text("/state")).isEqualTo("ended");
    }

    @Test
    void readingThePersonInTheClearIsAudited() {
        Answer submitted = submitted();
        Answer clear = district().get(path(submitted) + "/applicant").is(200);
        assertThat(clear.text("/idNumber")).isEqualTo(idNumber);
        assertThat(database
                .sql("SELECT count(*) FROM audit_entry WHERE action = 'read-personal-data' AND resource_id = :id")
                .bind("id", submitted.text("/id")).mapValue(Long.class).one().block()).isEqualTo(1);
    }

    /** The number is nowhere in the clear: not in any table of the service. */
    @Test
    void theIdNumberIsSealedEverywhere() {
        Answer submitted = submitted();
        List<String> tables = List.of("application", "application_facts", "audit_entry", "outbox", "notice", "review",
                "idempotency_key");
        for (String table : tables) {
            assertThat(database
                    .sql("SELECT count(*) FROM " + table + " t WHERE t::text LIKE :needle OR t::text LIKE :hex")
                    .bind("needle", "%" + idNumber + "%")
                    .bind("hex",
                            "%" + java.util.HexFormat.of()
                                    .formatHex(idNumber.getBytes(java.nio.charset.StandardCharsets.UTF_8)) + "%")
                    .mapValue(Long.class).one().block()).as(table).isZero();
        }
        assertThat(submitted.body().toString()).doesNotContain(idNumber);
    }

    @Test
    void badAppropriationsAreRefused() {
        String good = """
                {"schemeId": "talent-living-allowance", "year": 2026, "party": "city", "areaCode": "371000",
                 "amountFen": 1, "memo": "x"}""";
        assertThat(city().post("/ledger/appropriations", "{}").is(400, "validation-failed").pointers())
                .containsExactlyInAnyOrder("/schemeId", "/year", "/party", "/areaCode", "/amountFen", "/memo");
        for (String bad : List.of(good.replace("2026", "1999"), good.replace("\"city\"", "\"moon\""),
                good.replace("371000", "371002"), good.replace("\"amountFen\": 1", "\"amountFen\": 0"),
                good.replace("\"amountFen\": 1", "\"amountFen\": 1.5"),
                good.replace("\"amountFen\": 1", "\"amountFen\": 10000000000001"),
                good.replace("talent-living-allowance", "nothing"))) {
            city().post("/ledger/appropriations", bad).is(400, "validation-failed");
        }
        city().send(HttpMethod.POST, "/ledger/appropriations", good, null, null).is(400, "idempotency-key-missing");
        String key = UUID.randomUUID().toString();
        Answer once = city().send(HttpMethod.POST, "/ledger/appropriations", good, null, key).is(201);
        assertThat(city().send(HttpMethod.POST, "/ledger/appropriations", good, null, key).text("/transactionId"))
                .isEqualTo(once.text("/transactionId"));
    }

    @Test
    void theLedgerIsReadByAccount() {
        appropriate("city", "371000", 7);
        Answer accounts = city().get("/ledger/accounts?limit=100").is(200);
        String account = accounts.text("/items/0/id");
        assertThat(city().get("/ledger/accounts/" + account + "/entries").is(200).body().at("/items").size())
                .isPositive();
        city().get("/ledger/accounts/" + UUID.randomUUID() + "/entries").is(404, "not-found");
        city().get("/ledger/accounts/abc/entries").is(400, "validation-failed");
        city().get("/ledger/accounts?cursor=c1.bm90IGFuIGlk").is(400, "invalid-cursor");
        district().get("/ledger/accounts").is(403, "forbidden");
    }
}
