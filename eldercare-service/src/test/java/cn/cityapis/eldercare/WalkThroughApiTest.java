package cn.cityapis.eldercare;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.platform.test.ServiceTest;
import cn.cityapis.platform.time.DevelopmentClock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.web.reactive.server.WebTestClient;

/** Steps 3 and 4 of the walk-through against the running service with its demo data. */
@ServiceTest(properties = {"demo.data=true", "test.database=of-the-walk"})
class WalkThroughApiTest {

    @LocalServerPort
    private int port;

    @Autowired
    private DevelopmentClock clock;

    private Walk walk;

    @BeforeEach
    void setUp() {
        walk = new Walk(port);
    }

    @Test
    void listsHomesWithFreeBedsAndLiveCountersPageByPage() {
        Walk.Answer first = walk.get(walk.app, "/homes?limit=5");
        assertThat(first.status()).isEqualTo(200);
        assertThat(first.body().at("/items").size()).isEqualTo(5);
        assertThat(first.body().at("/items/0/demo").asBoolean()).isTrue();
        assertThat(first.body().at("/items/0/queue/ORDINARY").asLong()).isPositive();
        int homes = 5;
        long beds = 0;
        Walk.Answer page = first;
        while (page.body().has("nextCursor")) {
            page = walk.get(walk.app, "/homes?limit=5&cursor=" + page.text("/nextCursor"));
            homes += page.body().at("/items").size();
        }
        for (var home : walk.get(walk.app, "/homes?limit=100").body().at("/items")) {
            for (var type : home.path("bedTypes")) {
                beds += type.path("total").asLong();
            }
        }
        assertThat(homes).isEqualTo(12);
        assertThat(beds).isGreaterThan(1400);
        assertThat(walk.get(walk.app, "/homes?onlyFree=true&bedKind=NURSING&district=371002").texts("/items", "code"))
                .containsExactly("demo-home-1", "demo-home-3");
    }

    @Test
    void anApplicantOfTheSpecialChannelGetsFromDraftToBed() {
        WebTestClient citizen = walk.citizen("walk-citizen");
        Walk.Answer draft = walk.post(citizen, "/applications", Map.of("applicant", Map.of("name", "张桂兰")), null);
        assertThat(draft.status()).isEqualTo(201);
        assertThat(draft.body().at("/ruleBook/extendedBy/demo").asBoolean()).isTrue();
        String id = draft.text("/id");

        Walk.Answer incomplete = walk.post(citizen, "/applications/" + id + "/submission", null, draft.etag());
        assertThat(incomplete.text("/state")).isEqualTo("INCOMPLETE");
        assertThat(incomplete.texts("/missing", "pointer")).contains("/applicant/idNumber", "/homeIds", "/filedBy",
                "/materials/APPLICATION_FORM", "/materials/APPLICANT_ID_CARD");

        Walk.Answer filled = walk.put(citizen, "/applications/" + id,
                Walk.form(Fixtures.idNumber(1948, 501), List.of(Walk.HOME_1), "LOW_INCOME"), incomplete.etag());
        assertThat(filled.status()).isEqualTo(200);
        for (String kind : List.of("APPLICATION_FORM", "APPLICANT_ID_CARD", "APPLICANT_HOUSEHOLD_REGISTER")) {
            assertThat(walk.upload(citizen, id, kind, new byte[]{'%', 'P', 'D', 'F', '-', '1'}, "application/pdf")
                    .status())
                    .isEqualTo(201);
        }
        Walk.Answer confirmed = walk.post(citizen, "/applications/" + id + "/register-checks",
                Map.of("kind", "TOWN_PROOF"), null);
        assertThat(confirmed.text("/source")).isEqualTo("REGISTER");
        assertThat(confirmed.body().at("/demo").asBoolean()).isTrue();

        Walk.Answer submitted = walk.post(citizen, "/applications/" + id + "/submission", null, filled.etag());
        assertThat(submitted.text("/state")).isEqualTo("SUBMITTED");
        assertThat(submitted.text("/channel/channel")).isEqualTo("PRIORITY");
        assertThat(submitted.body().at("/channel/provisional").asBoolean()).isTrue();
        assertThat(submitted.body().at("/entries/0/position/provisional").asBoolean()).isTrue();
        assertThat(submitted.body().at("/entries/0/position/inQueue").asLong()).isPositive();
        assertThat(submitted.text("/entries/0/expectedWait/status")).isIn("ESTIMATED", "NOT_ENOUGH_DATA");
        assertThat(submitted.text("/deadlines/0/kind")).isEqualTo("REVIEW");
        assertThat(submitted.text("/applicant/name")).isEqualTo("张*");

        assertThat(walk.qualify(id).text("/state")).isEqualTo("QUALIFIED");
        assertThat(walk.get(walk.assessor, "/assessment-tasks?limit=100").texts("/items", "applicationId"))
                .contains(id);
        Walk.Answer assessed = walk.assess(id, 52);
        assertThat(assessed.status()).isEqualTo(201);
        assertThat(assessed.text("/result/level")).isEqualTo("MODERATE");
        assertThat(assessed.text("/application/channel/channel")).isEqualTo("SPECIAL");
        assertThat(assessed.text("/application/channel/basis/1/link")).endsWith("/articles/9");
        assertThat(assessed.body().at("/application/entries/0/position/inQueue").asLong()).isEqualTo(1);

        moveIn(citizen, id);
    }

