package cn.cityapis.eldercare.assessment;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.eldercare.Fixtures;
import cn.cityapis.eldercare.DatedScene;
import cn.cityapis.eldercare.Walk;
import cn.cityapis.platform.test.ServiceTest;
import cn.cityapis.platform.test.Apis;
import cn.cityapis.platform.test.Tokens;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.reactive.server.WebTestClient;

@ServiceTest(properties = {"demo.data=true", "test.database=of-life",
        "eldercare.jobs.place-after=P3650D"})
@DisplayName("威民发〔2023〕17号 第十八条: the result is disputed once, looked at again by whom he chooses, and then final")
class ObjectionApiTest extends DatedScene {

    private static final Map<String, Object> OBJECTION = Map.of("agency", "demo-agency-2", "reason", "平地行走得分与实际不符");

    ObjectionApiTest() {
        super("objecting-citizen", "2026-11-25T02:00:00Z");
    }

    private Walk.Answer object(String id) {
        return post(citizen, id, "/objections", OBJECTION);
    }

    private String assessed(int sequence, int score) {
        String id = walk.complete(citizen, Fixtures.idNumber(1938, sequence), List.of(Walk.HOME_1), "LOW_INCOME");
        walk.submit(citizen, id);
        walk.qualify(id);
        assertThat(walk.assess(id, score).status()).isEqualTo(201);
        return id;
    }

    @Test
    void aRecheckMovesTheChannelBack() {
        String id = assessed(501, 52);
        Walk.Answer objected = object(id);
        assertThat(objected.status()).isEqualTo(201);
        assertThat(objected.text("/state")).isEqualTo("RECHECKING");
        assertThat(objected.text("/entries/0/phase")).isEqualTo("PROVISIONAL");
        assertThat(objected.text("/deadlines/0/kind")).isEqualTo("RECHECK");
        assertThat(objected.text("/deadlines/0/lastDay")).as("calendar days, not working days").isEqualTo("2026-11-30");
        assertThat(walk.get(walk.otherAssessor, "/recheck-tasks?limit=100").texts("/items", "applicationId"))
                .contains(id);
        assertThat(assess(walk.assessor, id, "/rechecks", 70).status()).as("not whom he chose")
                .isEqualTo(404);
        Walk.Answer decided = assess(walk.otherAssessor, id, "/rechecks", 70);
        assertThat(decided.status()).isEqualTo(201);
        assertThat(decided.text("/application/state")).isEqualTo("WAITING");
        assertThat(decided.text("/application/channel/channel")).isEqualTo("PRIORITY");
        assertThat(decided.text("/application/entries/0/phase")).isEqualTo("WAITING");
        assertThat(decided.body().at("/application/entries/0/position/inQueue").asLong()).isGreaterThan(1);
        assertThat(walk.get(citizen, "/applications/" + id + "/assessments").body().findValuesAsString("purpose"))
                .containsExactly("FIRST", "RECHECK");
        Walk.Answer again = object(id);
        assertThat(again.text("/code")).as("final").isEqualTo("not-possible-now");
        assertThat(walk.get(walk.otherAssessor, "/recheck-tasks?limit=100").texts("/items", "applicationId"))
                .doesNotContain(id);
    }

    @Test
    void aRecheckMovesTheChannelUpAndTheTimeOfApplicationStays() {
        String id = assessed(502, 70);
        String submitted = walk.get(citizen, "/applications/" + id).text("/submittedAt");
        object(id);
        Walk.Answer decided = assess(walk.otherAssessor, id, "/rechecks", 40);
        assertThat(decided.text("/application/channel/channel")).isEqualTo("SPECIAL");
        assertThat(decided.text("/application/submittedAt")).isEqualTo(submitted);
        assertThat(post(citizen, id, "/withdrawal", null).status()).isEqualTo(200);
    }

    @Test
    void whoeverIsRecheckedIsOfferedNothingUntilTheEnd() {
        String id = assessed(503, 52);
        object(id);
        String bed = walk.freeBeds("NURSING").getFirst();
        Walk.Answer offer = walk.post(walk.operator, "/homes/" + Walk.HOME_1 + "/offers", Map.of("bedId", bed), null);
        assertThat(offer.text("/applicationId")).isNotEqualTo(id);
        Walk.Answer taken = post(citizen, id, "/objection-withdrawal", null);
        assertThat(taken.text("/state")).isEqualTo("WAITING");
        assertThat(taken.text("/entries/0/phase")).isEqualTo("WAITING");
        assertThat(object(id).text("/code")).isEqualTo("not-possible-now");
        post(citizen, id, "/withdrawal", null);
    }

