package cn.cityapis.eldercare.assessment;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.eldercare.Fixtures;
import cn.cityapis.eldercare.DatedScene;
import cn.cityapis.eldercare.Walk;
import cn.cityapis.platform.test.ServiceTest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;

@ServiceTest(properties = {"demo.data=true", "test.database=of-life",
        "eldercare.jobs.place-after=P3650D"})
@DisplayName("威民发〔2023〕17号 第十五条, 第十六条, 第二十四条（一）: called to the assessment, in turn")
class AppointmentApiTest extends DatedScene {

    @Autowired
    private DatabaseClient database;

    AppointmentApiTest() {
        super("called-citizen", "2026-11-25T02:00:00Z");
    }

    private String qualified(int sequence) {
        String id = walk.complete(citizen, Fixtures.idNumber(1939, sequence), List.of(Walk.HOME_1), "LOW_INCOME");
        walk.submit(citizen, id);
        assertThat(walk.qualify(id).text("/state")).isEqualTo("QUALIFIED");
        return id;
    }

    private static Map<String, Object> on(String day) {
        return Map.of("on", day, "place", "一楼评估室", "outOfTurnReason", "前面的申请人电话未接通");
    }

    private String booked(int sequence, String day) {
        String id = qualified(sequence);
        assertThat(post(walk.assessor, id, "/appointments", on(day)).text("/state")).isEqualTo("ASSESSMENT_BOOKED");
        return id;
    }

    private List<String> told(String id, String kind) {
        return database.sql("select recipient from notice where about = :about and kind = :kind order by recipient")
                .bind("about", "applications/" + id).bind("kind", kind)
                .map(row -> row.get("recipient", String.class)).all().collectList().block();
    }

    @Test
    void tasksAreInTheOrderOfCallingAndWhoeverIsPassedOverNeedsAReason() {
        String id = qualified(501);
        List<String> ranks = walk.get(walk.assessor, "/assessment-tasks?limit=100").texts("/items", "channel");
        assertThat(ranks).as("a low-income applicant is called with the priority channel").contains("PRIORITY")
                .isSortedAccordingTo((a, b) -> List.of("SPECIAL", "PRIORITY", "ORDINARY").indexOf(a)
                        - List.of("SPECIAL", "PRIORITY", "ORDINARY").indexOf(b));
        Walk.Answer refused = post(walk.assessor, id, "/appointments", Map.of("on", "2026-11-30", "place", "一楼"));
        assertThat(refused.text("/code")).isEqualTo("others-first");
        assertThat(refused.body().at("/ahead").asLong()).isPositive();
        assertThat(refused.body().at("/possible").toString()).contains("BOOK_ASSESSMENT");
        Walk.Answer taken = post(walk.assessor, id, "/appointments", on("2026-11-30"));
        assertThat(taken.status()).isEqualTo(201);
        assertThat(taken.text("/state")).isEqualTo("ASSESSMENT_BOOKED");
        assertThat(taken.text("/deadlines/0/kind")).isEqualTo("RESULT");
        assertThat(taken.text("/deadlines/0/lastDay")).isEqualTo("2026-12-01");
        assertThat(told(id, "assessment-booked")).containsExactly("called-citizen", "demo-agency-1");
        Walk.Answer listed = walk.get(citizen, "/applications/" + id + "/appointments");
        assertThat(listed.text("/0/on")).isEqualTo("2026-11-30");
        assertThat(listed.body().at("/0/passedOver").asLong()).isEqualTo(refused.body().at("/ahead").asLong());
    }

    @Test
    void eachIsCalledBeforeThoseWhoAppliedLater() {
        String first = qualified(502);
        String second = qualified(503);
        long aheadOfSecond = post(walk.assessor, second, "/appointments", Map.of("on", "2026-11-30", "place", "一楼"))
                .body().at("/ahead").asLong();
        assertThat(post(walk.assessor, first, "/appointments", on("2026-11-30")).status()).isEqualTo(201);
        assertThat(post(walk.assessor, second, "/appointments", Map.of("on", "2026-11-30", "place", "一楼"))
                .body().at("/ahead").asLong()).isEqualTo(aheadOfSecond - 1);
        List<String> order = walk.get(walk.assessor, "/assessment-tasks?limit=100").texts("/items", "applicationId");
        assertThat(order.indexOf(first)).isLessThan(order.indexOf(second));
    }