    private void moveIn(WebTestClient citizen, String id) {
        long waiting = walk.get(walk.app, "/homes/" + Walk.HOME_1).body().at("/queue/SPECIAL").asLong();
        String bed = walk.freeBeds("NURSING").getFirst();
        Walk.Answer offer = walk.post(walk.operator, "/homes/" + Walk.HOME_1 + "/offers", Map.of("bedId", bed), null);
        assertThat(offer.status()).isEqualTo(201);
        assertThat(offer.text("/applicationId")).isEqualTo(id);
        assertThat(walk.get(walk.operator, "/homes/" + Walk.HOME_1 + "/offers/" + offer.text("/id") + "/candidates")
                .text("/items/0/verdict")).isEqualTo("FITS");
        String path = "/offers/" + offer.text("/id");
        Walk.Answer seen = walk.get(citizen, path);
        assertThat(seen.body().has("candidates")).isFalse();
        Walk.Answer accepted = walk.post(citizen, path + "/acceptance", null, seen.etag());
        assertThat(accepted.text("/state")).isEqualTo("ACCEPTED");
        Walk.Answer incomplete = walk.post(walk.operator, path + "/paper-check",
                Map.of("originalsSeen", List.of("APPLICANT_ID_CARD"), "agreedMonthlyFen", 300_000), accepted.etag());
        assertThat(incomplete.status()).isEqualTo(409);
        assertThat(incomplete.body().at("/errors").size()).isEqualTo(2);
        Walk.Answer checked = walk.post(walk.operator, path + "/paper-check", Map.of("originalsSeen",
                List.of("APPLICANT_ID_CARD", "APPLICANT_HOUSEHOLD_REGISTER", "PHYSICAL_EXAMINATION"),
                "agreedMonthlyFen",
                300_000), accepted.etag());
        assertThat(checked.text("/state")).isEqualTo("PAPERS_CHECKED");
        Walk.Answer admitted = walk.post(walk.operator, path + "/admission", null, checked.etag());
        assertThat(admitted.text("/state")).isEqualTo("COMPLETED");
        Walk.Answer end = walk.get(citizen, "/applications/" + id);
        assertThat(end.text("/state")).isEqualTo("ADMITTED");
        assertThat(end.texts("/decisions", "kind")).containsExactly("SUBMIT", "SUBMIT", "QUALIFY", "RECORD_ASSESSMENT",
                "MAKE_OFFER", "ACCEPT_OFFER", "CHECK_PAPERS", "ADMIT");
        assertThat(walk.get(walk.app, "/homes/" + Walk.HOME_1).body().at("/queue/SPECIAL").asLong())
                .isEqualTo(waiting - 1);
        assertThat(walk.freeBeds("NURSING")).doesNotContain(bed);
    }

    @Test
    void anOfferLapsesAfterFiveWorkingDaysAndTheBedGoesOn() throws InterruptedException {
        Instant before = clock.instant();
        try {
            // a week without holidays in a year whose calendar is known
            clock.moveTo(Instant.parse("2026-11-16T02:00:00Z"));
            WebTestClient citizen = walk.citizen("lapse-citizen");
            String id = walk.waiting(citizen, Fixtures.idNumber(1947, 502));
            String bed = walk.freeBeds("NURSING").getFirst();
            Walk.Answer offer = walk.post(walk.operator, "/homes/" + Walk.HOME_1 + "/offers", Map.of("bedId", bed),
                    null);
            assertThat(offer.text("/applicationId")).isEqualTo(id);
            assertThat(LocalDate.parse(offer.text("/moveInBy"))).isEqualTo(LocalDate.of(2026, 11, 23));
            clock.moveTo(Instant.parse("2026-11-23T15:59:00Z"));
            Thread.sleep(3000);
            assertThat(walk.get(citizen, "/applications/" + id).text("/state")).isEqualTo("OFFERED");
            clock.advance(Duration.ofMinutes(2));
            assertThat(eventually(citizen, id, "FORFEITED")).isEqualTo("FORFEITED");
            assertThat(walk.get(walk.operator, "/offers/" + offer.text("/id")).text("/state")).isEqualTo("LAPSED");
            assertThat(offersOf(bed)).startsWith("OPEN", "LAPSED");
        } finally {
            clock.moveTo(before);
        }
    }

