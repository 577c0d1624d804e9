package cn.cityapis.eldercare.offer;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.eldercare.Fixtures;
import cn.cityapis.eldercare.HomeScene;
import cn.cityapis.eldercare.Walk;
import cn.cityapis.platform.test.ServiceTest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;

/** Couples who apply together. */
@ServiceTest(properties = {"demo.data=true", "test.database=of-beds"})
class CompanionApiTest {

    private static final AtomicInteger NUMBERS = new AtomicInteger(840);

    @LocalServerPort
    private int port;

    @Autowired
    private DatabaseClient database;

    private HomeScene scene;
    private Walk walk;
    private String nursing;
    private WebTestClient he;
    private WebTestClient she;
    private String his;
    private String hers;

    @BeforeEach
    void setUp() {
        scene = new HomeScene(port, database);
        walk = scene.walk;
        nursing = scene.type("NURSING", 200_000, "MODERATE");
        int number = NUMBERS.getAndAdd(4);
        he = walk.citizen("he-" + number);
        she = walk.citizen("she-" + number);
        his = scene.waiting(he, Fixtures.idNumber(1943, number), 52);
        hers = scene.waiting(she, Fixtures.idNumber(1943, number + 1), 52);
    }

    private Walk.Answer wish(WebTestClient by, String application, String companion, boolean aloneAllowed) {
        return walk.put(by, "/applications/" + application + "/companion",
                Map.of("companionApplicationId", companion, "aloneAllowed", aloneAllowed), etag(by, application));
    }

    private String etag(WebTestClient by, String application) {
        return walk.get(by, "/applications/" + application).etag();
    }

    private void together() {
        wish(he, his, hers, false);
        wish(she, hers, his, false);
    }

    private Walk.Answer application(WebTestClient by, String id) {
        return walk.get(by, "/applications/" + id);
    }

    private Walk.Answer typeFor(String level, String seen) {
        Walk.Answer changed = walk.put(scene.operator, scene.path + "/bed-types/" + nursing,
                Map.of("levels", List.of(level), "monthlyFeeFen", 200_000), seen);
        assertThat(changed.status()).as(changed.body().toString()).isEqualTo(200);
        return changed;
    }

    private void twoBedsAtOnce() {
        scene.addBed(nursing, "1", false);
        scene.addBed(nursing, "2", false);
    }

    @Test
    void bothMustWantIt() {
        Walk.Answer first = wish(he, his, hers, false);
        assertThat(first.status()).as(first.body().toString()).isEqualTo(200);
        assertThat(first.body().at("/confirmed").asBoolean()).isFalse();
        Walk.Answer second = wish(she, hers, his, false);
        assertThat(second.body().at("/together").asBoolean()).isTrue();
        assertThat(walk.get(he, "/applications/" + his + "/companion").body().at("/confirmed").asBoolean()).isTrue();
        assertThat(wish(he, his, hers, true).body().at("/together").asBoolean()).isFalse();
    }

    @Test
    void twoPlacesAreOfferedTogetherOrNone() {
        together();
        Walk.Answer first = scene.addBed(nursing, "1", false);
        assertThat(first.text("/bed/state")).isEqualTo("FREE");
        assertThat(first.body().has("offerId")).isFalse();
        Walk.Answer second = scene.addBed(nursing, "2", false);
        assertThat(second.text("/bed/state")).isEqualTo("OFFERED");
        assertThat(application(he, his).text("/state")).isEqualTo("OFFERED");
        assertThat(application(she, hers).text("/state")).isEqualTo("OFFERED");
        assertThat(scene.count("select count(distinct bed_id) from offer where state = 'OPEN' and home_id = '"
                + scene.home + "'")).isEqualTo(2);
        assertThat(scene.count("select count(distinct made_at) from offer where home_id = '" + scene.home + "'"))
                .as("moments at which the two were offered").isEqualTo(1);
    }