    @Test
    void anOfferWhoseBedDoesNotTakeTheNewLevelIsTakenBackAtNoCost() {
        String id = assessed(504, 52);
        String bed = walk.freeBeds("NURSING").getFirst();
        Walk.Answer offer = walk.post(walk.operator, "/homes/" + Walk.HOME_1 + "/offers", Map.of("bedId", bed), null);
        assertThat(offer.text("/applicationId")).isEqualTo(id);
        assertThat(object(id).text("/state")).as("the offer stands meanwhile").isEqualTo("OFFERED");
        Walk.Answer decided = assess(walk.otherAssessor, id, "/rechecks", 70);
        assertThat(decided.text("/application/state")).isEqualTo("WAITING");
        assertThat(decided.text("/application/channel/channel")).isEqualTo("PRIORITY");
        assertThat(decided.text("/application/entries/0/phase")).isEqualTo("WAITING");
        assertThat(walk.get(walk.operator, "/offers/" + offer.text("/id")).text("/state")).isEqualTo("WITHDRAWN");
        Walk.Answer next = walk.get(walk.operator, "/homes/" + Walk.HOME_1 + "/offers?limit=1");
        assertThat(next.text("/items/0/bedId")).as("the bed goes on").isEqualTo(bed);
        assertThat(next.text("/items/0/applicationId")).isNotEqualTo(id);
    }

    @Test
    void anOfferWhoseBedFitsStillStandsThoughTheChannelChanges() {
        String id = assessed(505, 52);
        String bed = walk.freeBeds("NURSING").getFirst();
        Walk.Answer offer = walk.post(walk.operator, "/homes/" + Walk.HOME_1 + "/offers", Map.of("bedId", bed), null);
        assertThat(offer.text("/applicationId")).isEqualTo(id);
        object(id);
        Walk.Answer decided = assess(walk.otherAssessor, id, "/rechecks", 35);
        assertThat(decided.text("/application/state")).isEqualTo("OFFERED");
        assertThat(decided.text("/application/entries/0/phase")).isEqualTo("OFFERED");
        assertThat(post(citizen, id, "/withdrawal", null).status()).isEqualTo(200);
    }

    @Test
    void fiveWorkingDaysEndWithTheLastDay() {
        String id = assessed(506, 52);
        String other = assessed(507, 52);
        assertThat(walk.get(citizen, "/applications/" + id).text("/deadlines/0/lastDay")).isEqualTo("2026-12-02");
        clock.moveTo(Instant.parse("2026-12-02T15:59:59Z"));
        assertThat(object(other).status()).isEqualTo(201);
        clock.moveTo(Instant.parse("2026-12-02T16:00:00Z"));
        Walk.Answer late = object(id);
        if (late.status() == 412) {
            // the job that watches the deadlines has just noted this one
            late = object(id);
        }
        assertThat(late.text("/code")).isEqualTo("deadline-passed");
        assertThat(late.text("/deadline")).isEqualTo("2026-12-02");
        post(citizen, id, "/withdrawal", null);
        post(citizen, other, "/withdrawal", null);
    }

    private Walk.Answer change(String id, String agency) {
        return post(citizen, id, "/agency-changes", Map.of("agency", agency));
    }

