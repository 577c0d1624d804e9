package cn.cityapis.eldercare.application;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.eldercare.Fixtures;
import cn.cityapis.eldercare.ApplicationScene;
import cn.cityapis.eldercare.Walk;
import cn.cityapis.platform.test.ServiceTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;

@ServiceTest(properties = {"demo.data=true", "test.database=of-life",
        "eldercare.jobs.place-after=P3650D"})
@DisplayName("威民发〔2023〕17号 第二十三条, 第二十八条: those who live in a home")
class ResidenceApiTest extends ApplicationScene {

    private static final Map<String, Object> FLU = Map.of("kind", "INFECTIOUS", "notedOn", "2026-11-02", "handling",
            "已按规定报告并送医排查");

    @Autowired
    private DatabaseClient database;

    ResidenceApiTest() {
        super("resident-citizen");
    }

    private String resident(int sequence) {
        String id = walk.waiting(citizen, Fixtures.idNumber(1932, sequence));
        walk.moveIn(citizen, id);
        return id;
    }

    private List<String> told(String id) {
        return database.sql("select kind from notice where about = :about and kind = 'guardian-informed'")
                .bind("about", "applications/" + id).map(row -> row.get("kind", String.class)).all().collectList()
                .block();
    }

    @Test
    @DisplayName("第二十三条: assessed again, the bed still suits or he is to be moved")
    void isAssessedAgain() {
        String id = resident(501);
        Walk.Answer kept = assess(walk.assessor, id, "/resident-assessments", 40);
        assertThat(kept.status()).isEqualTo(201);
        assertThat(kept.text("/result/level")).isEqualTo("SEVERE");
        assertThat(kept.text("/outcome")).isEqualTo("KEEP");
        assertThat(told(id)).isEmpty();
        Walk.Answer moved = assess(walk.assessor, id, "/resident-assessments", 70);
        assertThat(moved.text("/outcome")).isEqualTo("MOVE");
        assertThat(told(id)).hasSize(1);
        Walk.Answer after = walk.get(citizen, "/applications/" + id);
        assertThat(after.text("/state")).isEqualTo("ADMITTED");
        assertThat(after.text("/level")).isEqualTo("SLIGHT");
        assertThat(walk.get(citizen, "/applications/" + id + "/assessments").body().findValuesAsString("purpose"))
                .containsExactly("FIRST", "RESIDENT", "RESIDENT");
        assertThat(assess(walk.otherAssessor, id, "/resident-assessments", 70).status()).isEqualTo(404);
    }

    @Test
    void whoeverStillWaitsIsNoResident() {
        String id = walk.waiting(citizen, Fixtures.idNumber(1932, 502));
        assertThat(assess(walk.assessor, id, "/resident-assessments", 40).text("/code"))
                .isEqualTo("not-possible-now");
        assertThat(post(walk.operator, id, "/illness-notes", FLU).text("/code")).isEqualTo("not-possible-now");
        post(citizen, id, "/withdrawal", null);
    }

    @Test
    @DisplayName("第二十三条: a suspicion is recorded, sealed, the guardian told, and nobody disqualified")
    void aSuspicionDisqualifiesNobody() {
        String id = resident(503);
        Walk.Answer noted = post(walk.operator, id, "/illness-notes", FLU);
        assertThat(noted.status()).isEqualTo(201);
        assertThat(noted.text("/law")).isEqualTo("传染病防治法");
        assertThat(told(id)).hasSize(1);
        assertThat(walk.get(citizen, "/applications/" + id).text("/state")).isEqualTo("ADMITTED");
        assertThat(walk.get(citizen, "/applications/" + id + "/illness-notes").texts("", "kind"))
                .containsExactly("INFECTIOUS");
        assertThat(walk.get(walk.otherOperator, "/applications/" + id + "/illness-notes").status()).isEqualTo(404);
        assertThat(post(walk.otherOperator, id, "/illness-notes", FLU).status()).isEqualTo(404);
        assertThat(post(walk.operator, id, "/illness-notes",
                Map.of("kind", "MENTAL", "notedOn", "2999-01-01", "handling", "送医")).text("/errors/0/pointer"))
                .isEqualTo("/notedOn");
    }

    @Test
    @DisplayName("第二十八条: who lived there before 2023-07-18 need not apply")
    void priorResidentsNeedNotApply() {
        String number = Fixtures.idNumber(1932, 504);
        String path = "/homes/" + Walk.HOME_1 + "/prior-residents";
        Walk.Answer wrong = walk.post(walk.operator, path, Map.of("idNumber", "1", "movedInOn", "2023-07-18"), null);
        assertThat(wrong.texts("/errors", "pointer")).containsExactly("/idNumber", "/movedInOn");
        Walk.Answer kept = walk.post(walk.operator, path, Map.of("idNumber", number, "movedInOn", "2023-07-17"), null);
        assertThat(kept.status()).isEqualTo(201);
        assertThat(kept.text("/basis/article")).isEqualTo("28");
        assertThat(kept.text("/idNumber")).doesNotContain(number.substring(6, 14));
        String id = walk.complete(citizen, number, List.of(Walk.HOME_2), "LOW_INCOME");
        Walk.Answer elsewhere = walk.submit(citizen, id);
        assertThat(elsewhere.text("/state")).as("need not, but may: %s", elsewhere.body()).isEqualTo("SUBMITTED");
        assertThat(walk.post(walk.otherOperator, path, Map.of("idNumber", number, "movedInOn", "2023-07-17"), null)
                .status()).isEqualTo(403);
    }
}
