package cn.cityapis.subsidy.application;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.platform.test.Tokens;
import cn.cityapis.subsidy.Api;
import cn.cityapis.subsidy.Api.Answer;
import cn.cityapis.subsidy.People;
import cn.cityapis.subsidy.payment.PayDueMonths;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The whole life of an application: supplement, notice and objections, appeal, suspension, end, its periods. */
class LifeApiTest extends ApplicationScene {

    private static final String PASS = "{\"decision\": \"pass\"}";
    private static final String REJECT = "{\"decision\": \"reject\", \"failedConditions\": [\"degree\"]}";
    private static final String ASK = """
            {"items": [{"pointer": "/facts/engagementStart", "detail": "与合同不一致"}, {"pointer": "/applicant/phone", "detail": "无法接通"}]}""";

    @Autowired
    private DatabaseClient database;
    @Autowired
    private WatchDeadlines watch;
    @Autowired
    private EndPublicNotices endPublicNotices;
    @Autowired
    private PayDueMonths payDueMonths;

    private Api officer(String subject, String org, String... roles) {
        return Api.as(port, Tokens.operator(subject, org, roles).scopes("subsidy.read", "subsidy.decide").token());
    }

    private Answer now(Answer application) {
        return citizen.get(path(application)).is(200);
    }

    private long notices(Answer application, String kind) {
        return database.sql("SELECT count(*) FROM notice WHERE about = :about AND kind = :kind")
                .bind("about", "applications/" + application.text("/id")).bind("kind", kind).mapValue(Long.class).one()
                .block();
    }

    private void set(Answer application, String assignments) {
        database.sql("UPDATE application SET " + assignments + " WHERE id = :id")
                .bind("id", UUID.fromString(application.text("/id"))).then().block();
    }

    private Answer funded() {
        for (String budget : List.of("\"city\", \"areaCode\": \"371000\"", "\"district\", \"areaCode\": \"371002\"")) {
            city().post("/ledger/appropriations",
                    "{\"schemeId\": \"talent-living-allowance\", \"year\": 2026, \"party\": "
                            + budget + ", \"amountFen\": 100000000, \"memo\": \"x\"}")
                    .is(201);
        }
        return approved();
    }

    @Test
    void isSupplementedOnceAtEachLevelAndComesBackToWhoAsked() {
        Answer submitted = submitted();
        String ask = path(submitted) + "/supplement-requests";
        city().post(ask, ASK, submitted).is(409, "application-wrong-state");
        district().post(ask, "{\"items\": []}", submitted).is(400, "validation-failed");
        Answer asked = district().post(ask, ASK, submitted).is(200);
        assertThat(asked.text("/state")).isEqualTo("supplement");
        assertThat(citizen.get(ask).body().at("/0/items").size()).isEqualTo(2);
        assertThat(citizen.get(path(asked) + "/deadlines").body().at("/1/kind").asString()).isEqualTo("supplement");
        citizen.put(path(asked), "{\"areaCode\": \"371002\"}", asked.etag()).is(400, "validation-failed");
        Answer put = citizen.put(path(asked), Api.completeDraft(idNumber).replace("2026-11-16", "2026-11-17"),
                asked.etag()).is(200);
        clock.advance(Duration.ofDays(3));
        Answer again = citizen.post(path(put) + "/submissions", null, put).is(200);
        assertThat(again.text("/state")).isEqualTo("first-review");
        assertThat(again.text("/caseDate")).isEqualTo("2026-11-21");
        district().post(ask, ASK, again).is(409, "supplement-asked");
        Answer first = district().post(path(again) + "/reviews", PASS, again).is(200);
        Answer secondAsk = city().post(ask, ASK, first).is(200);
        Answer back = citizen.post(path(secondAsk) + "/submissions", null, secondAsk).is(200);
        assertThat(back.text("/state")).isEqualTo("second-review");
    }

    @Test
    void anUnansweredSupplementIsWarnedOfAndThenCountsAsWithdrawn() {
        Answer submitted = submitted();
        Answer asked = district().post(path(submitted) + "/supplement-requests", ASK, submitted).is(200);
        clock.advance(Duration.ofDays(12));
        watch.sweep().block();
        watch.sweep().block();
        assertThat(notices(asked, "deadline-soon")).isEqualTo(1);
        assertThat(now(asked).text("/state")).isEqualTo("supplement");
        clock.advance(Duration.ofDays(3));
        Flux.merge(watch.sweep(), watch.sweep()).then().block();
        assertThat(now(asked).text("/state")).isEqualTo("withdrawn");
        assertThat(notices(asked, "application-lapsed")).isEqualTo(1);
        submitted();
    }

