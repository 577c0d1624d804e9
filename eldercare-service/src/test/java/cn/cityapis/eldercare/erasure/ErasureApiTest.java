package cn.cityapis.eldercare.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.cityapis.eldercare.Fixtures;
import cn.cityapis.eldercare.HomeScene;
import cn.cityapis.eldercare.Walk;
import cn.cityapis.platform.test.ServiceTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import tools.jackson.databind.JsonNode;

@ServiceTest(properties = {"demo.data=true", "test.database=of-erasures", "eldercare.jobs.lapse-every=PT10H",
        "eldercare.jobs.place-after=P3650D", "eldercare.jobs.retention-every=PT10H",
        "eldercare.jobs.erase-files-every=PT0.2S"})
@DisplayName("个人信息保护法 第四十七条: the city erases a person")
class ErasureApiTest extends ErasureScene {

    @Autowired
    private EndRetention retention;

    @Value("${app.data-dir}")
    private Path data;

    private HomeScene scene;

    ErasureApiTest() {
        super("citizen-to-be-erased");
    }

    @BeforeEach
    void openAHome() {
        scene = new HomeScene(port, database);
    }

    private List<Path> files(JsonNode materials) {
        return materials.findValuesAsString("id").stream()
                .map(id -> data.resolve("materials").resolve(id.substring(0, 8)).resolve(id + ".sealed")).toList();
    }

    @Test
    void nothingTellsOfHimAnyMoreAndTheQueueIsStillProven() throws Exception {
        String number = Fixtures.idNumber(1938, 811);
        String id = left(number, scene);
        String draft = draft(number, scene);
        List<Path> files = files(walk.get(citizen, "/applications/" + id + "/materials").body());
        assertThat(files).hasSize(7).allMatch(Files::exists);
        assertThat(traces(number)).contains("application.person_index", "application.sealed (sealed)",
                "offer.person_index", "prior_resident.person_index", "circumstance_change.sealed (sealed)");
        assertThat(tracesOfIllness(number)).contains("illness_note.sealed (sealed)");
        assertThat(tracesOfTyped(number)).as("sealed, and nowhere else").containsExactlyInAnyOrder(
                "adjustment.reason_sealed (sealed)", "appointment.out_of_turn_sealed (sealed)",
                "appointment.place_sealed (sealed)", "circumstance_change.reason_sealed (sealed)",
                "decision.reason_sealed (sealed)", "stay.end_note_sealed (sealed)", "stay.reason_sealed (sealed)");
        long events = scene.count("select count(*) from queue_event where application_id = '" + id + "'");

        Walk.Answer erased = walk.twice(walk.city, "/erasures", request(id, REQUEST), null, request(id, "别的理由"));
        assertThat(erased.status()).isEqualTo(201);
        assertThat(erased.body().at("/applicationIds").valueStream().map(JsonNode::asString))
                .containsExactlyInAnyOrder(id, draft);
        assertThat(erased.text("/files")).isEqualTo("14");

        assertThat(traces(number)).isEmpty();
        assertThat(tracesOfTyped(number)).isEmpty();
        assertThat(tracesOfIllness(number)).as("also in the home's own answer, kept for a repeated key").isEmpty();
        for (int tries = 0; tries < 600 && files.stream().anyMatch(Files::exists); tries++) {
            LockSupport.parkNanos(100_000_000);
        }
        assertThat(files).noneMatch(Files::exists);
        assertThat(scene.count("select count(*) from queue_event where application_id = '" + id + "'"))
                .isEqualTo(events);
        assertThat(scene.text("select masked_name from application where id = '" + id + "'")).isEqualTo("寇*");
        assertThat(scene.count("select count(*) from decision where application_id = '" + id + "'")).isPositive();
        assertThat(walk.get(scene.operator, scene.path + "/fairness-check").text("/fair")).isEqualTo("true");
        isKnownToNobody(id);
        isOnRecord(erased, id);
    }

    private void isKnownToNobody(String id) {
        for (var by : List.of(citizen, walk.city, scene.operator, scene.district, scene.assessor)) {
            assertThat(walk.get(by, "/applications/" + id).status()).isEqualTo(404);
        }
        assertThat(walk.get(citizen, "/applications?limit=100").texts("/items", "id")).doesNotContain(id);
        assertThat(walk.get(scene.operator, "/reviews").status()).isEqualTo(200);
        assertThat(post(citizen, id, "/withdrawal", null).status()).isEqualTo(404);
        assertThat(erase(id).status()).as("once").isEqualTo(404);
    }

    private void isOnRecord(Walk.Answer erased, String id) {
        Walk.Answer list = walk.get(walk.city, "/erasures?limit=100");
        assertThat(list.body().at("/items").valueStream()).contains(erased.body());
        assertThat(scene.text("""
                select subject || ' ' || org || ' ' || (details ->> 'reason') from audit_entry
                where action = 'person.erase' and resource_id = '%s'
                """.formatted(erased.text("/id")))).isEqualTo("demo-city-officer 371000 " + REQUEST);
        assertThat(scene.count("select count(*) from outbox where type = 'eldercare.application.erased' and subject = "
                + "'applications/" + id + "'")).isEqualTo(1);
        assertThatThrownBy(() -> scene.run("update erasure set reason = ''")).hasStackTraceContaining("append-only");
        assertThatThrownBy(() -> scene.run("update application set live = true where id = '" + id + "'"))
                .hasStackTraceContaining("application_erased_whole");
    }

