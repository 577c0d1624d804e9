package cn.cityapis.eldercare;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.platform.test.ServiceTest;
import cn.cityapis.platform.time.DevelopmentClock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.web.reactive.server.WebTestClient;

/** The calls around assessment and the ends of a round, each sent twice with one key. */
@ServiceTest(properties = {"demo.data=true", "test.database=of-bad-input"})
class RepeatedKeyLifeApiTest {

    @LocalServerPort
    private int port;

    @Autowired
    private DevelopmentClock clock;

    private Walk walk;
    private WebTestClient citizen;

    @BeforeEach
    void setUp() {
        walk = new Walk(port);
        citizen = walk.citizen("repeating-life");
    }

    private Walk.Answer twice(WebTestClient by, String id, String path, @Nullable Object body, @Nullable Object other) {
        return walk.twice(by, "/applications/" + id + path, body, walk.get(citizen, "/applications/" + id).etag(),
                other);
    }

    private String qualified(int sequence) {
        String id = walk.complete(citizen, Fixtures.idNumber(1936, sequence), List.of(Walk.HOME_1), "LOW_INCOME");
        walk.submit(citizen, id);
        walk.qualify(id);
        return id;
    }

    private static Map<String, Object> booking(LocalDate on) {
        return Map.of("on", on.toString(), "place", "一楼", "outOfTurnReason", "电话未接通");
    }

    @Test
    void eachStepOfAnAssessment() {
        Instant real = clock.instant();
        LocalDate today = LocalDate.now(clock);
        String id = qualified(501);
        twice(walk.assessor, id, "/appointments", booking(today.plusDays(20)), booking(today.plusDays(21)));
        twice(citizen, id, "/appointment-changes", Map.of("on", today.plusDays(1).toString()),
                Map.of("on", today.plusDays(4).toString()));
        assertThat(walk.get(citizen, "/applications/" + id + "/appointments").body().size()).isEqualTo(2);
        try {
            clock.advance(Duration.ofDays(2));
            twice(walk.assessor, id, "/missed-appointment", null, null);
        } finally {
            clock.moveTo(real);
        }
        String other = qualified(502);
        twice(walk.assessor, other, "/assessment-refusal", Map.of("reason", "不接受"), Map.of("reason", "不来"));
    }

    @Test
    void anotherAgencyInstead() {
        Instant real = clock.instant();
        String id = qualified(506);
        walk.assess(id, 52);
        walk.post(citizen, "/applications/" + id + "/objections", Map.of("agency", "demo-agency-2", "reason", "不符"),
                walk.get(citizen, "/applications/" + id).etag());
        try {
            clock.advance(Duration.ofDays(20));
            twice(citizen, id, "/agency-changes", Map.of("agency", "demo-agency-1"), Map.of("agency", "demo-agency-9"));
        } finally {
            clock.moveTo(real);
        }
        Map<String, Object> commission = Map.of("org", "agency-to-end", "name", "某中心", "basis", "委托书");
        walk.post(walk.district("371002"), "/assessment-agencies", commission, null);
        walk.twice(walk.district("371002"), "/assessment-agencies/agency-to-end/commission-end",
                Map.of("reason", "期满"), null, Map.of("reason", "其他"));
    }

    @Test
    void eachStepOfAnObjection() {
        String id = qualified(503);
        walk.assess(id, 52);
        twice(citizen, id, "/objections", Map.of("agency", "demo-agency-2", "reason", "不符"),
                Map.of("agency", "demo-agency-1", "reason", "不符"));
        twice(walk.otherAssessor, id, "/rechecks", Walk.assessment(55), Walk.assessment(60));
        assertThat(walk.get(citizen, "/applications/" + id + "/assessments").body().size()).isEqualTo(2);
        String other = qualified(504);
        walk.assess(other, 52);
        walk.post(citizen, "/applications/" + other + "/objections",
                Map.of("agency", "demo-agency-2", "reason", "不符"),
                walk.get(citizen, "/applications/" + other).etag());
        twice(citizen, other, "/objection-withdrawal", null, null);
        Map<String, Object> agency = Map.of("org", "agency-repeated", "name", "某评估中心", "basis", "委托书");
        walk.twice(walk.city, "/assessment-agencies", agency, null,
                Map.of("org", "agency-repeated", "name", "某评估所", "basis", "委托书"));
    }

    private String waiting(int sequence) {
        String id = qualified(sequence);
        walk.assess(id, 52);
        return id;
    }

    @Test
    void eachStepOfAChange() {
        String id = waiting(505);
        twice(citizen, id, "/circumstance-changes", Map.of("categories", List.of(), "explanation", "已退出低保"),
                Map.of("phone", "13900000001", "explanation", "换号"));
        String change = walk.get(citizen, "/applications/" + id + "/circumstance-changes").text("/0/id");
        twice(walk.operator, id, "/circumstance-changes/" + change + "/verdict",
                Map.of("verdict", "CONFIRMED", "reason", "属实"), Map.of("verdict", "REFUSED", "reason", "不实"));
        assertThat(walk.get(citizen, "/applications/" + id + "/circumstance-changes").body().size()).isEqualTo(1);
    }

    @Test
    void eachEnd() {
        twice(walk.operator, waiting(506), "/disqualification", Map.of("reason", "伪造"), Map.of("reason", "虚报"));
        twice(citizen, waiting(507), "/death-report", Map.of(), Map.of("on", "2026-11-01"));
        twice(walk.operator, waiting(508), "/death", Map.of("source", "村居"), Map.of("source", "家属"));
        twice(walk.operator, waiting(995), "/death-check", null, null);
    }

    @Test
    void eachStepOfAResident() {
        String id = waiting(509);
        walk.moveIn(citizen, id);
        twice(walk.assessor, id, "/resident-assessments", Walk.assessment(40), Walk.assessment(41));
        twice(walk.operator, id, "/illness-notes",
                Map.of("kind", "MENTAL", "notedOn", "2026-11-02", "handling", "送医"),
                Map.of("kind", "INFECTIOUS", "notedOn", "2026-11-02", "handling", "送医"));
        assertThat(walk.get(citizen, "/applications/" + id + "/illness-notes").body().size()).isEqualTo(1);
        String number = Fixtures.idNumber(1936, 510);
        walk.twice(walk.operator, "/homes/" + Walk.HOME_1 + "/prior-residents",
                Map.of("idNumber", number, "movedInOn", "2020-01-01"), null,
                Map.of("idNumber", number, "movedInOn", "2020-01-02"));
    }
}
