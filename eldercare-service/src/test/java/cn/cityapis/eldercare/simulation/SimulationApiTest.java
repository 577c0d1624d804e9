package cn.cityapis.eldercare.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.eldercare.HomeScene;
import cn.cityapis.eldercare.Walk;
import cn.cityapis.platform.test.ServiceTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.r2dbc.core.DatabaseClient;

@ServiceTest(properties = {"demo.data=true", "test.database=of-beds"})
class SimulationApiTest {

    private static final String PATH = "/homes/" + Walk.HOME_1 + "/simulations";

    @LocalServerPort
    private int port;

    @Autowired
    private DatabaseClient database;

    private Walk walk;
    private HomeScene scene;

    @BeforeEach
    void setUp() {
        scene = new HomeScene(port, database);
        walk = scene.walk;
    }

    @Test
    void moreBedsPlaceMoreAndOnlyTheQuestionIsWritten() {
        long audited = audited();
        String before = everything();
        Walk.Answer answer = walk.post(walk.operator, PATH,
                Map.of("bedKind", "NURSING", "moreBeds", 20, "seed", 7), null);
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        assertThat(answer.text("/status")).isEqualTo("SIMULATED");
        assertThat(answer.body().at("/seed").asLong()).isEqualTo(7);
        assertThat(answer.body().at("/sample/placements").asInt()).isGreaterThan(20);
        assertThat(placed(answer, "whatIf")).isGreaterThan(placed(answer, "today"));
        assertThat(walk.post(walk.operator, PATH, Map.of("bedKind", "NURSING", "moreBeds", 20, "seed", 7), null).body())
                .isEqualTo(answer.body());
        assertThat(everything()).isEqualTo(before);
        assertThat(audited()).isEqualTo(audited + 2);
    }

    private static double placed(Walk.Answer answer, String setting) {
        double placed = 0;
        for (var channel : answer.body().at("/" + setting + "/channels")) {
            placed += channel.at("/placed/p50").asDouble();
        }
        return placed;
    }

    private String everything() {
        return scene.text("""
                select concat_ws('/', (select count(*) from bed), (select sum(version) from bed),
                    (select count(*) from queue_event), (select count(*) from offer), (select count(*) from decision),
                    (select count(*) from outbox where subject = 'homes/%s'), (select count(*) from stay))
                """.formatted(Walk.HOME_1));
    }

    private long audited() {
        return scene.count("select count(*) from audit_entry where action = 'simulation.run'");
    }

    @Test
    void whereLittleIsRecordedNoFiguresAreGiven() {
        Walk.Answer answer = walk.post(scene.operator, scene.path + "/simulations", Map.of(), null);
        assertThat(answer.text("/status")).isEqualTo("NOT_ENOUGH_DATA");
        assertThat(answer.body().has("today") || answer.body().has("whatIf")).isFalse();
        assertThat(answer.text("/explanation")).contains("数据不足");
    }

    @Test
    void whatIsWrongIsNamedAndOthersHomesAreNotShown() {
        Walk.Answer wrong = walk.post(walk.operator, PATH,
                Map.of("moreBeds", 3, "channelOrder", List.of("SPECIAL", "SPECIAL")), null);
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.texts("/errors", "pointer")).containsExactly("/bedKind", "/channelOrder");
        assertThat(walk.post(walk.operator, PATH, Map.of("bedKind", "TENT", "moreBeds", 1001), null)
                .texts("/errors", "pointer")).contains("/bedKind", "/moreBeds");
        assertThat(walk.post(walk.otherOperator, PATH, Map.of(), null).status()).isEqualTo(404);
        assertThat(walk.post(walk.district("371003"), PATH, Map.of(), null).status()).isEqualTo(404);
        assertThat(walk.post(walk.district("371002"), PATH, Map.of(), null).status()).isEqualTo(200);
    }
}