    @Test
    void anOfficeThatMissesItsPeriodIsRecordedOnce() {
        Answer submitted = submitted();
        clock.advance(Duration.ofDays(14));
        watch.sweep().block();
        watch.sweep().block();
        assertThat(notices(submitted, "deadline-missed")).isEqualTo(2);
        district().post(path(submitted) + "/reviews", PASS, submitted).is(200);
        assertThat(citizen.get(path(submitted) + "/deadlines").body().at("/0/missedAt").isString()).isTrue();
        assertThat(citizen.get(path(submitted) + "/deadlines").body().at("/0/metAt").isString()).isTrue();
    }

    @Test
    void nobodyReviewsWhatHeEnteredHimself() {
        Answer submitted = submitted();
        Answer changed = officer("clerk", "371002", "district").post(path(submitted) + "/fact-changes",
                "{\"from\": \"2026-11-21\", \"facts\": {\"engagement\": \"employed-full-time\"}}", submitted).is(200);
        officer("clerk", "371002", "district").post(path(submitted) + "/reviews", PASS, changed).is(409, "four-eyes");
        district().post(path(submitted) + "/reviews", PASS, changed).is(200);
    }

    @Test
    void aRejectionIsAppealedOnceAndDecidedByAnother() {
        Answer submitted = submitted();
        Answer first = district().post(path(submitted) + "/reviews", PASS, submitted).is(200);
        Answer rejected = city().post(path(first) + "/reviews", REJECT, first).is(200);
        String appeals = path(first) + "/appeals";
        citizen.post(appeals, "{}", rejected).is(400, "validation-failed");
        Api.as(port, People.citizen("another")).post(appeals, "{\"grounds\": \"x\"}", rejected).is(404, "not-found");
        Answer appealed = citizen.post(appeals, "{\"grounds\": \"学历已认证\"}", rejected).is(200);
        String decisions = path(first) + "/appeal-decisions";
        city().post(decisions, "{\"allowed\": true, \"reason\": \"x\"}", appealed).is(409, "four-eyes");
        officer("officer-371002", "371000", "city").post(decisions, "{\"allowed\": true, \"reason\": \"x\"}", appealed)
                .is(409, "four-eyes");
        Api other = officer("other-city-officer", "371000", "city");
        Answer dismissed = other.post(decisions, "{\"allowed\": false, \"reason\": \"仍不符合\"}", appealed).is(200);
        assertThat(dismissed.text("/state")).isEqualTo("rejected");
        citizen.post(appeals, "{\"grounds\": \"再次\"}", dismissed).is(409, "appeal-closed");
        assertThat(dismissed.text("/reviews/2/level")).isEqualTo("appeal");
    }

    @Test
    void anAllowedAppealGoesOnWhereItHadStopped() {
        Answer submitted = submitted();
        Answer rejected = district().post(path(submitted) + "/reviews", REJECT, submitted).is(200);
        Answer appealed = citizen.post(path(rejected) + "/appeals", "{\"grounds\": \"x\"}", rejected).is(200);
        Answer allowed = officer("appeal-officer", "371000", "city").post(path(rejected) + "/appeal-decisions",
                "{\"allowed\": true, \"reason\": \"成立\"}", appealed).is(200);
        assertThat(allowed.text("/state")).isEqualTo("second-review");
        assertThat(city().post(path(allowed) + "/reviews", PASS, allowed).is(200).text("/state"))
                .isIn("paying", "awaiting-funds");
    }

    @Test
    void anAppealTooLateIsRefusedAndAnotherApplicationOfTheSamePeriodStandsInItsWay() {
        Answer submitted = submitted();
        Answer rejected = district().post(path(submitted) + "/reviews", REJECT, submitted).is(200);
        Answer second = submitted();
        Answer appealed = citizen.post(path(rejected) + "/appeals", "{\"grounds\": \"x\"}", rejected)
                .is(409, "duplicate-application");
        assertThat(second.text("/state")).isEqualTo("first-review");
        assertThat(appealed.code()).isEqualTo("duplicate-application");
        citizen.post(path(second) + "/withdrawals", null, second).is(200);
        clock.advance(Duration.ofDays(31));
        citizen.post(path(rejected) + "/appeals", "{\"grounds\": \"x\"}", now(rejected)).is(409, "appeal-closed");
    }

