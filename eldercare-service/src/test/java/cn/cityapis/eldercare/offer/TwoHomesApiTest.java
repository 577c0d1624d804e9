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
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/** Who is next when two homes ask at once; nobody is placed by himself meanwhile. */
@ServiceTest(properties = {"demo.data=true", "eldercare.jobs.place-after=P3650D"})
class TwoHomesApiTest {

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
