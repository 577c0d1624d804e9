package cn.cityapis.eldercare.application;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.eldercare.ApplicationScene;
import cn.cityapis.eldercare.Fixtures;
import cn.cityapis.eldercare.HomeScene;
import cn.cityapis.platform.test.ServiceTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;

@ServiceTest(properties = {"demo.data=true", "test.database=of-assessors", "eldercare.jobs.lapse-every=PT10H",
        "eldercare.jobs.place-after=P3650D"})
@DisplayName("第十五条, 第十八条: an agency sees whom it has to assess, until it has")
class AssessorAccessApiTest extends ApplicationScene {

    @Autowired
    private DatabaseClient database;

    private HomeScene scene;

    AssessorAccessApiTest() {
        super("citizen-seen-by-agencies");
    }

    @BeforeEach
    void openAHome() {
        scene = new HomeScene(port, database);
    }

    private void sees(WebTestClient assessor, String id, boolean seen) {
        for (String what : List.of("", "/form", "/materials", "/assessments", "/appointments",
                "/circumstance-changes")) {
            assertThat(walk.get(assessor, "/applications/" + id + what).status()).as(what).isEqualTo(seen ? 200 : 404);
        }
    }

    private String qualified(int sequence) {
        String id = scene.submitted(citizen, Fixtures.idNumber(1936, sequence));
        sees(scene.assessor, id, false);
        post(scene.operator, id, "/review", Map.of("verdict", "QUALIFIED", "reason", "资料齐全"));
        return id;
    }

    @Test
    void fromTheCallToTheResultAndNotAfterwards() {
        String id = qualified(891);
        sees(scene.assessor, id, true);
        assess(scene.assessor, id, "/assessments", 52);
        sees(scene.assessor, id, false);
        String offer = scene.addBed(scene.type("NURSING", 1, "MODERATE"), "1", false).text("/offerId");
        sees(scene.assessor, id, false);
        assertThat(List.of(seesOffer(scene.assessor, offer), seesOffer(walk.otherAssessor, offer)))
                .as("of whom it may tell to move in").containsExactly(200, 404);
        assertThat(scene.moveIn(citizen, offer).text("/state")).isEqualTo("COMPLETED");
        sees(scene.assessor, id, false);
        assertThat(seesOffer(scene.assessor, offer)).isEqualTo(404);
        assertThat(assess(scene.assessor, id, "/resident-assessments", 40).status()).as("第二十三条").isEqualTo(201);
    }

    private int seesOffer(WebTestClient assessor, String offer) {
        int notices = walk.get(assessor, "/offers/" + offer + "/agency-notices").status();
        assertThat(walk.get(assessor, "/offers/" + offer).status()).isEqualTo(notices);
        return notices;
    }

    @Test
    void whoLooksAgainSeesItUntilItHas() {
        String id = qualified(892);
        assess(scene.assessor, id, "/assessments", 52);
        sees(walk.otherAssessor, id, false);
        post(citizen, id, "/objections", Map.of("agency", "demo-agency-2", "reason", "不符"));
        sees(walk.otherAssessor, id, true);
        sees(scene.assessor, id, false);
        assertThat(assess(walk.otherAssessor, id, "/rechecks", 40).status()).isEqualTo(201);
        sees(walk.otherAssessor, id, false);
        post(citizen, id, "/withdrawal", null);
        sees(walk.otherAssessor, id, false);
    }

    @Test
    void whoDoesNotComeIsNoMatterOfTheAgencyAnyMore() {
        String id = qualified(893);
        post(scene.assessor, id, "/assessment-refusal", Map.of("reason", "不接受"));
        sees(scene.assessor, id, false);
    }
}
