package cn.cityapis.eldercare.text;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.eldercare.ApplicationScene;
import cn.cityapis.eldercare.Fixtures;
import cn.cityapis.eldercare.HomeScene;
import cn.cityapis.eldercare.Walk;
import cn.cityapis.platform.test.ServiceTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;

/** Rows as a version of before left them: sealed where they are, and shown as they were. */
@ServiceTest(properties = {"demo.data=true", "test.database=of-free-texts", "eldercare.jobs.lapse-every=PT10H",
        "eldercare.jobs.place-after=P3650D", "eldercare.jobs.seal-texts-every=PT10H"})
@DisplayName("what was typed is sealed, also where it was not")
class SealFreeTextsApiTest extends ApplicationScene {

    private static final Map<FreeText, String> CLEAR = Map.of(FreeText.DECISION, "decision.reason", FreeText.CHANGE,
            "circumstance_change.reason", FreeText.PLACE, "appointment.place", FreeText.OUT_OF_TURN,
            "appointment.out_of_turn", FreeText.STAY, "stay.reason", FreeText.DEPARTURE, "stay.end_note",
            FreeText.ADJUSTMENT, "adjustment.reason");
    private static final String TYPED = "从前明文记下的一句";

    @Autowired
    private DatabaseClient database;

    @Autowired
    private SealFreeTexts job;

    private HomeScene scene;
    private String id;

    SealFreeTextsApiTest() {
        super("citizen-of-before");
    }

    @BeforeEach
    void oneOfBefore() {
        scene = new HomeScene(port, database);
        String bed = scene.addBed(scene.type("NURSING", 1, "MODERATE"), "1", false).text("/bed/id");
        id = scene.submitted(citizen, Fixtures.idNumber(1936, 871));
        for (String row : List.of("""
                insert into decision (id, application_id, kind, from_state, to_state, articles, reason, decided_by, decided_at,
                                      rule_book_id)
                values (gen_random_uuid(), '%s', 'QUALIFY', 'x', 'x', '{13}', '%s', 'before', now(), '2023-17')
                """, """
                insert into appointment (id, application_id, agency_org, on_day, place, booked_by, passed_over, out_of_turn,
                                         state, booked_at, ended_at)
                values (gen_random_uuid(), '%s', 'agency', current_date, '%s', 'AGENCY', 1, '%2$s', 'MOVED', now(), now())
                """, """
                insert into stay (id, home_id, bed_id, application_id, purpose, reason, began_at, began_by, ended_at,
                                  end_reason, end_note, ended_by)
                values (gen_random_uuid(), '{home}', '{bed}', '%s', 'TEMPORARY', '%s', now(), 'before', now(), 'LEFT', '%2$s',
                        'before')
                """, """
                insert into adjustment (id, home_id, bed_id, outcome, reason, decided_by, decided_at)
                select gen_random_uuid(), '{home}', '{bed}', 'KEPT', '%2$s', 'before', now() where '%1$s' <> ''
                """)) {
            scene.run(row.formatted(id, TYPED).replace("{home}", scene.home).replace("{bed}", bed));
        }
        post(citizen, id, "/circumstance-changes", Map.of("phone", "13900000001", "explanation", "换号"));
        scene.run("update circumstance_change set reason = '" + TYPED + "' where application_id = '" + id + "'");
    }

    private long inClear(String column) {
        String[] names = column.split("\\.", -1);
        return scene.count("select count(*) from %s where %s like '%%%s%%'".formatted(names[0], names[1], TYPED));
    }

    @Test
    void eachRowOfBeforeIsSealedOnceAndShownAsItWas() {
        assertThat(CLEAR).hasSameSizeAs(FreeText.values());
        CLEAR.values().forEach(column -> assertThat(inClear(column)).as(column).isEqualTo(1));
        Walk.Answer before = walk.get(citizen, "/applications/" + id);
        Walk.Answer appointments = walk.get(citizen, "/applications/" + id + "/appointments");
        Walk.Answer changes = walk.get(citizen, "/applications/" + id + "/circumstance-changes");
        Walk.Answer stays = walk.get(scene.operator, scene.path + "/stays");
        assertThat(before.texts("/decisions", "reason")).contains(TYPED);

        job.sweep().block();

        CLEAR.values().forEach(column -> assertThat(inClear(column)).as(column).isZero());
        assertThat(walk.get(citizen, "/applications/" + id).body()).isEqualTo(before.body());
        assertThat(walk.get(citizen, "/applications/" + id + "/appointments").body()).isEqualTo(appointments.body());
        assertThat(walk.get(citizen, "/applications/" + id + "/circumstance-changes").body())
                .isEqualTo(changes.body());
        assertThat(walk.get(scene.operator, scene.path + "/stays").body()).isEqualTo(stays.body());
        assertThat(List.of(appointments, changes, stays)).allMatch(shown -> shown.body().toString().contains(TYPED));
        String sealed = scene.text("select encode(reason_sealed, 'hex') from adjustment where decided_by = 'before'");
        job.sweep().block();
        assertThat(scene.text("select encode(reason_sealed, 'hex') from adjustment where decided_by = 'before'"))
                .as("once").isEqualTo(sealed);
    }
}
