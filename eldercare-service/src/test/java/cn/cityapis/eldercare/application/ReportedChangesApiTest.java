package cn.cityapis.eldercare.application;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.eldercare.DatedScene;
import cn.cityapis.eldercare.Fixtures;
import cn.cityapis.eldercare.Walk;
import cn.cityapis.platform.test.ServiceTest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;

@ServiceTest(properties = {"demo.data=true", "test.database=of-reported-changes",
        "eldercare.jobs.deadlines-every=PT10H", "eldercare.jobs.place-after=P3650D"})
@DisplayName("威民发〔2023〕17号 第五条, 第十三条, 第十四条: what is reported is looked at, told to the home and judged in time")
class ReportedChangesApiTest extends DatedScene {

    private static final byte[] PDF = "%PDF-1".getBytes(StandardCharsets.US_ASCII);
    private static final Map<String, Object> POOR = Map.of("categories", List.of("LOW_INCOME"), "explanation",
            "已取得最低生活保障");
    private static final Map<String, Object> DAUGHTER = Map.of("name", "张建英", "idNumber",
            Fixtures.idNumber(1970, 522), "phone", "13800000004");

    @Autowired
    private WatchDeadlines job;

    @Autowired
    private DatabaseClient database;

    ReportedChangesApiTest() {
        super("reporting-citizen", "2026-11-25T02:00:00Z");
    }

    private String submitted(int sequence) {
        String id = walk.complete(citizen, Fixtures.idNumber(1932, sequence), List.of(Walk.HOME_1));
        assertThat(walk.submit(citizen, id).text("/state")).isEqualTo("SUBMITTED");
        return id;
    }

    private Walk.Answer report(String id, Map<String, Object> changes) {
        return post(citizen, id, "/circumstance-changes", changes);
    }

    private String change(String id, String member) {
        return walk.get(citizen, "/applications/" + id + "/circumstance-changes").text("/0/" + member);
    }

    private Walk.Answer verdict(String id, String verdict) {
        return post(walk.operator, id, "/circumstance-changes/" + change(id, "id") + "/verdict",
                Map.of("verdict", verdict, "reason", "已核对"));
    }

    private List<String> told(String id, String kind) {
        return database.sql("select recipient from notice where about = :about and kind = :kind order by 1")
                .bind("about", "applications/" + id).bind("kind", kind).mapValue(String.class).all().collectList()
                .block();
    }

    private String period(String id) {
        return database.sql("""
                select concat_ws(' ', last_day, bound_org, case when met_at is not null then 'met' end,
                                 case when missed_at is not null then 'missed' end, case when closed_at is not null then 'closed' end)
                from deadline where application_id = :id::uuid and kind = 'CHANGE_REVIEW'
                """).bind("id", id).mapValue(String.class).one().block();
    }

    @Test
    @DisplayName("第五条: whoever has moved out of the city does not go on waiting under his new address")
    void onlyWhoeverLivesInTheCityWaits() {
        String id = submitted(501);
        Walk.Answer away = report(id, Map.of("residenceAreaCode", "110101", "explanation", "搬到外地"));
        assertThat(away.status()).isEqualTo(400);
        assertThat(away.text("/errors/0/pointer")).isEqualTo("/residenceAreaCode");
        assertThat(away.text("/errors/0/code")).isEqualTo("not-resident");
        assertThat(report(id, Map.of("residenceAreaCode", "371083", "address", "演示路 9 号", "explanation", "搬家"))
                .status()).isEqualTo(201);
        assertThat(told(id, "circumstances-updated")).containsExactly("demo-home-1");
        assertThat(walk.get(citizen, "/applications/" + id + "/form").text("/applicant/residenceAreaCode"))
                .isEqualTo("371083");
    }

    @Test
    void anOpenReportHoldsUpOnlyAnotherThatNeedsTheHome() {
        String id = submitted(502);
        assertThat(report(id, POOR).status()).isEqualTo(201);
        assertThat(report(id, Map.of("phone", "13900000009", "explanation", "换号")).text("/applicant/phone"))
                .isEqualTo("139****0009");
        assertThat(report(id, POOR).text("/code")).isEqualTo("not-possible-now");
    }

    @Test
    void theHomeHasFiveWorkingDaysForItsVerdict() {
        String id = submitted(503);
        Walk.Answer reported = report(id, POOR);
        assertThat(reported.texts("/deadlines", "kind")).contains("CHANGE_REVIEW");
        assertThat(period(id)).isEqualTo("2026-12-02 demo-home-1");
        clock.moveTo(Instant.parse("2026-12-02T16:00:00Z"));
        job.sweep().block();
        assertThat(period(id)).isEqualTo("2026-12-02 demo-home-1 missed");
        assertThat(verdict(id, "REFUSED").status()).as("late, but not too late").isEqualTo(200);
        assertThat(period(id)).isEqualTo("2026-12-02 demo-home-1 met missed");
    }