    @Test
    void eitherSideMovesTheDateBeforeItComes() {
        String id = booked(504, "2026-11-30");
        assertThat(post(citizen, id, "/appointment-changes", Map.of("on", "2026-12-02")).status()).isEqualTo(201);
        assertThat(post(walk.operator, id, "/appointments", on("2026-12-01")).status()).isEqualTo(201);
        assertThat(walk.get(citizen, "/applications/" + id + "/appointments").body().findValuesAsString("state"))
                .containsExactly("BOOKED", "MOVED", "MOVED");
        clock.moveTo(Instant.parse("2026-11-30T15:59:59Z"));
        assertThat(post(citizen, id, "/appointment-changes", Map.of("on", "2026-12-03")).status()).isEqualTo(201);
        clock.moveTo(Instant.parse("2026-12-02T16:00:00Z"));
        Walk.Answer late = post(citizen, id, "/appointment-changes", Map.of("on", "2026-12-05"));
        assertThat(late.text("/code")).isEqualTo("date-reached");
        assertThat(post(citizen, id, "/appointment-changes", Map.of("on", "2026-12-01")).text("/errors/0/pointer"))
                .isEqualTo("/on");
    }

    @Test
    @DisplayName("第十六条: nobody loses a round by a date that he was told of too late")
    void toldInTimeOfADateNotTooFar() {
        String id = qualified(521);
        for (String tooSoon : List.of("2026-11-25", "2026-11-26")) {
            Walk.Answer refused = post(walk.assessor, id, "/appointments", on(tooSoon));
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.text("/errors/0/detail")).contains("第十六条").contains("最早可约 2026-11-27");
        }
        assertThat(post(walk.assessor, id, "/appointments", on("2027-01-25")).text("/errors/0/detail"))
                .contains("最晚可约 2027-01-24");
        assertThat(post(walk.assessor, id, "/appointments", on("2026-11-27")).status()).isEqualTo(201);
        assertThat(post(walk.operator, id, "/appointments", on("2026-11-25")).status())
                .as("nor is one moved to today").isEqualTo(400);
    }

    @Test
    void heMovesTheDateHimselfOnlySoOften() {
        String id = booked(522, "2026-11-30");
        for (String day : List.of("2026-12-01", "2026-12-02", "2026-12-03")) {
            assertThat(post(citizen, id, "/appointment-changes", Map.of("on", day)).status()).isEqualTo(201);
        }
        Walk.Answer refused = post(citizen, id, "/appointment-changes", Map.of("on", "2026-12-04"));
        assertThat(refused.text("/code")).isEqualTo("not-possible-now");
        assertThat(refused.text("/detail")).contains("3 次");
        assertThat(post(walk.assessor, id, "/appointments", on("2026-12-04")).status()).as("the agency still may")
                .isEqualTo(201);
    }

    @Test
    void whoeverDidNotComeLosesTheRoundOnceTheDateIsOver() {
        String id = booked(505, "2026-11-30");
        clock.moveTo(Instant.parse("2026-11-30T15:59:59Z"));
        Walk.Answer early = post(walk.assessor, id, "/missed-appointment", null);
        assertThat(early.text("/code")).isEqualTo("date-not-over");
        assertThat(early.body().at("/possible").toString()).contains("RECORD_ASSESSMENT");
        clock.moveTo(Instant.parse("2026-11-30T16:00:00Z"));
        Walk.Answer ended = post(walk.assessor, id, "/missed-appointment", null);
        assertThat(ended.text("/state")).isEqualTo("NO_SHOW");
        assertThat(ended.text("/entries/0/endReason")).isEqualTo("NO_SHOW");
        assertThat(ended.text("/decisions/3/basis/0/article")).isEqualTo("16");
        assertThat(walk.get(citizen, "/applications/" + id + "/appointments").text("/0/state")).isEqualTo("MISSED");
        Walk.Answer again = post(walk.assessor, id, "/missed-appointment", null);
        assertThat(again.text("/code")).isEqualTo("not-possible-now");
        assertThat(again.body().at("/possible").size()).isZero();
        assertThat(qualified(505)).as("a new application of the same person is taken").isNotEqualTo(id);
    }

    @Test
    void whoeverWillNotBeAssessedForfeits() {
        String id = booked(506, "2026-11-30");
        Walk.Answer ended = post(walk.operator, id, "/assessment-refusal", Map.of("reason", "电话告知不接受评估"));
        assertThat(ended.text("/state")).isEqualTo("FORFEITED");
        assertThat(ended.text("/decisions/3/basis/0/article")).isEqualTo("24");
        assertThat(walk.get(citizen, "/applications/" + id + "/appointments").text("/0/state")).isEqualTo("CANCELLED");
    }

    @Test
    void theAssessmentKeepsTheAppointmentAndTheResultIsDueInOneWorkingDay() {
        String id = booked(507, "2026-11-27");
        assertThat(post(citizen, id, "/appointment-changes", Map.of("on", "2026-11-25")).status())
                .as("he may choose a day sooner than he could be called to").isEqualTo(201);
        Map<String, Object> today = Walk.assessment(52);
        today.put("assessedOn", "2026-11-25");
        Walk.Answer inTime = post(walk.assessor, id, "/assessments", today);
        assertThat(inTime.text("/application/state")).isEqualTo("WAITING");
        assertThat(deadline(inTime, "RESULT")).isEqualTo("MET");
        assertThat(told(id, "assessment-recorded")).containsExactly("called-citizen", "demo-home-1");
        assertThat(walk.get(citizen, "/applications/" + id + "/appointments").text("/0/state")).isEqualTo("KEPT");
        String late = qualified(508);
        clock.moveTo(Instant.parse("2026-11-27T02:00:00Z"));
        assertThat(deadline(post(walk.assessor, late, "/assessments", today), "RESULT")).isEqualTo("MET_LATE");
    }

    @Test
    void theResultOfABookedAssessmentIsOnePeriodFromTheDayItWasMade() {
        String late = booked(591, "2026-11-27");
        String inTime = booked(592, "2026-11-27");
        clock.moveTo(Instant.parse("2026-12-01T02:00:00Z"));
        Map<String, Object> findings = Walk.assessment(52);
        findings.put("assessedOn", "2026-11-27");
        assertThat(deadline(post(walk.assessor, late, "/assessments", findings), "RESULT")).isEqualTo("MET_LATE");
        findings.put("assessedOn", "2026-12-01");
        assertThat(deadline(post(walk.assessor, inTime, "/assessments", findings), "RESULT")).isEqualTo("MET");
        assertThat(database.sql("""
                select count(*) || ' ' || count(missed_at) from deadline
                where kind = 'RESULT' and application_id = any(array[:late, :inTime]::uuid[]) group by application_id order by 1
                """).bind("late", late).bind("inTime", inTime).mapValue(String.class).all().collectList().block())
                .containsExactly("1 0", "1 1");
    }

    @Test
    void anAssessmentOfBeforeHeWasFoundQualifiedIsNone() {
        String id = qualified(511);
        clock.moveTo(Instant.parse("2026-11-27T02:00:00Z"));
        Map<String, Object> findings = Walk.assessment(52);
        findings.put("assessedOn", "2026-11-24");
        Walk.Answer refused = post(walk.assessor, id, "/assessments", findings);
        assertThat(refused.status()).as(refused.body().toString()).isEqualTo(400);
        assertThat(refused.text("/errors/0/pointer")).isEqualTo("/assessedOn");
        assertThat(refused.text("/errors/0/detail")).contains("第十六条").contains("2026-11-25");
        findings.put("assessedOn", "2026-11-25");
        assertThat(post(walk.assessor, id, "/assessments", findings).status()).isEqualTo(201);
    }

    private static String deadline(Walk.Answer answer, String kind) {
        List<String> found = new ArrayList<>();
        answer.body().at("/application/deadlines").forEach(each -> {
            if (each.path("kind").asString().equals(kind) && !each.path("status").asString().equals("CLOSED")) {
                found.add(each.path("status").asString());
            }
        });
        return String.join(" ", found);
    }

    @Test
    void twoOperatorsAtOnceBookOneDate() {
        String id = qualified(509);
        String etag = walk.get(citizen, "/applications/" + id).etag();
        List<Integer> answers = Stream.of(walk.assessor, walk.operator)
                .map(by -> CompletableFuture.supplyAsync(
                        () -> walk.post(by, "/applications/" + id + "/appointments", on("2026-11-30"), etag).status()))
                .toList().stream().map(CompletableFuture::join).toList();
        assertThat(answers).containsExactlyInAnyOrder(201, 412);
        assertThat(walk.get(citizen, "/applications/" + id + "/appointments").body().size()).isEqualTo(1);
    }

    @Test
    void anothersAppointmentsDoNotExist() {
        String id = booked(510, "2026-11-30");
        for (WebTestClient by : List.of(walk.otherAssessor, walk.otherOperator)) {
            assertThat(post(by, id, "/appointments", on("2026-12-01")).status()).isEqualTo(404);
            assertThat(post(by, id, "/missed-appointment", null).status()).isEqualTo(404);
            assertThat(post(by, id, "/assessment-refusal", Map.of("reason", "无")).status()).isEqualTo(404);
        }
        WebTestClient stranger = walk.citizen("stranger");
        assertThat(post(stranger, id, "/appointment-changes", Map.of("on", "2026-12-01")).status()).isEqualTo(404);
        assertThat(walk.get(stranger, "/applications/" + id + "/appointments").status()).isEqualTo(404);
    }
}
