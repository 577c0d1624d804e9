package cn.cityapis.eldercare.offer;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.eldercare.Fixtures;
import cn.cityapis.eldercare.HomeScene;
import cn.cityapis.eldercare.Walk;
import cn.cityapis.platform.test.ServiceTest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/** Who is placed without anybody asking, and who is next when two homes ask at once. */
@ServiceTest(properties = {"demo.data=true", "eldercare.jobs.place-special-after=PT0S",
        "eldercare.jobs.place-special-every=PT0.2S"})
class PlacingApiTest {

    @LocalServerPort
    private int port;

    @Autowired
    private DatabaseClient database;

    @Autowired
    private TransactionalOperator transaction;

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

    @Test
    void ofTwoHomesThatPickTheSameOneTheLoserGoesOnToTheNext() throws Exception {
        HomeScene other = new HomeScene(port, database);
        String otherType = other.type("NURSING", 200_000, "MODERATE");
        String bed = scene.addBed(nursing, "1", false).text("/bed/id");
        String otherBed = other.addBed(otherType, "1", false).text("/bed/id");
        String both = scene.waiting(walk.citizen("both"), Fixtures.idNumber(1939, 815), 52,
                List.of(scene.home, other.home), List.of("NURSING"));
        String second = scene.waiting(walk.citizen("second"), Fixtures.idNumber(1939, 816), 52);
        String third = other.waiting(walk.citizen("third"), Fixtures.idNumber(1939, 817), 52);
        // the first request of its kind fills a cache under a lock
        scene.offer(scene.home);
        holdUntilTwoWait(both);
        assertThat(HomeScene.together(List.of(() -> scene.offer(bed), () -> other.offer(otherBed))))
                .containsExactly(201, 201);
        assertThat(scene.count("select count(*) from offer where application_id = '" + both + "' and state = 'OPEN'"))
                .isEqualTo(1);
        assertThat(scene.count("select count(*) from offer where application_id in ('" + second + "', '" + third
                + "') and state = 'OPEN'")).isEqualTo(1);
        assertThat(scene.text("select candidates -> 0 ->> 'verdict' from offer where application_id in ('" + second
                + "', '" + third + "')")).isEqualTo("OFFER_OPEN");
    }

    /** Whoever else wants the application has to wait until two of them do. */
    private void holdUntilTwoWait(String application) {
        Mono<Long> waiting = database.sql("""
                select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()
                """).mapValue(Long.class).one();
        Mono<Void> held = database.sql("select id from application where id = '" + application + "' for update").then();
        Mono<Void> work = held.then(waiting.filter(count -> count >= 2)
                .repeatWhenEmpty(400, tries -> tries.delayElements(Duration.ofMillis(10))).then())
                .as(transaction::transactional);
        work.subscribe();
        for (int tries = 0; tries < 100 && !isHeld(application); tries++) {
            LockSupport.parkNanos(20_000_000);
        }
    }

    private boolean isHeld(String application) {
        return scene.count("select count(*) from (select 1 from application where id = '" + application
                + "' for update skip locked) free") == 0;
    }
}