    /** The states of the offers of a bed, the latest first; other tests may have made later ones of other beds. */
    private List<String> offersOf(String bed) {
        List<String> states = new ArrayList<>();
        walk.get(walk.operator, "/homes/" + Walk.HOME_1 + "/offers?limit=100").body().at("/items").forEach(offer -> {
            if (offer.path("bedId").asString().equals(bed)) {
                states.add(offer.path("state").asString());
            }
        });
        return states;
    }

    private String eventually(WebTestClient citizen, String id, String state) throws InterruptedException {
        String found = "";
        for (int i = 0; i < 40 && !found.equals(state); i++) {
            Thread.sleep(250);
            found = walk.get(citizen, "/applications/" + id).text("/state");
        }
        return found;
    }

    @Test
    void theCitizenWhoRefusesForfeitsAndWhoWithdrawsFreesTheBed() {
        WebTestClient citizen = walk.citizen("refusing-citizen");
        String id = walk.waiting(citizen, Fixtures.idNumber(1946, 503));
        String bed = walk.freeBeds("NURSING").getFirst();
        Walk.Answer offer = walk.post(walk.operator, "/homes/" + Walk.HOME_1 + "/offers", Map.of("bedId", bed), null);
        Walk.Answer refused = walk.post(citizen, "/offers/" + offer.text("/id") + "/refusal", Map.of("reason", "另有安排"),
                offer.etag());
        assertThat(refused.text("/state")).isEqualTo("REFUSED");
        assertThat(walk.get(citizen, "/applications/" + id).text("/state")).isEqualTo("FORFEITED");

        String second = walk.waiting(citizen, Fixtures.idNumber(1946, 504));
        walk.post(walk.operator, "/homes/" + Walk.HOME_1 + "/offers",
                Map.of("bedId", walk.freeBeds("NURSING").getFirst()), null);
        Walk.Answer withdrawn = walk.post(citizen, "/applications/" + second + "/withdrawal", null,
                walk.get(citizen, "/applications/" + second).etag());
        assertThat(withdrawn.text("/state")).isEqualTo("WITHDRAWN");
        assertThat(withdrawn.text("/entries/0/endReason")).isEqualTo("WITHDRAWN");
    }

    @Test
    void thePublicQueueTellsNothingMoreThanAllowed() {
        Walk.Answer queue = walk.get(walk.app, "/homes/" + Walk.HOME_1 + "/queue?limit=100");
        assertThat(queue.status()).isEqualTo(200);
        queue.body().at("/items")
                .forEach(line -> assertThat(line.propertyNames()).containsExactlyInAnyOrder("queueNumber",
                        "channel", "appliedMonth", "name"));
        assertThat(queue.texts("/items", "name")).allMatch(name -> name.matches(".\\*"));
        assertThat(queue.texts("/items", "appliedMonth")).allMatch(month -> month.matches("\\d{4}-\\d{2}"));
    }

    @Test
    void aFreedBedIsOfferedToTheNextWithoutAnyonesHelp() {
        Walk.Answer occupied = walk.get(walk.operator, "/homes/" + Walk.HOME_1 + "/beds?state=OCCUPIED&limit=100");
        String bed = "";
        for (var each : occupied.body().at("/items")) {
            if (each.at("/type/kind").asString().equals("GENERAL") && !each.has("sex")) {
                bed = each.path("id").asString();
            }
        }
        Walk.Answer freed = walk.post(walk.operator, "/homes/" + Walk.HOME_1 + "/beds/" + bed + "/state",
                Map.of("state", "FREE"), "\"1\"");
        assertThat(freed.status()).isEqualTo(200);
        assertThat(freed.body().has("offerId")).isTrue();
        assertThat(freed.text("/bed/state")).isEqualTo("OFFERED");
    }
}
