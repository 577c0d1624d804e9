package cn.cityapis.eldercare.application;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.eldercare.ApplicationScene;
import cn.cityapis.eldercare.Fixtures;
import cn.cityapis.eldercare.HomeScene;
import cn.cityapis.eldercare.Walk;
import cn.cityapis.platform.test.ServiceTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;

/** The facts of a state tell nobody who reads the table why, or what of income is to be proven. */
@ServiceTest(properties = {"demo.data=true", "test.database=of-free-texts", "eldercare.jobs.lapse-every=PT10H",
        "eldercare.jobs.place-after=P3650D", "eldercare.jobs.seal-texts-every=PT10H"})
class SealFactsApiTest extends ApplicationScene {

    @Autowired
    private DatabaseClient database;

    @Autowired
    private SealFacts job;

    private HomeScene scene;

    SealFactsApiTest() {
        super("citizen-of-facts");
    }

    @BeforeEach
    void openAHome() {
        scene = new HomeScene(port, database);
    }

    private String facts(String id) {
        return scene.text("select state_facts from application where id = '" + id + "'");
    }

    private String incomplete(int sequence) {
        String id = walk.post(citizen, "/applications",
                Walk.form(Fixtures.idNumber(1936, sequence), List.of(scene.home), "LOW_INCOME"), null).text("/id");
        walk.submit(citizen, id);
        return id;
    }

    @Test
    void whatIsMissingIsShownAndNotInTheTable() {
        String id = incomplete(881);
        Walk.Answer shown = walk.get(citizen, "/applications/" + id);
        assertThat(shown.texts("/missing", "pointer")).contains("/materials/TOWN_PROOF");
        assertThat(facts(id)).contains("notifiedAt").doesNotContain("TOWN_PROOF");
    }

    @Test
    void whatWasInClearIsSealedAndShownAsItWas() {
        String id = incomplete(882);
        Walk.Answer before = walk.get(citizen, "/applications/" + id);
        scene.run("""
                update application set missing_sealed = null, state_facts = jsonb_set(state_facts, '{missing}', '%s')
                where id = '%s'
                """.formatted(before.body().at("/missing"), id));
        assertThat(facts(id)).contains("TOWN_PROOF");
        assertThat(walk.get(citizen, "/applications/" + id).body().at("/missing"))
                .isEqualTo(before.body().at("/missing"));
        job.seal().block();
        assertThat(facts(id)).doesNotContain("TOWN_PROOF");
        assertThat(walk.get(citizen, "/applications/" + id).body()).isEqualTo(before.body());
        assertThat(walk.submit(citizen, id).status()).as("the version has not changed").isEqualTo(200);
    }

    @Test
    void whyHeWasRejectedIsToldByTheDecisionAlone() {
        String id = scene.submitted(citizen, Fixtures.idNumber(1936, 883));
        post(scene.operator, id, "/review", Map.of("verdict", "REJECTED", "reason", "患有传染病"));
        assertThat(facts(id)).doesNotContain("传染病");
        scene.run("update application set state_facts = state_facts || '{\"reason\": \"患有传染病\"}' where id = '" + id
                + "'");
        assertThat(walk.get(citizen, "/applications/" + id).texts("/decisions", "reason")).as("of before")
                .contains("患有传染病");
        job.seal().block();
        assertThat(facts(id)).doesNotContain("传染病");
        assertThat(walk.get(citizen, "/applications/" + id).texts("/decisions", "reason")).contains("患有传染病");
    }
}