    @Test
    void whatTheySaidBeforeHandingInHoldsToo() {
        String[] drafts = new String[2];
        WebTestClient[] both = {walk.citizen("early-he-" + his), walk.citizen("early-she-" + his)};
        for (int i = 0; i < 2; i++) {
            drafts[i] = walk.complete(both[i], Fixtures.idNumber(1944, NUMBERS.getAndIncrement()),
                    List.of(scene.home));
        }
        wish(both[0], drafts[0], drafts[1], false);
        wish(both[1], drafts[1], drafts[0], false);
        walk.post(he, "/applications/" + his + "/withdrawal", null, etag(he, his));
        walk.post(she, "/applications/" + hers + "/withdrawal", null, etag(she, hers));
        for (int i = 0; i < 2; i++) {
            walk.submit(both[i], drafts[i]);
            scene.assessed(drafts[i], 52);
        }
        assertThat(scene.addBed(nursing, "1", false).text("/bed/state")).isEqualTo("FREE");
        assertThat(scene.addBed(nursing, "2", false).text("/bed/state")).isEqualTo("OFFERED");
        assertThat(application(both[0], drafts[0]).text("/state")).isEqualTo("OFFERED");
        assertThat(application(both[1], drafts[1]).text("/state")).isEqualTo("OFFERED");
    }

    @Test
    void whoseResultIsDisputedWaitsForItsEndWhenTheOfferIsTakenBack() {
        together();
        twoBedsAtOnce();
        String hisOffer = application(he, his).text("/offerId");
        Walk.Answer objected = walk.post(she, "/applications/" + hers + "/objections",
                Map.of("agency", "demo-agency-2", "reason", "不符"), etag(she, hers));
        assertThat(objected.text("/state")).isEqualTo("OFFERED");
        walk.post(he, "/offers/" + hisOffer + "/refusal", Map.of("reason", "不习惯"),
                walk.get(he, "/offers/" + hisOffer).etag());
        Walk.Answer after = application(she, hers);
        assertThat(after.text("/state")).isEqualTo("RECHECKING");
        assertThat(after.text("/entries/0/phase")).isEqualTo("PROVISIONAL");
    }

    @Test
    @DisplayName("第二十条: beds that fit a couple from now on are offered to them, two with one change")
    void aChangedTypeOfBedsIsOfferedToACouple() {
        together();
        String seen = typeFor("SEVERE", "\"1\"").etag();
        twoBedsAtOnce();
        typeFor("MODERATE", seen);
        assertThat(application(he, his).text("/state")).isEqualTo("OFFERED");
        assertThat(application(she, hers).text("/state")).isEqualTo("OFFERED");
    }

    @Test
    void theBedsOfACoupleGoToTheNextCouple() {
        together();
        twoBedsAtOnce();
        WebTestClient[] both = {walk.citizen("next-he-" + his), walk.citizen("next-she-" + his)};
        String[] next = new String[2];
        for (int i = 0; i < 2; i++) {
            next[i] = scene.waiting(both[i], Fixtures.idNumber(1945, NUMBERS.getAndIncrement()), 52);
        }
        wish(both[0], next[0], next[1], false);
        wish(both[1], next[1], next[0], false);
        walk.post(she, "/applications/" + hers + "/objections", Map.of("agency", "demo-agency-2", "reason", "不符"),
                etag(she, hers));
        String hisOffer = application(he, his).text("/offerId");
        Walk.Answer refused = walk.post(he, "/offers/" + hisOffer + "/refusal", Map.of("reason", "不习惯"),
                walk.get(he, "/offers/" + hisOffer).etag());
        assertThat(refused.status()).as(refused.body().toString()).isEqualTo(200);
        assertThat(application(both[0], next[0]).text("/state")).isEqualTo("OFFERED");
        assertThat(application(both[1], next[1]).text("/state")).isEqualTo("OFFERED");
    }

    @Test
    void whoAllowsItIsOfferedAPlaceAlone() {
        wish(he, his, hers, true);
        wish(she, hers, his, false);
        Walk.Answer added = scene.addBed(nursing, "1", false);
        assertThat(walk.get(scene.operator, "/offers/" + added.text("/offerId")).text("/applicationId"))
                .isEqualTo(his);
    }