    @Test
    void whatStillNeedsItIsNamedAllAtOnce() throws Exception {
        String number = Fixtures.idNumber(1938, 812);
        String ended = withdrawn(number, scene);
        String open = draft(number, scene);
        walk.submit(citizen, open);
        assertThat(kinds(erase(ended))).containsExactly("APPLICATION_OPEN", "PERIOD_RUNS");
        scene.assessed(open, 52);
        post(citizen, open, "/circumstance-changes", Map.of("categories", List.of("VETERAN"), "explanation", "补交"));
        assertThat(kinds(erase(ended))).containsExactly("APPLICATION_OPEN", "CHANGE_UNDECIDED", "PERIOD_RUNS");
        assertThat(walk.get(citizen, "/applications/" + open).text("/state")).isEqualTo("WAITING");
        post(citizen, open, "/withdrawal", null);
        assertThat(traces(number)).isNotEmpty();
    }

    /** Whoever typed her number. */
    @Test
    void whatAStrangerBeganDoesNotStandAgainstItAndGoesToo() throws Exception {
        String number = Fixtures.idNumber(1938, 816);
        String ended = withdrawn(number, scene);
        var stranger = walk.citizen("stranger-with-her-number");
        String begun = walk.post(stranger, "/applications", form(number, scene.home), null).text("/id");
        assertThat(walk.submit(stranger, begun).text("/state")).isEqualTo("INCOMPLETE");
        assertThat(erase(ended).body().at("/applicationIds").valueStream().map(JsonNode::asString))
                .containsExactlyInAnyOrder(ended, begun);
        assertThat(traces(number)).isEmpty();
        assertThat(walk.get(stranger, "/applications/" + begun).status()).isEqualTo(404);
        assertThat(scene.count("select count(*) from deadline where application_id = '" + begun
                + "' and met_at is null and closed_at is null")).isZero();
        assertThat(scene
                .text("select state_facts::text || ' ' || length(missing_sealed) from application where id = '" + begun
                        + "'"))
                .doesNotContain("missing").endsWith(" 0");
    }

    @Test
    void onlyTheCityAndOnlyWhatIsThere() {
        String id = withdrawn(Fixtures.idNumber(1938, 813), scene);
        Map<String, Object> request = request(id, REQUEST);
        for (var by : List.of(citizen, scene.operator, scene.district, scene.assessor, walk.app)) {
            assertThat(walk.post(by, "/erasures", request, null).status()).isEqualTo(403);
            assertThat(walk.get(by, "/erasures").status()).isEqualTo(403);
        }
        assertThat(walk.get(citizen, "/applications/" + id).status()).isEqualTo(200);
        assertThat(erase("00000000-0000-7000-8000-00000000dead").status()).isEqualTo(404);
        assertThat(walk.post(walk.city, "/erasures", Map.of(), null).texts("/errors", "pointer"))
                .containsExactlyInAnyOrder("/applicationId", "/ground", "/reason");
        assertThat(erase(id).status()).isEqualTo(201);
    }

    @Test
    void handedInAtTheSameMomentEitherIsErasedOrRuns() throws Exception {
        for (int sequence = 820; sequence < 828; sequence++) {
            String number = Fixtures.idNumber(1938, sequence);
            String ended = withdrawn(number, scene);
            String draft = draft(number, scene);
            Callable<Walk.Answer> erasing = () -> erase(ended);
            Callable<Walk.Answer> submitting = () -> walk.submit(citizen, draft);
            List<Integer> answers = HomeScene.together(List.of(erasing, submitting));
            boolean erased = answers.getFirst() == 201;
            assertThat(answers).containsExactly(erased ? 201 : 409, erased ? 404 : 200);
            assertThat(traces(number).isEmpty()).isEqualTo(erased);
            assertThat(walk.get(citizen, "/applications/" + ended).status()).isEqualTo(erased ? 404 : 200);
            assertThat(walk.get(citizen, "/applications/" + draft).text("/state")).isEqualTo(erased ? "" : "SUBMITTED");
            post(citizen, draft, "/withdrawal", null);
        }
    }

    @Test
    void twoWhoEraseAtOnceEraseOnce() throws Exception {
        String id = withdrawn(Fixtures.idNumber(1938, 814), scene);
        Callable<Walk.Answer> erasing = () -> erase(id);
        assertThat(HomeScene.together(List.of(erasing, erasing))).containsExactlyInAnyOrder(201, 404);
    }

    @Test
    void aDraftOfBeforeIsFoundByItsPersonToo() throws Exception {
        String number = Fixtures.idNumber(1938, 815);
        String ended = withdrawn(number, scene);
        String former = draft(number, scene);
        scene.run("update application set person_index = null where id = '" + former + "'");
        retention.end().block();
        assertThat(erase(ended).body().at("/applicationIds")).hasSize(2);
        assertThat(traces(number)).isEmpty();
    }
}