    @Test
    void aNoticeWaitsForItsObjectionsAndEachIsAnswered() {
        Answer submitted = submitted();
        set(submitted, "state = 'public-notice', notice_ends = '2026-11-26', approved_at = now()");
        Api neighbour = Api.as(port, People.citizen("neighbour"));
        assertThat(neighbour.get("/public-notices?limit=100").body().toString()).contains(submitted.text("/id"))
                .doesNotContain("李明");
        String objections = "/public-notices/" + submitted.text("/id") + "/objections";
        citizen.post(objections, "{\"text\": \"x\"}").is(403, "forbidden");
        Answer filed = neighbour.post(objections, "{\"text\": \"已离职\"}").is(201);
        neighbour.post(objections, "{\"text\": \"再次\"}").is(409, "objection-filed");
        assertThat(database.sql("SELECT encode(text_sealed, 'escape') FROM objection LIMIT 1").mapValue(String.class)
                .one().block()).doesNotContain("已离职");
        clock.advance(Duration.ofDays(6));
        endPublicNotices.run().block();
        assertThat(now(submitted).text("/state")).isEqualTo("public-notice");
        assertThat(district().get(path(submitted) + "/objections").is(200).text("/0/text")).isEqualTo("已离职");
        citizen.get(path(submitted) + "/objections").is(403);
        String decisions = path(submitted) + "/objections/" + filed.text("/id") + "/decisions";
        city().post(decisions, "{\"decision\": \"extended\", \"reason\": \"x\"}", now(submitted))
                .is(400, "validation-failed");
        city().post(decisions, "{\"decision\": \"extended\", \"reason\": \"需核实\", \"extendDays\": 3}", now(submitted))
                .is(200);
        assertThat(now(submitted).text("/noticeEnds")).isEqualTo("2026-11-30");
        city().post(decisions, "{\"decision\": \"dismissed\", \"reason\": \"x\"}", now(submitted))
                .is(409, "application-wrong-state");
        clock.advance(Duration.ofDays(4));
        endPublicNotices.run().block();
        assertThat(now(submitted).text("/state")).isIn("awaiting-funds", "paying");
    }

    @Test
    void anObjectionThatIsRightRejects() {
        Answer submitted = submitted();
        set(submitted, "state = 'public-notice', notice_ends = '2026-11-26', approved_at = now()");
        Answer filed = Api.as(port, People.citizen("neighbour-2"))
                .post("/public-notices/" + submitted.text("/id") + "/objections", "{\"text\": \"已离职\"}").is(201);
        city().post(path(submitted) + "/objections/" + filed.text("/id") + "/decisions",
                "{\"decision\": \"upheld\", \"reason\": \"属实\"}", now(submitted)).is(200);
        assertThat(now(submitted).text("/state")).isEqualTo("rejected");
        assertThat(citizen.post(path(submitted) + "/appeals", "{\"grounds\": \"x\"}", now(submitted)).is(200)
                .text("/state")).isEqualTo("appealed");
    }

    @Test
    void whatIsSuspendedIsNotPaidUntilItIsResumed() {
        Answer paying = funded();
        district().post(path(paying) + "/resumptions", "{\"reason\": \"x\"}", paying)
                .is(409, "application-wrong-state");
        Answer suspended = district().post(path(paying) + "/suspensions", "{\"reason\": \"核实\"}", paying).is(200);
        clock.advance(Duration.ofDays(45));
        payDueMonths.run().block();
        assertThat(citizen.get(path(paying) + "/statement").number("/paidFen")).isZero();
        district().post(path(paying) + "/resumptions", "{\"reason\": \"在职\"}", suspended).is(200);
        payDueMonths.run().block();
        assertThat(citizen.get(path(paying) + "/statement").number("/paidFen")).isEqualTo(1_000_000);
        Answer ended = city().post(path(paying) + "/endings", "{\"reason\": \"调离\"}", now(paying)).is(200);
        assertThat(ended.text("/state")).isEqualTo("ended");
        assertThat(citizen.get(path(paying) + "/statement").number("/toComeFen")).isZero();
        assertThat(city().get("/ledger/check").body().at("/consistent").asBoolean()).isTrue();
    }

