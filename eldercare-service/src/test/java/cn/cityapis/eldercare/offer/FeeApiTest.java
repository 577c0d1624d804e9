package cn.cityapis.eldercare.offer;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.eldercare.Fixtures;
import cn.cityapis.eldercare.HomeScene;
import cn.cityapis.eldercare.Walk;
import cn.cityapis.platform.test.ServiceTest;
import cn.cityapis.platform.time.DevelopmentClock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.reactive.server.WebTestClient;

@ServiceTest(properties = {"demo.data=true", "test.database=of-beds"})
@DisplayName("威民发〔2023〕17号 第二十二条: a home announces what it charges before it charges it")
class FeeApiTest extends TwoHomesScene {

    @Autowired
    private DevelopmentClock clock;

    private Walk.Answer announce(WebTestClient by, @Nullable Long fen, LocalDate from) {
        Map<String, Object> body = new HashMap<>(Map.of("name", "餐费", "from", from.toString()));
        if (fen != null) {
            body.put("monthlyFen", fen);
        }
        return walk.post(by, scene.path + "/fee-changes", body, null);
    }

    @Test
    void itIsPublishedAtOnceAndHoldsFromItsDay() {
        LocalDate tomorrow = LocalDate.now(clock).plusDays(1);
        assertThat(announce(scene.operator, 60_000L, tomorrow).status()).isEqualTo(201);
        Walk.Answer shown = walk.get(walk.app, scene.path + "/fee-changes");
        assertThat(shown.text("/0/name") + shown.text("/0/monthlyFen") + shown.text("/0/from"))
                .isEqualTo("餐费60000" + tomorrow);
        assertThat(walk.get(walk.app, scene.path).body().at("/feeItems/0/monthlyFen").asLong()).isEqualTo(50_000);
        assertThat(scene.count("select count(*) from outbox where type = 'eldercare.home.fees-changed' and subject = "
                + "'homes/" + scene.home + "'")).isEqualTo(1);
        Instant real = clock.instant();
        try {
            clock.advance(Duration.ofDays(1));
            assertThat(walk.get(walk.app, scene.path).body().at("/feeItems/0/monthlyFen").asLong()).isEqualTo(60_000);
        } finally {
            clock.moveTo(real);
        }
    }

    @Test
    void twoChangesOfOneItemNeverHoldOnOneDay() throws Exception {
        LocalDate day = LocalDate.now(clock).plusDays(9);
        assertThat(HomeScene.together(List.of(() -> announce(scene.operator, 1L, day),
                () -> announce(scene.operator, 2L, day)))).containsExactlyInAnyOrder(201, 409);
        refused(announce(scene.operator, 3L, day), 409, "fee-change-announced");
    }

    @Test
    void whatHasBegunCannotBeChangedAndOnlyItsOwnOperatorMay() {
        refused(announce(scene.operator, 1L, LocalDate.now(clock)), 400, "validation-failed");
        refused(announce(other.operator, 1L, LocalDate.now(clock).plusDays(1)), 404, "not-found");
        refused(announce(scene.district, 1L, LocalDate.now(clock).plusDays(1)), 403, "forbidden");
        assertThat(announce(scene.operator, null, LocalDate.now(clock).plusDays(1)).body().has("monthlyFen")).isFalse();
    }

    @Test
    void nobodyAgreesToMoreThanIsInForceThatDay() {
        WebTestClient citizen = walk.citizen("fee-payer-" + scene.home);
        scene.waiting(citizen, Fixtures.idNumber(1945, 31), 52);
        String offer = "/offers/" + scene.addBed(nursing, "1", false).text("/offerId");
        announce(scene.operator, 60_000L, LocalDate.now(clock).plusDays(1));
        walk.post(citizen, offer + "/acceptance", null, walk.get(citizen, offer).etag());
        Map<String, Object> papers = Map.of("originalsSeen",
                List.of("APPLICANT_ID_CARD", "APPLICANT_HOUSEHOLD_REGISTER", "PHYSICAL_EXAMINATION"),
                "agreedMonthlyFen", 260_000);
        refused(walk.post(scene.operator, offer + "/paper-check", papers, walk.get(scene.operator, offer).etag()), 409,
                "fee-above-published");
        Instant real = clock.instant();
        try {
            clock.advance(Duration.ofDays(1));
            assertThat(walk.post(scene.operator, offer + "/paper-check", papers,
                    walk.get(scene.operator, offer).etag()).text("/state")).isEqualTo("PAPERS_CHECKED");
        } finally {
            clock.moveTo(real);
        }
    }
}