    @Test
    void anotherGuardianWaitsForTheHomeAndBringsHisOwnPapers() {
        String id = submitted(504);
        assertThat(report(id, Map.of("guardian", Map.of("name", "张建英"), "explanation", "女儿任监护人"))
                .texts("/errors", "pointer")).containsExactlyInAnyOrder("/guardian/idNumber", "/guardian/phone");
        assertThat(report(id, Map.of("guardian", DAUGHTER, "explanation", "女儿任监护人")).status()).isEqualTo(201);
        assertThat(walk.get(citizen, "/applications/" + id + "/form").body().hasNonNull("guardian")).isFalse();
        assertThat(walk.get(walk.operator, "/applications/" + id + "/circumstance-changes/" + change(id, "id")
                + "/form").text("/guardian/name")).as("whom the home is to look at").isEqualTo("张建英");
        assertThat(verdict(id, "CONFIRMED").texts("/errors", "pointer")).containsExactlyInAnyOrder(
                "/materials/GUARDIAN_ID_CARD", "/materials/GUARDIAN_HOUSEHOLD_REGISTER");
        papers(id);
        assertThat(verdict(id, "CONFIRMED").status()).isEqualTo(200);
        assertThat(period(id)).isEqualTo("2026-12-02 demo-home-1 met");
        assertThat(walk.get(citizen, "/applications/" + id + "/form").text("/guardian/name")).isEqualTo("张建英");
    }

    private void papers(String id) {
        for (String kind : List.of("GUARDIAN_ID_CARD", "GUARDIAN_HOUSEHOLD_REGISTER")) {
            assertThat(walk.upload(citizen, id, kind, PDF, "application/pdf").status()).isEqualTo(201);
        }
    }

    @Test
    void thePapersOfTheOneBeforeAreNotHisAndHeMayEndAsWell() {
        String id = submitted(505);
        report(id, Map.of("guardian", DAUGHTER, "explanation", "女儿任监护人"));
        papers(id);
        verdict(id, "CONFIRMED");
        clock.moveTo(Instant.parse("2026-11-26T02:00:00Z"));
        Map<String, Object> son = Map.of("name", "张建国", "idNumber", Fixtures.idNumber(1968, 523), "phone",
                "13800000005");
        report(id, Map.of("guardian", son, "explanation", "改由儿子任监护人"));
        assertThat(verdict(id, "CONFIRMED").texts("/errors", "pointer")).hasSize(2);
        assertThat(verdict(id, "REFUSED").status()).isEqualTo(200);
        Walk.Answer phoned = report(id, Map.of("guardian", Map.of("name", "张建英", "idNumber",
                Fixtures.idNumber(1970, 522), "phone", "13800000006"), "explanation", "监护人换号"));
        assertThat(phoned.status()).isEqualTo(201);
        assertThat(change(id, "state")).as("the same person").isEqualTo("CONFIRMED");
        assertThat(report(id, Map.of("without", List.of("GUARDIAN"), "guardian", son, "explanation", "矛盾"))
                .text("/errors/0/code")).isEqualTo("contradicts");
        report(id, Map.of("without", List.of("GUARDIAN"), "explanation", "监护人去世"));
        assertThat(verdict(id, "CONFIRMED").status()).isEqualTo(200);
        assertThat(walk.get(citizen, "/applications/" + id + "/form").body().hasNonNull("guardian")).isFalse();
    }

    @Test
    void anAgentIsTakenOnAndWhoeverFilesStaysNamed() {
        String id = submitted(506);
        report(id, Map.of("agent", Map.of("kind", "ORGANISATION", "relation", "FORMER_EMPLOYER", "name", "演示单位",
                "organisationNumber", "12371000000000000X", "phone", "06315200000"), "explanation", "委托原工作单位"));
        assertThat(walk.upload(citizen, id, "AGENT_ORGANISATION_CERTIFICATE", PDF, "application/pdf").status())
                .isEqualTo(201);
        assertThat(verdict(id, "CONFIRMED").status()).isEqualTo(200);
        assertThat(walk.get(citizen, "/applications/" + id + "/form").text("/agent/name")).isEqualTo("演示单位");
        assertThat(report(id, Map.of("agent", Map.of("kind", "ORGANISATION", "relation", "RELATIVE", "name", "演示单位",
                "organisationNumber", "12371000000000000X", "phone", "06315200000"), "explanation", "关系有误"))
                .text("/errors/0/code")).isEqualTo("agent-kind-differs");
    }

    @Test
    void withTheRoundItsReportEnds() {
        String id = submitted(507);
        report(id, POOR);
        post(citizen, id, "/withdrawal", null);
        assertThat(period(id)).isEqualTo("2026-12-02 demo-home-1 closed");
        assertThat(change(id, "state")).isEqualTo("CLOSED");
    }
}
