package cn.cityapis.eldercare.offer;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.eldercare.Fixtures;
import cn.cityapis.eldercare.Walk;
import cn.cityapis.platform.test.ServiceTest;
import cn.cityapis.platform.time.DevelopmentClock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.reactive.server.WebTestClient;

@ServiceTest(properties = {"demo.data=true", "test.database=of-beds"})
@DisplayName("第二十四条: papers that are checked keep no bed for who does not move in")
class LapseApiTest extends TwoHomesScene {

    private static final AtomicInteger NUMBERS = new AtomicInteger(500);

    @Autowired
    private DevelopmentClock clock;

    private Instant real;
    private WebTestClient citizen;
    private String application;
    private String offer;

    @BeforeEach
    void papersChecked() {
        real = clock.instant();
        clock.moveTo(Instant.parse("2026-11-25T02:00:00Z"));
        int number = NUMBERS.getAndIncrement();
        citizen = walk.citizen("checked-" + number);
        application = scene.waiting(citizen, Fixtures.idNumber(1946, number), 52);
        offer = "/offers/" + scene.addBed(nursing, "1", false).text("/offerId");
        walk.post(citizen, offer + "/acceptance", null, walk.get(citizen, offer).etag());
        Walk.Answer checked = walk.post(scene.operator, offer + "/paper-check", Map.of("originalsSeen",
                List.of("APPLICANT_ID_CARD", "APPLICANT_HOUSEHOLD_REGISTER", "PHYSICAL_EXAMINATION"),
                "agreedMonthlyFen", 1), walk.get(scene.operator, offer).etag());
        assertThat(checked.text("/state")).as(checked.body().toString()).isEqualTo("PAPERS_CHECKED");
    }

    @AfterEach
    void back() {
        clock.moveTo(real);
    }

    @Test
    void itLapsesAfterItsLastDay() {
        clock.moveTo(Instant.parse("2026-12-03T02:00:00Z"));
        for (int tries = 0; tries < 600 && !walk.get(citizen, offer).text("/state").equals("LAPSED"); tries++) {
            LockSupport.parkNanos(100_000_000);
        }
        assertThat(walk.get(citizen, offer).text("/state")).isEqualTo("LAPSED");
        assertThat(walk.get(citizen, "/applications/" + application).text("/state")).isEqualTo("FORFEITED");
        assertThat(scene.count("select count(*) from deadline where kind = 'MOVE_IN' and missed_at is not null "
                + "and application_id = '" + application + "'")).isEqualTo(1);
        assertThat(scene.count("select count(*) from bed where state = 'FREE' and home_id = '" + scene.home + "'"))
                .isEqualTo(1);
    }

    @Test
    void heMayStillRefuse() {
        Walk.Answer refused = walk.post(citizen, offer + "/refusal", Map.of("reason", "不习惯"),
                walk.get(citizen, offer).etag());
        assertThat(refused.text("/state")).as(refused.body().toString()).isEqualTo("REFUSED");
        assertThat(walk.get(citizen, "/applications/" + application).text("/state")).isEqualTo("FORFEITED");
    }
}
