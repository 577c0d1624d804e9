package cn.cityapis.eldercare.offer;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.eldercare.Fixtures;
import cn.cityapis.eldercare.Walk;
import cn.cityapis.platform.test.ServiceTest;
import cn.cityapis.platform.time.DevelopmentClock;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.reactive.server.WebTestClient;

@ServiceTest(properties = {"demo.data=true", "test.database=of-beds"})
@DisplayName("第二十四条, 第二十条: the agency's notice to move in is taken beside the home's; the earlier recorded one counts")
class AgencyNoticeApiTest extends TwoHomesScene {

    private static final AtomicInteger NUMBERS = new AtomicInteger(300);

    @Autowired
    private DevelopmentClock clock;

    private Instant real;
    private WebTestClient citizen;
    private String offer;

    @BeforeEach
    void offered() {
        real = clock.instant();
        clock.moveTo(Instant.parse("2026-11-25T02:00:00Z"));
        int number = NUMBERS.getAndIncrement();
        citizen = walk.citizen("told-" + number);
        scene.waiting(citizen, Fixtures.idNumber(1939, number), 52);
        offer = "/offers/" + scene.addBed(nursing, "1", false).text("/offerId");
        assertThat(walk.get(citizen, offer).text("/moveInBy")).isEqualTo("2026-12-02");
    }

    @AfterEach
    void back() {
        clock.moveTo(real);
    }

    private static Map<String, Object> told(String at) {
        return Map.of("medium", "PHONE", "toldAt", at);
    }

    private Walk.Answer note(WebTestClient by, String at) {
        return walk.post(by, offer + "/agency-notices", told(at), null);
    }

    private long toldHome() {
        return scene.count("select count(*) from notice where kind = 'agency-notice-differs' and about = '"
                + offer.substring(1) + "'");
    }

    @Test
    void aLaterOneChangesNoPeriodAndTheConflictIsShown() {
        clock.moveTo(Instant.parse("2026-11-26T03:00:00Z"));
        Walk.Answer noted = walk.twice(scene.assessor, offer + "/agency-notices", told("2026-11-26T10:00:00+08:00"),
                null, told("2026-11-26T10:01:00+08:00"));
        assertThat(noted.text("/0/lastDay")).isEqualTo("2026-12-03");
        assertThat(noted.body().at("/0/conflict").asBoolean()).isTrue();
        assertThat(walk.get(citizen, offer).text("/moveInBy")).isEqualTo("2026-12-02");
        assertThat(walk.get(citizen, offer + "/agency-notices").body()).isEqualTo(noted.body());
        assertThat(toldHome()).isEqualTo(1);
        refused(note(scene.assessor, "2026-11-26T10:00:00+08:00"), 409, "not-possible-now");
    }

    @Test
    void oneOfTheSameDaySaysTheSame() {
        clock.moveTo(Instant.parse("2026-11-25T15:59:59Z"));
        Walk.Answer noted = note(scene.assessor, "2026-11-25T23:59:59+08:00");
        assertThat(noted.text("/0/lastDay")).as(noted.body().toString()).isEqualTo("2026-12-02");
        assertThat(noted.body().at("/0/conflict").asBoolean()).isFalse();
        assertThat(toldHome()).isZero();
    }

    @Test
    void whatCannotBeIsRefused() {
        refused(note(scene.assessor, "2026-11-25T09:59:00+08:00"), 400, "validation-failed");
        refused(note(scene.assessor, "2026-11-26T10:00:00+08:00"), 400, "validation-failed");
        refused(note(other.assessor, "2026-11-25T10:00:00+08:00"), 404, "not-found");
        assertThat(walk.get(walk.citizen("stranger"), offer + "/agency-notices").status()).isEqualTo(404);
        walk.post(citizen, offer + "/refusal", Map.of("reason", "另有安排"), walk.get(citizen, offer).etag());
        clock.moveTo(Instant.parse("2026-11-25T03:00:00Z"));
        refused(note(scene.assessor, "2026-11-25T10:30:00+08:00"), 409, "not-possible-now");
    }
}