    @Test
    void ifOneRefusesTheOtherLosesNothingAndGoesOnAlone() {
        together();
        twoBedsAtOnce();
        String position = scene.text("select applied_at from queue_entry where application_id = '" + hers + "'");
        String hisOffer = application(he, his).text("/offerId");
        String herOffer = application(she, hers).text("/offerId");
        Walk.Answer refused = walk.post(he, "/offers/" + hisOffer + "/refusal", Map.of("reason", "不习惯"),
                walk.get(he, "/offers/" + hisOffer).etag());
        assertThat(refused.text("/state")).isEqualTo("REFUSED");
        assertThat(application(he, his).text("/state")).isEqualTo("FORFEITED");
        assertThat(walk.get(she, "/offers/" + herOffer).text("/state")).isEqualTo("CANCELLED");
        Walk.Answer after = application(she, hers);
        assertThat(after.text("/state")).isEqualTo("OFFERED");
        assertThat(after.text("/offerId")).isNotEqualTo(herOffer);
        assertThat(scene.text("select applied_at from queue_entry where application_id = '" + hers + "'"))
                .isEqualTo(position);
        assertThat(scene.count("select count(*) from offer where application_id = '" + hers + "' and state = 'OPEN'"))
                .isEqualTo(1);
    }

    @Test
    void ifOneLeavesTheQueueTheOtherGoesOnAloneWithPlaceAndTime() {
        together();
        scene.addBed(nursing, "1", false);
        walk.post(he, "/applications/" + his + "/withdrawal", null, etag(he, his));
        String bed = walk.get(scene.operator, scene.path + "/beds").text("/items/0/id");
        Walk.Answer offer = scene.offer(bed);
        assertThat(offer.status()).isEqualTo(201);
        assertThat(offer.text("/applicationId")).isEqualTo(hers);
    }

    @Test
    void whatHasBeenAcceptedStaysHersIfHeLeaves() {
        together();
        twoBedsAtOnce();
        String herOffer = application(she, hers).text("/offerId");
        walk.post(she, "/offers/" + herOffer + "/acceptance", null, walk.get(she, "/offers/" + herOffer).etag());
        walk.post(he, "/applications/" + his + "/withdrawal", null, etag(he, his));
        assertThat(walk.get(she, "/offers/" + herOffer).text("/state")).isEqualTo("ACCEPTED");
    }

    @Test
    void theWishComesBeforeTheOfferAndIsHisOwn() {
        Walk.Answer unknown = wish(he, his, "0190a5b0-0000-7000-8000-00000000dead", false);
        assertThat(unknown.texts("/errors", "code")).containsExactly("unknown");
        assertThat(wish(he, his, his, false).texts("/errors", "code")).containsExactly("same");
        assertThat(walk.put(she, "/applications/" + his + "/companion",
                Map.of("companionApplicationId", hers, "aloneAllowed", false), "\"1\"").status()).isEqualTo(404);
        assertThat(walk.put(he, "/applications/" + his + "/companion",
                Map.of("companionApplicationId", hers, "aloneAllowed", false), null).status()).isEqualTo(428);
        scene.addBed(nursing, "1", false);
        Walk.Answer late = wish(he, his, hers, false);
        assertThat(late.text("/code")).isEqualTo("not-possible-now");
        assertThat(late.text("/state")).isEqualTo("OFFERED");
        Walk.Answer curious = wish(she, hers, his, false);
        assertThat(curious.text("/code")).isEqualTo("not-possible-now");
        assertThat(curious.body().has("state")).as("where another's application stands").isFalse();
    }

    @Test
    void whoTakesItBackGoesOnAlone() {
        together();
        he.delete().uri(Walk.API + "/applications/" + his + "/companion").header("If-Match", etag(he, his)).exchange()
                .expectStatus().isNoContent();
        assertThat(walk.get(she, "/applications/" + hers + "/companion").body().at("/confirmed").asBoolean())
                .isFalse();
        assertThat(walk.get(scene.operator, "/offers/" + scene.addBed(nursing, "1", false).text("/offerId"))
                .text("/applicationId")).isEqualTo(his);
    }
}