    @Test
    void ifTheAgencyIsLateHeMayChooseAnotherAndThePeriodBeginsAnew() {
        String id = assessed(509, 52);
        object(id);
        assertThat(change(id, "demo-agency-1").text("/code")).as("not before the period is over")
                .isEqualTo("not-possible-now");
        clock.moveTo(Instant.parse("2026-12-01T02:00:00Z"));
        assertThat(change(id, "demo-agency-2").text("/errors/0/code")).isEqualTo("same");
        assertThat(change(id, "agency-nowhere").text("/errors/0/code")).isEqualTo("unknown");
        assertThat(post(walk.citizen("stranger"), id, "/agency-changes", Map.of("agency", "demo-agency-1")).status())
                .isEqualTo(404);
        Walk.Answer changed = change(id, "demo-agency-1");
        assertThat(changed.status()).as(changed.body().toString()).isEqualTo(201);
        assertThat(changed.text("/state")).isEqualTo("RECHECKING");
        assertThat(changed.text("/deadlines/0/kind") + changed.text("/deadlines/0/lastDay"))
                .as("five calendar days, the last a Sunday, so to the Monday").isEqualTo("RECHECK2026-12-07");
        assertThat(assess(walk.otherAssessor, id, "/rechecks", 70).status()).isEqualTo(404);
        assertThat(assess(walk.assessor, id, "/rechecks", 70).text("/application/state"))
                .isEqualTo("WAITING");
        assertThat(change(id, "demo-agency-2").text("/code")).isEqualTo("not-possible-now");
        post(citizen, id, "/withdrawal", null);
    }

    private WebTestClient district(String code) {
        return walk.district(code);
    }

    private Walk.Answer commission(String district, String name) {
        return walk.post(district(district), "/assessment-agencies",
                Map.of("org", "agency-of-two", "name", name, "basis", "委托书"), null);
    }

    private Walk.Answer endCommission(String district) {
        return walk.post(district(district), "/assessment-agencies/agency-of-two/commission-end",
                Map.of("reason", "委托期满"), null);
    }

    @Test
    @DisplayName("第十五条: each district commissions for itself, and ends its own commission")
    void aCommissionIsEndedAndNoneOverwritesAnother() {
        commission("371002", "甲区所称");
        commission("371003", "乙区所称");
        assertThat(walk.get(citizen, "/assessment-agencies").texts("/items", "name")).contains("甲区所称", "乙区所称");
        assertThat(endCommission("371082").status()).isEqualTo(404);
        assertThat(endCommission("371002").status()).isEqualTo(200);
        assertThat(endCommission("371002").status()).isEqualTo(404);
        assertThat(walk.get(citizen, "/assessment-agencies").texts("/items", "name")).contains("乙区所称")
                .doesNotContain("甲区所称");
        String id = assessed(510, 52);
        assertThat(post(citizen, id, "/objections", Map.of("agency", "agency-of-two", "reason", "不符")).status())
                .as("one commission still holds").isEqualTo(201);
        assertThat(endCommission("371003").status()).isEqualTo(200);
        assertThat(change(id, "demo-agency-1").status()).as("it may not assess any more").isEqualTo(201);
        post(citizen, id, "/objection-withdrawal", null);
        String other = assessed(511, 52);
        assertThat(post(citizen, other, "/objections", Map.of("agency", "agency-of-two", "reason", "不符"))
                .text("/errors/0/code")).isEqualTo("unknown");
        assertThat(commission("371002", "再次委托").status()).isEqualTo(201);
        post(citizen, id, "/withdrawal", null);
        post(citizen, other, "/withdrawal", null);
    }

    @Test
    @DisplayName("第十五条: only an agency that a district has commissioned, or that assesses for a home")
    void onlyAQualifiedAgency() {
        String id = assessed(508, 52);
        Map<String, Object> unknown = Map.of("agency", "agency-weihai-9", "reason", "不符");
        assertThat(post(citizen, id, "/objections", unknown).text("/errors/0/pointer")).isEqualTo("/agency");
        WebTestClient district = Apis.client(port, Tokens.operator("officer", "371002", "district")
                .scopes("eldercare.read", "eldercare.decide").token());
        assertThat(walk.post(district, "/assessment-agencies",
                Map.of("org", "agency-weihai-9", "name", "某评估中心", "basis", "委托书"), null).text("/districtCode"))
                .isEqualTo("371002");
        assertThat(walk.get(citizen, "/assessment-agencies").texts("/items", "org")).contains("agency-weihai-9",
                "demo-agency-1", "demo-agency-2");
        assertThat(post(citizen, id, "/objections", unknown).status()).isEqualTo(201);
        assertThat(post(walk.citizen("stranger"), id, "/objection-withdrawal", null).status()).isEqualTo(404);
        post(citizen, id, "/withdrawal", null);
    }
}
