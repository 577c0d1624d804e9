package cn.cityapis.eldercare.offer;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.eldercare.Fixtures;
import cn.cityapis.eldercare.HomeScene;
import cn.cityapis.eldercare.Walk;
import cn.cityapis.platform.test.ServiceTest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.reactive.server.WebTestClient;

/** A home that closes: nobody loses what he has elsewhere, and nobody is lost sight of. */
@ServiceTest(properties = {"demo.data=true", "test.database=of-beds"})
class ClosingApiTest extends TwoHomesScene {

    private Walk.Answer close(WebTestClient by) {
        return walk.post(by, scene.path + "/closure", Map.of("reason", "房屋鉴定不合格"),
                walk.get(walk.app, scene.path).etag());
    }

    @Test
    void offersAndPlacesEndTheOtherHomesStayAndEverybodyIsTold() {
        WebTestClient offered = walk.citizen("closing-offered");
        String one = scene.waiting(offered, Fixtures.idNumber(1942, 821), 52, List.of(scene.home, other.home),
                List.of("NURSING"));
        WebTestClient waiting = walk.citizen("closing-waiting");
        String two = scene.waiting(waiting, Fixtures.idNumber(1942, 822), 52);
        String offer = scene.addBed(nursing, "1", false).text("/offerId");
        String free = scene.addBed(nursing, "2", true).text("/bed/id");

        Walk.Answer closed = close(scene.district);
        assertThat(closed.status()).as(closed.body().toString()).isEqualTo(201);
        assertThat(closed.body().at("/offersEnded").asInt()).isEqualTo(1);
        assertThat(closed.body().at("/placesEnded").asInt()).isEqualTo(2);

        assertThat(walk.get(offered, "/offers/" + offer).text("/state")).isEqualTo("CANCELLED");
        Walk.Answer first = walk.get(offered, "/applications/" + one);
        assertThat(first.text("/state")).isEqualTo("WAITING");
        assertThat(
                scene.text("select string_agg(home_id || ' ' || coalesce(end_reason, phase), ',' order by end_reason) "
                        + "from queue_entry where application_id = '" + one + "'"))
                .isEqualTo(scene.home + " HOME_CLOSED," + other.home + " WAITING");
        assertThat(walk.get(waiting, "/applications/" + two).text("/entries/0/endReason")).isEqualTo("HOME_CLOSED");
        assertThat(scene.count("select count(*) from notice where kind = 'home-closed' and about in ('applications/"
                + one + "', 'applications/" + two + "')")).isEqualTo(2);
        assertThat(scene.bed(free).text("/state")).isEqualTo("OUT_OF_SERVICE");
        Walk.Answer shown = walk.get(walk.app, scene.path);
        assertThat(shown.body().has("closedAt")).isTrue();
        assertThat(shown.body().at("/freeBeds").asLong() + shown.body().at("/queueTotal").asLong()).isZero();
    }

    @Test
    void afterwardsNothingBeginsThereAndItIsNotOpenedAgain() {
        String bed = scene.addBed(nursing, "1", false).text("/bed/id");
        String draft = walk.post(walk.citizen("closing-draft"), "/applications",
                Walk.form(Fixtures.idNumber(1942, 823), List.of(scene.home)), null).text("/id");
        assertThat(draft).isNotEmpty();
        close(scene.district);
        refused(close(scene.district), 409, "home-closed");
        refused(scene.offer(bed), 409, "home-closed");
        refused(scene.addBed(nursing, "3", false), 409, "home-closed");
        refused(walk.post(scene.operator, scene.path + "/beds/" + bed + "/state", Map.of("state", "FREE"),
                scene.bed(bed).etag()), 409, "home-closed");
        Walk.Answer wrong = walk.post(walk.citizen("closing-draft"), "/applications",
                Walk.form(Fixtures.idNumber(1942, 824), List.of(scene.home)), null);
        refused(wrong, 400, "validation-failed");
        assertThat(wrong.texts("/errors", "code")).containsExactly("closed");
    }

    @Test
    void whoHandedInADraftBeforeIsToldWhenHeSubmitsIt() {
        WebTestClient citizen = walk.citizen("closing-late");
        String id = walk.complete(citizen, Fixtures.idNumber(1942, 825), List.of(scene.home));
        close(scene.district);
        refused(walk.submit(citizen, id), 409, "home-closed");
    }

    @Test
    void aReviewGoesToTheNextHomeWithItsPeriod() {
        WebTestClient citizen = walk.citizen("closing-reviewed");
        String id = walk.complete(citizen, Fixtures.idNumber(1942, 829), List.of(scene.home, other.home));
        walk.submit(citizen, id);
        close(scene.district);
        assertThat(scene.text("select home_id || bound_org from deadline where kind = 'REVIEW' and application_id = '"
                + id + "'")).isEqualTo(other.home + "org-" + other.home.substring(0, 8));
        assertThat(walk.post(other.operator, "/applications/" + id + "/review",
                Map.of("verdict", "QUALIFIED", "reason", "资料齐全"), walk.get(citizen, "/applications/" + id).etag())
                .text("/state")).isEqualTo("QUALIFIED");
    }

