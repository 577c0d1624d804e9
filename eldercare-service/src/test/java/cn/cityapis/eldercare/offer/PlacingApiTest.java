package cn.cityapis.eldercare.offer;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.eldercare.Fixtures;
import cn.cityapis.eldercare.HomeScene;
import cn.cityapis.eldercare.Walk;
import cn.cityapis.platform.test.ServiceTest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;

/** Who is placed without anybody asking. */
@ServiceTest(properties = {"demo.data=true", "eldercare.jobs.place-after=PT0S",
        "eldercare.jobs.place-every=PT0.2S"})
class PlacingApiTest {

    @LocalServerPort
    private int port;

    @Autowired
    private DatabaseClient database;

    private HomeScene scene;
    private Walk walk;
    private String nursing;

    @BeforeEach
    void setUp() {
        scene = new HomeScene(port, database);
        walk = scene.walk;
        nursing = scene.type("NURSING", 200_000, "MODERATE", "SEVERE");
    }

    /** The bed that somebody was offered, or nothing after a while. */
    private String offeredBed(WebTestClient citizen, String application) {
        for (int tries = 0; tries < 50; tries++) {
            String offer = walk.get(citizen, "/applications/" + application).text("/offerId");
            if (!offer.isEmpty()) {
                return walk.get(citizen, "/offers/" + offer).text("/bedLabel");
            }
            LockSupport.parkNanos(100_000_000);
        }
        return "";
    }

    @Test
    @DisplayName("第八条: the special channel is placed at once, before those who have waited longer")
    void theSpecialChannelIsPlacedAtOnceIntoAFreeBed() {
        String bed = scene.addBed(nursing, "1", false).text("/bed/id");
        scene.addBed(nursing, "应急", true);
        WebTestClient citizen = walk.citizen("special-1");
        String id = scene.waiting(citizen, Fixtures.idNumber(1939, 811), 52, "LOW_INCOME");
        assertThat(offeredBed(citizen, id)).isEqualTo("1");
        assertThat(scene.bed(bed).text("/state")).isEqualTo("OFFERED");
    }

    @Test
    @DisplayName("第二十五条: without a free bed, into an emergency bed, and its use is recorded")
    void otherwiseIntoAnEmergencyBed() {
        scene.addBed(nursing, "应急", true);
        WebTestClient citizen = walk.citizen("special-2");
        String id = scene.waiting(citizen, Fixtures.idNumber(1939, 812), 52, "DESTITUTE");
        assertThat(offeredBed(citizen, id)).isEqualTo("应急");
        scene.moveIn(citizen, walk.get(citizen, "/applications/" + id).text("/offerId"));
        assertThat(walk.get(scene.operator, scene.path + "/stays?emergency=true").texts("/items", "purpose"))
                .containsExactly("SPECIAL_CHANNEL");
    }

    @Test
    @DisplayName("第八条: without any bed, first in line for the next")
    void otherwiseFirstInLineForTheNext() {
        WebTestClient ordinary = walk.citizen("ordinary-3");
        scene.waiting(ordinary, Fixtures.idNumber(1939, 813), 52);
        WebTestClient citizen = walk.citizen("special-3");
        String id = scene.waiting(citizen, Fixtures.idNumber(1939, 814), 52, "DESTITUTE");
        assertThat(walk.get(citizen, "/applications/" + id).text("/state")).isEqualTo("WAITING");
        Walk.Answer added = scene.addBed(nursing, "1", false);
        assertThat(walk.get(scene.operator, "/offers/" + added.text("/offerId")).text("/applicationId")).isEqualTo(id);
    }

    @Test
    @DisplayName("第十四条: who left and applies again stands by the new time of application")
    void whoLeftAndAppliesAgainStandsBehind() {
        WebTestClient citizen = walk.citizen("again");
        String number = Fixtures.idNumber(1939, 818);
        String first = scene.waiting(citizen, number, 52);
        String other = scene.waiting(walk.citizen("stayed"), Fixtures.idNumber(1939, 819), 52);
        walk.post(citizen, "/applications/" + first + "/withdrawal", null,
                walk.get(citizen, "/applications/" + first).etag());
        String again = scene.waiting(citizen, number, 52);
        assertThat(walk.get(citizen, "/applications/" + again).text("/state")).isEqualTo("WAITING");
        Walk.Answer added = scene.addBed(nursing, "1", false);
        assertThat(walk.get(scene.operator, "/offers/" + added.text("/offerId")).text("/applicationId"))
                .isEqualTo(other);
    }

    private void wish(WebTestClient by, String application, String companion) {
        assertThat(walk.put(by, "/applications/" + application + "/companion",
                Map.of("companionApplicationId", companion, "aloneAllowed", false),
                walk.get(by, "/applications/" + application).etag()).status()).isEqualTo(200);
    }

    @Test
    @DisplayName("第八条: a couple that takes two of the free beds holds nobody else up")
    void aCoupleTakesTwoBedsAndTheNextTheThird() {
        WebTestClient he = walk.citizen("he-placed");
        WebTestClient she = walk.citizen("she-placed");
        String his = scene.submitted(he, Fixtures.idNumber(1939, 821), "DESTITUTE");
        String hers = scene.submitted(she, Fixtures.idNumber(1939, 822), "DESTITUTE");
        wish(he, his, hers);
        wish(she, hers, his);
        for (String label : List.of("1", "2", "3")) {
            scene.addBed(nursing, label, false);
        }
        WebTestClient next = walk.citizen("next-placed");
        scene.assessed(his, 52);
        scene.assessed(hers, 52);
        assertThat(List.of(offeredBed(he, his), offeredBed(she, hers))).containsExactly("1", "2");
        assertThat(offeredBed(next, scene.waiting(next, Fixtures.idNumber(1939, 823), 52, "DESTITUTE")))
                .isEqualTo("3");
    }

    @Test
    @DisplayName("第二十条: nobody waits beside a free bed that fits him, whatever his channel")
    void whoeverComesToFitAFreeBedIsOfferedIt() {
        scene.addBed(nursing, "1", false);
        WebTestClient citizen = walk.citizen("ordinary-placed");
        String id = scene.waiting(citizen, Fixtures.idNumber(1939, 824), 52);
        assertThat(offeredBed(citizen, id)).isEqualTo("1");
    }

    @Test
    void whoseOfferAtAnotherHomeEndsIsOfferedTheFreeBedHere() {
        HomeScene other = new HomeScene(port, database);
        String otherType = other.type("NURSING", 200_000, "MODERATE");
        WebTestClient citizen = walk.citizen("refused-elsewhere");
        String id = scene.waiting(citizen, Fixtures.idNumber(1939, 825), 52, List.of(scene.home, other.home),
                List.of("NURSING"));
        String there = other.addBed(otherType, "there", false).text("/offerId");
        assertThat(scene.addBed(nursing, "here", false).body().has("offerId")).isFalse();
        walk.post(citizen, "/offers/" + there + "/refusal", Map.of("reason", "太远"),
                walk.get(citizen, "/offers/" + there).etag());
        assertThat(offeredBed(citizen, id)).isEqualTo("here");
    }
}