    @Test
    void theOfficeSetsTheAmountBelowTheCeilingWithReasons() {
        Answer submitted = submitted();
        set(submitted, "ceiling_fen = 500000");
        Answer first = district().post(path(submitted) + "/reviews", PASS, submitted).is(200);
        Api city = city();
        assertThat(city.post(path(first) + "/reviews", PASS, first).is(400, "validation-failed").pointers())
                .containsExactly("/amountFen");
        city.post(path(first) + "/reviews", "{\"decision\": \"pass\", \"amountFen\": 500001, \"amountReason\": \"x\"}",
                first).is(400, "validation-failed");
        Answer set = city.post(path(first) + "/reviews",
                "{\"decision\": \"pass\", \"amountFen\": 300001, \"amountReason\": \"按评审得分\"}", first).is(200);
        assertThat(set.number("/monthlyFen")).isEqualTo(300_001);
        assertThat(set.text("/reviews/1/amountReason")).isEqualTo("按评审得分");
        assertThat(database.sql("UPDATE application SET monthly_fen = 500001 WHERE id = :id")
                .bind("id", UUID.fromString(set.text("/id"))).then().thenReturn("done")
                .onErrorResume(e -> Mono.just(String.valueOf(e.getMessage()))).block())
                .contains("application_within_ceiling");
    }

    @Test
    void ofManySubmissionsAtOnceOneWins() {
        List<Answer> drafts = IntStream.range(0, 6).mapToObj(n -> draft()).toList();
        List<Integer> statuses = Flux.fromIterable(drafts)
                .flatMap(draft -> Mono.fromCallable(() -> citizen.post(path(draft) + "/submissions", null, draft))
                        .subscribeOn(Schedulers.boundedElastic()), 6)
                .map(Answer::status).sort().collectList().block();
        assertThat(statuses).containsExactly(200, 409, 409, 409, 409, 409);
    }

    @Test
    void twoOfficersAtOnceDecideOnce() {
        Answer submitted = submitted();
        List<Integer> statuses = Flux.range(0, 5)
                .flatMap(n -> Mono.fromCallable(() -> officer("officer-" + n, "371002", "district")
                        .post(path(submitted) + "/reviews", PASS, submitted)).subscribeOn(Schedulers.boundedElastic()),
                        5)
                .map(Answer::status).sort().collectList().block();
        assertThat(statuses).containsExactly(200, 412, 412, 412, 412);
    }

    @Test
    void everyStepRepeatedIsDoneOnce() {
        Answer submitted = submitted();
        Answer asked = twice(district(), path(submitted) + "/supplement-requests", ASK, submitted);
        Answer back = citizen.post(path(asked) + "/submissions", null, asked).is(200);
        Answer rejected = district().post(path(back) + "/reviews", REJECT, back).is(200);
        Answer appealed = twice(citizen, path(back) + "/appeals", "{\"grounds\": \"x\"}", rejected);
        Answer allowed = twice(officer("repeat-officer", "371000", "city"), path(back) + "/appeal-decisions",
                "{\"allowed\": true, \"reason\": \"x\"}", appealed);
        twice(citizen, path(back) + "/withdrawals", null, allowed);
        Answer paying = funded();
        Answer suspended = twice(district(), path(paying) + "/suspensions", "{\"reason\": \"x\"}", paying);
        Answer resumed = twice(district(), path(paying) + "/resumptions", "{\"reason\": \"x\"}", suspended);
        twice(district(), path(paying) + "/endings", "{\"reason\": \"x\"}", resumed);
        Answer noticed = submittedByAnother();
        set(noticed, "state = 'public-notice', notice_ends = '2026-11-26', approved_at = now()");
        String key = UUID.randomUUID().toString();
        Api neighbour = Api.as(port, People.citizen("neighbour-3"));
        String path = "/public-notices/" + noticed.text("/id") + "/objections";
        Answer filed = neighbour.send(HttpMethod.POST, path, "{\"text\": \"x\"}", null, key).is(201);
        assertThat(neighbour.send(HttpMethod.POST, path, "{\"text\": \"x\"}", null, key).text("/id"))
                .isEqualTo(filed.text("/id"));
        twice(city(), path(noticed) + "/objections/" + filed.text("/id") + "/decisions",
                "{\"decision\": \"dismissed\", \"reason\": \"x\"}", citizen.get(path(noticed)));
    }

    private Answer twice(Api by, String path, String body, Answer seen) {
        String key = UUID.randomUUID().toString();
        Answer first = by.send(HttpMethod.POST, path, body, seen.etag(), key).is(200);
        assertThat(by.send(HttpMethod.POST, path, body, seen.etag(), key))
                .isEqualTo(new Answer(200, first.body(), first.etag(), true));
        return first;
    }

    private Answer submittedByAnother() {
        aPersonOfHisOwn();
        return submitted();
    }
}