    @Test
    void aLongQueueEndsInPartsAndItsCounterShowsHowFar() throws Exception {
        int many = EndPlaces.AT_ONCE + 101;
        scene.run("""
                with a as (
                    insert into application (id, owner_subject, state, state_facts, live, rule_book_id, sealed, created_at)
                    select gen_random_uuid(), 'of-many', 'DRAFT', '{}', false, '2023-17', '\\x00', now()
                    from generate_series(1, %d) returning id)
                insert into queue_entry (id, application_id, home_id, queue_number, channel, channel_rank, applied_at, phase,
                                         masked_name, sealed_needs)
                select gen_random_uuid(), id, '%s', row_number() over (), 'ORDINARY', 3, now(), 'WAITING', '张*', '\\x00' from a
                """.formatted(many, scene.home));
        Walk.Answer closed = close(scene.district);
        assertThat(closed.body().at("/placesEnded").asInt()).isEqualTo(EndPlaces.AT_ONCE);
        assertThat(closed.body().at("/placesLeft").asLong()).isEqualTo(101);
        for (int tries = 0; tries < 300
                && walk.get(walk.app, scene.path).body().at("/queueTotal").asInt() > 0; tries++) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        assertThat(walk.get(walk.app, scene.path).body().at("/queueTotal").asInt()).isZero();
        assertThat(scene.count("select count(*) from queue_event where home_id = '" + scene.home
                + "' and kind = 'ENDED' and reason = 'HOME_CLOSED'")).isEqualTo(many);
        assertThat(scene
                .count("select count(distinct about) from notice where kind = 'home-closed' and recipient = 'of-many'"))
                .isEqualTo(many);
    }

    @Test
    void anotherHomeInsteadKeepsTheTimeOfApplication() {
        WebTestClient citizen = walk.citizen("closing-replaces");
        String id = scene.waiting(citizen, Fixtures.idNumber(1942, 826), 52);
        String later = other.waiting(walk.citizen("closing-later"), Fixtures.idNumber(1942, 827), 52);
        String path = "/applications/" + id + "/replacement-homes";
        Map<String, String> body = Map.of("homeId", other.home);
        refused(walk.post(citizen, path, body, walk.get(citizen, "/applications/" + id).etag()), 409,
                "not-possible-now");
        close(scene.district);
        refused(walk.post(walk.citizen("somebody"), path, body, "\"1\""), 404, "not-found");
        refused(walk.post(citizen, path, body, "\"1\""), 412, "stale");
        refused(walk.post(citizen, path, Map.of("homeId", scene.home),
                walk.get(citizen, "/applications/" + id).etag()), 409, "home-closed");
        Walk.Answer replaced = walk.post(citizen, path, body, walk.get(citizen, "/applications/" + id).etag());
        assertThat(replaced.status()).as(replaced.body().toString()).isEqualTo(201);
        assertThat(scene.text("select phase || channel from queue_entry where application_id = '" + id
                + "' and home_id = '" + other.home + "'")).isEqualTo("WAITINGORDINARY");
        String type = other.type("NURSING", 1, "MODERATE");
        Walk.Answer added = other.addBed(type, "1", false);
        assertThat(walk.get(other.operator, "/offers/" + added.text("/offerId")).text("/applicationId"))
                .isEqualTo(id).isNotEqualTo(later);
    }

    @Test
    void anotherHomeInsteadKnowsWhatWasFoundSince() {
        HomeScene third = new HomeScene(port, database);
        WebTestClient citizen = walk.citizen("closing-assessed-since");
        String id = scene.submitted(citizen, Fixtures.idNumber(1946, 490), List.of(third.home, scene.home),
                List.of("NURSING"));
        close(scene.district);
        third.assessed(id, 52);
        Walk.Answer replaced = walk.post(citizen, "/applications/" + id + "/replacement-homes",
                Map.of("homeId", other.home), walk.get(citizen, "/applications/" + id).etag());
        assertThat(replaced.status()).as(replaced.body().toString()).isEqualTo(201);
        Walk.Answer added = other.addBed(other.type("NURSING", 1, "MODERATE"), "1", false);
        assertThat(walk.get(other.operator, "/offers/" + added.text("/offerId")).text("/applicationId")).isEqualTo(id);
    }

    @Test
    void whoLivesThereIsListedForTheMoveAndABedThatEmptiesStaysEmpty() {
        WebTestClient citizen = walk.citizen("closing-resident");
        String id = scene.waiting(citizen, Fixtures.idNumber(1942, 828), 52);
        Walk.Answer added = scene.addBed(nursing, "1", false);
        scene.moveIn(citizen, added.text("/offerId"));
        assertThat(close(scene.district).body().at("/residents").asLong()).isEqualTo(1);
        Walk.Answer residents = walk.get(scene.district, scene.path + "/residents");
        assertThat(residents.texts("/items", "applicationId")).containsExactly(id);
        assertThat(residents.text("/items/0/name")).isEqualTo("张*");
        refused(walk.get(walk.operator, scene.path + "/residents"), 404, "not-found");
        String bed = added.text("/bed/id");
        Walk.Answer left = walk.post(scene.operator, scene.path + "/beds/" + bed + "/departure",
                Map.of("reason", "LEFT"), scene.bed(bed).etag());
        assertThat(left.text("/bed/state")).isEqualTo("OUT_OF_SERVICE");
    }

    @Test
    void onlyTheOfficesAboveTheHomeCloseItAndOnlyOnce() throws Exception {
        refused(close(scene.operator), 403, "forbidden");
        refused(close(walk.district("371003")), 404, "not-found");
        refused(walk.post(scene.district, scene.path + "/closure", Map.of("reason", ""), "\"1\""), 400,
                "validation-failed");
        refused(walk.post(scene.district, scene.path + "/closure", Map.of("reason", "x"), null), 428,
                "if-match-missing");
        assertThat(HomeScene.together(List.of(() -> close(scene.district), () -> close(walk.city))).stream().sorted()
                .toList()).isIn(List.of(201, 409), List.of(201, 412));
    }
}
