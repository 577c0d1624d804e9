package cn.cityapis.eldercare.offer;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.eldercare.Fixtures;
import cn.cityapis.eldercare.HomeScene;
import cn.cityapis.eldercare.Walk;
import cn.cityapis.platform.test.ServiceTest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.reactive.server.WebTestClient;

@ServiceTest(properties = {"demo.data=true", "test.database=of-beds"})
@DisplayName("第二十三条: after a change of condition a resident is kept or moved")
class TransferApiTest extends TwoHomesScene {

    private static final AtomicInteger NUMBERS = new AtomicInteger(900);

    private WebTestClient citizen;
    private String resident;
    private String idNumber;
    private String bed;

    @BeforeEach
    void setUp() {
        int number = NUMBERS.getAndIncrement();
        citizen = walk.citizen("resident-" + number);
        idNumber = Fixtures.idNumber(1943, number);
        resident = scene.waiting(citizen, idNumber, 52);
        Walk.Answer added = scene.addBed(nursing, "1", false);
        bed = added.text("/bed/id");
        scene.moveIn(citizen, added.text("/offerId"));
    }

    private Walk.Answer adjust(WebTestClient by, Map<String, Object> body) {
        return walk.post(by, scene.path + "/beds/" + bed + "/adjustments", body, scene.bed(bed).etag());
    }

    @Test
    void whoIsKeptStaysAndTheReasonIsRecorded() {
        Walk.Answer kept = adjust(scene.operator, Map.of("outcome", "KEPT", "reason", "再次评估后仍适合"));
        assertThat(kept.status()).as(kept.body().toString()).isEqualTo(201);
        assertThat(scene.text(
                "select outcome || reason || (length(reason_sealed) > 0) from adjustment where bed_id = '" + bed + "'"))
                .isEqualTo("KEPTtrue");
        assertThat(scene.bed(bed).text("/state")).isEqualTo("OCCUPIED");
    }

    @Test
    void whoMovesLeavesHisBedToTheNext() {
        String to = scene.addBed(nursing, "2", false).text("/bed/id");
        String next = scene.waiting(walk.citizen("next-" + bed), Fixtures.idNumber(1944, NUMBERS.getAndIncrement()),
                52);
        Walk.Answer moved = adjust(scene.operator, Map.of("outcome", "MOVED", "toBedId", to, "reason", "需要护理"));
        assertThat(moved.status()).as(moved.body().toString()).isEqualTo(201);
        assertThat(scene.bed(to).text("/state")).isEqualTo("OCCUPIED");
        assertThat(scene.bed(bed).text("/state")).isEqualTo("OFFERED");
        assertThat(walk.get(walk.citizen("next-" + bed), "/applications/" + next).text("/state")).isEqualTo("OFFERED");
        assertThat(walk.get(scene.operator, scene.path + "/stays").texts("/items", "endReason")).contains("MOVED");
        assertThat(walk.get(citizen, "/applications/" + resident).texts("/decisions", "kind"))
                .endsWith("MOVE_RESIDENT");
        assertThat(scene.text("select state_facts ->> 'bedId' from application where id = '" + resident + "'"))
                .isEqualTo(to);
    }

    @Test
    void betweenHomesTheOfficeAboveBothMovesHimAlsoOutOfAClosedOne() {
        String to = other.addBed(other.type("NURSING", 1, "MODERATE"), "9", false).text("/bed/id");
        walk.post(scene.district, scene.path + "/closure", Map.of("reason", "停业"),
                walk.get(walk.app, scene.path).etag());
        Map<String, Object> body = Map.of("outcome", "MOVED", "toHomeId", other.home, "toBedId", to, "reason", "原机构停业");
        refused(adjust(scene.operator, body), 404, "not-found");
        refused(adjust(walk.district("371003"), body), 404, "not-found");
        Walk.Answer moved = adjust(scene.district, body);
        assertThat(moved.status()).as(moved.body().toString()).isEqualTo(201);
        assertThat(other.bed(to).text("/state")).isEqualTo("OCCUPIED");
        assertThat(scene.bed(bed).text("/state")).isEqualTo("OUT_OF_SERVICE");
        assertThat(walk.get(scene.district, scene.path + "/residents").body().at("/items").size()).isZero();
        assertThat(walk.get(scene.district, other.path + "/residents").texts("/items", "applicationId"))
                .containsExactly(resident);
    }

    private Walk.Answer died(WebTestClient by) {
        return walk.post(by, "/applications/" + resident + "/death", Map.of("source", "村居告知"),
                walk.get(citizen, "/applications/" + resident).etag());
    }

    @Test
    void aDeathLearntAfterHeLeftLeavesTheBedToWhoLivesThereNow() {
        walk.post(scene.operator, scene.path + "/beds/" + bed + "/departure", Map.of("reason", "LEFT"),
                scene.bed(bed).etag());
        WebTestClient next = walk.citizen("after-" + bed);
        String id = scene.waiting(next, Fixtures.idNumber(1944, NUMBERS.getAndIncrement()), 52);
        scene.moveIn(next, scene.offer(bed).text("/id"));
        assertThat(died(scene.operator).text("/state")).isEqualTo("DIED");
        assertThat(scene.bed(bed).text("/state")).isEqualTo("OCCUPIED");
        assertThat(scene.text("select application_id from stay where ended_at is null and bed_id = '" + bed + "'"))
                .isEqualTo(id);
    }

    @Test
    void whoDiesInAnEmergencyBedWhileWaitingLeavesIt() {
        String emergency = scene.addBed(nursing, "8", true).text("/bed/id");
        WebTestClient placed = walk.citizen("placed-" + bed);
        String id = scene.waiting(placed, Fixtures.idNumber(1944, NUMBERS.getAndIncrement()), 52);
        walk.post(scene.operator, scene.path + "/beds/" + emergency + "/emergency-uses",
                Map.of("purpose", "EMERGENCY", "reason", "火灾", "applicationId", id), scene.bed(emergency).etag());
        assertThat(scene.bed(emergency).text("/state")).isEqualTo("OCCUPIED");
        walk.post(scene.operator, "/applications/" + id + "/death", Map.of("source", "本机构"),
                walk.get(placed, "/applications/" + id).etag());
        assertThat(scene.bed(emergency).text("/state")).isEqualTo("FREE");
        assertThat(scene.text("select end_reason from stay where bed_id = '" + emergency + "'")).isEqualTo("DIED");
    }

    private long livesInBeds() {
        return scene.count("select count(*) from stay s join application a on a.id = s.application_id where s.ended_at "
                + "is null and a.person_index = (select person_index from application where id = '" + resident + "')");
    }

    @Test
    @DisplayName("nobody has two beds: who moves into another home by a round of its own leaves the first")
    void whoMovesInElsewhereLeavesHisFormerBed() {
        other.waiting(citizen, idNumber, 52);
        String offer = other.addBed(other.type("NURSING", 1, "MODERATE"), "9", false).text("/offerId");
        assertThat(other.moveIn(citizen, offer).text("/state")).isEqualTo("COMPLETED");
        assertThat(scene.bed(bed).text("/state")).isEqualTo("FREE");
        assertThat(livesInBeds()).isEqualTo(1);
        assertThat(scene.text("select end_reason from stay where bed_id = '" + bed + "'")).isEqualTo("MOVED");
    }

    @Test
    void toAHomeInWhoseQueueHeStoodHeIsNothingOnceHeLivesElsewhere() {
        WebTestClient both = walk.citizen("both-" + bed);
        String id = scene.waiting(both, Fixtures.idNumber(1944, NUMBERS.getAndIncrement()), 52,
                List.of(scene.home, other.home), List.of("NURSING"));
        String path = "/applications/" + id;
        List<String> parts = List.of("", "/form", "/assessments", "/materials", "/circumstance-changes",
                "/illness-notes");
        assertThat(parts).allSatisfy(part -> assertThat(walk.get(other.operator, path + part).status()).isEqualTo(200));
        scene.moveIn(both, scene.addBed(nursing, "3", false).text("/offerId"));
        assertThat(walk.get(both, path).text("/state")).isEqualTo("ADMITTED");
        String seen = walk.get(both, path).etag();
        assertThat(parts).allSatisfy(part -> {
            assertThat(walk.get(other.operator, path + part).status()).isEqualTo(404);
            assertThat(walk.get(scene.operator, path + part).status()).isEqualTo(200);
        });
        assertThat(walk.post(other.operator, path + "/disqualification", Map.of("reason", "伪造"), seen).status())
                .isEqualTo(404);
        assertThat(walk.post(other.operator, path + "/death", Map.of("source", "x"), seen).status()).isEqualTo(404);
    }

    @Test
    @DisplayName("第十四条: a death, wherever it is learnt, ends all rounds of the person")
    void aDeathRecordedInOneRoundEndsTheOthers() {
        // the bed that becomes free must not be offered to the other round of the same person
        String again = other.waiting(citizen, idNumber, 52, List.of(other.home, scene.home), List.of("NURSING"));
        assertThat(died(scene.operator).text("/state")).isEqualTo("DIED");
        assertThat(walk.get(citizen, "/applications/" + again).text("/state")).isEqualTo("DIED");
        assertThat(walk.get(citizen, "/applications/" + again).texts("/entries", "endReason")).containsOnly("DIED");
        assertThat(scene.bed(bed).text("/state")).isEqualTo("FREE");
        assertThat(other.addBed(other.type("NURSING", 1, "MODERATE"), "9", false).text("/bed/state"))
                .isEqualTo("FREE");
        assertThat(livesInBeds()).isZero();
    }

    /** His second round waits for the very bed in which he dies. */
    @Test
    void aDeathToldAsABedEmptiesEndsHisRoundsAndOffersHimNothing() {
        String again = scene.waiting(citizen, idNumber, 52);
        Walk.Answer freed = walk.post(scene.operator, scene.path + "/beds/" + bed + "/departure",
                Map.of("reason", "DIED", "note", "病逝"), scene.bed(bed).etag());
        assertThat(freed.text("/bed/state")).as(freed.body().toString()).isEqualTo("FREE");
        for (String round : List.of(resident, again)) {
            assertThat(walk.get(citizen, "/applications/" + round).text("/state")).isEqualTo("DIED");
        }
        assertThat(
                scene.text("select end_reason || end_note || (length(end_note_sealed) > 0) from stay where bed_id = '"
                        + bed + "'"))
                .isEqualTo("DIEDtrue");
    }

    @Test
    void whoIsSaidToHaveDiedInAnEmergencyBedNoLongerWaits() {
        String emergency = scene.addBed(nursing, "8", true).text("/bed/id");
        WebTestClient placed = walk.citizen("placed-" + bed);
        String id = scene.waiting(placed, Fixtures.idNumber(1944, NUMBERS.getAndIncrement()), 52);
        walk.post(scene.operator, scene.path + "/beds/" + emergency + "/emergency-uses",
                Map.of("purpose", "EMERGENCY", "reason", "火灾", "applicationId", id), scene.bed(emergency).etag());
        walk.post(scene.operator, scene.path + "/beds/" + emergency + "/departure", Map.of("reason", "DIED"),
                scene.bed(emergency).etag());
        assertThat(walk.get(placed, "/applications/" + id).text("/state")).isEqualTo("DIED");
        assertThat(scene.addBed(nursing, "10", false).text("/bed/state")).isEqualTo("FREE");
    }

    /** Else a draft with somebody's ID number would be enough to end what he filed. */
    @Test
    void aDeathThatACitizenReportsEndsHisOwnPaperOnly() {
        WebTestClient stranger = walk.citizen("stranger-" + bed);
        String draft = walk.complete(stranger, idNumber, List.of(scene.home));
        assertThat(walk.post(stranger, "/applications/" + draft + "/death-report", Map.of(),
                walk.get(stranger, "/applications/" + draft).etag()).text("/state")).isEqualTo("DIED");
        assertThat(walk.get(citizen, "/applications/" + resident).text("/state")).isEqualTo("ADMITTED");
    }

    @Test
    void inAClosedHomeABedThatEmptiesIsNotFreeAgain() {
        walk.post(scene.district, scene.path + "/closure", Map.of("reason", "停业"),
                walk.get(walk.app, scene.path).etag());
        assertThat(died(scene.district).text("/state")).isEqualTo("DIED");
        assertThat(scene.bed(bed).text("/state")).isEqualTo("OUT_OF_SERVICE");
    }

    @Test
    void theHomeWhereHeLivesNowKnowsHim() {
        String to = other.addBed(other.type("NURSING", 1, "MODERATE"), "9", false).text("/bed/id");
        assertThat(walk.get(other.operator, "/applications/" + resident).status()).isEqualTo(404);
        adjust(scene.district, Map.of("outcome", "MOVED", "toHomeId", other.home, "toBedId", to, "reason", "搬家"));
        assertThat(walk.get(other.operator, "/applications/" + resident).status()).isEqualTo(200);
        assertThat(died(other.operator).text("/state")).isEqualTo("DIED");
        assertThat(other.bed(to).text("/state")).isEqualTo("FREE");
    }

    @Test
    void whatDoesNotFitIsRefused() {
        String general = scene.type("GENERAL", 1, "INTACT");
        String wrong = scene.addBed(general, "3", false).text("/bed/id");
        String emergency = scene.addBed(nursing, "4", true).text("/bed/id");
        refused(adjust(scene.operator, Map.of("outcome", "MOVED", "toBedId", wrong, "reason", "x")), 409,
                "level-not-taken");
        refused(adjust(scene.operator, Map.of("outcome", "MOVED", "toBedId", emergency, "reason", "x")), 409,
                "not-possible-now");
        refused(adjust(scene.operator, Map.of("outcome", "MOVED", "toBedId", bed, "reason", "x")), 409,
                "bed-not-free");
        refused(adjust(scene.operator, Map.of("outcome", "MOVED", "reason", "x")), 400, "validation-failed");
        refused(adjust(walk.operator, Map.of("outcome", "KEPT", "reason", "x")), 404, "not-found");
    }

    /** The resident's sex is odd or even with the sequence in his ID number. */
    @Test
    void aRoomForTheOtherSexIsRefusedAndOneForHisOwnOrForBothIsTaken() {
        boolean woman = Integer.parseInt(idNumber.substring(14, 17)) % 2 == 0;
        String others = scene.addBed(nursing, "11", false, woman ? "MALE" : "FEMALE").text("/bed/id");
        String own = scene.addBed(nursing, "12", false, woman ? "FEMALE" : "MALE").text("/bed/id");
        refused(adjust(scene.operator, Map.of("outcome", "MOVED", "toBedId", others, "reason", "x")), 409,
                "sex-does-not-fit");
        assertThat(scene.bed(others).text("/state")).isEqualTo("FREE");
        assertThat(scene.bed(bed).text("/state")).isEqualTo("OCCUPIED");
        assertThat(adjust(scene.operator, Map.of("outcome", "MOVED", "toBedId", own, "reason", "x")).status())
                .isEqualTo(201);
        bed = own;
        String forBoth = scene.addBed(nursing, "13", false).text("/bed/id");
        assertThat(adjust(scene.operator, Map.of("outcome", "MOVED", "toBedId", forBoth, "reason", "x")).status())
                .isEqualTo(201);
    }

    @Test
    @DisplayName("第二十五条: a temporary use of an emergency bed does not lead past the queue")
    void whoIsPlacedForTheTimeBeingIsNotMovedIntoABed() {
        String emergency = scene.addBed(nursing, "4", true).text("/bed/id");
        String to = scene.addBed(nursing, "5", false).text("/bed/id");
        walk.post(scene.operator, scene.path + "/beds/" + emergency + "/emergency-uses",
                Map.of("purpose", "TEMPORARY", "reason", "临时"), scene.bed(emergency).etag());
        refused(walk.post(scene.operator, scene.path + "/beds/" + emergency + "/adjustments",
                Map.of("outcome", "MOVED", "toBedId", to, "reason", "x"), scene.bed(emergency).etag()), 409,
                "not-possible-now");
    }

    @Test
    void twoOperatorsMovingHimAtOnceMoveHimOnce() throws Exception {
        String one = scene.addBed(nursing, "6", false).text("/bed/id");
        String two = scene.addBed(nursing, "7", false).text("/bed/id");
        String version = scene.bed(bed).etag();
        List<Integer> statuses = HomeScene.together(List.of(one, two)
                .stream().<Callable<Walk.Answer>>map(to -> () -> walk.post(scene.operator,
                        scene.path + "/beds/" + bed + "/adjustments",
                        Map.of("outcome", "MOVED", "toBedId", to, "reason", "x"), version))
                .toList());
        assertThat(statuses).containsExactlyInAnyOrder(201, 412);
        assertThat(scene.count("select count(*) from stay where application_id = '" + resident
                + "' and ended_at is null")).isEqualTo(1);
    }

    @Test
    void whoLivesInOneHomeIsNotPlacedInAnotherForTheTimeBeing() {
        String again = other.waiting(citizen, idNumber, 52);
        String emergency = other.addBed(other.type("NURSING", 200_000, "MODERATE"), "应急", true).text("/bed/id");
        Walk.Answer used = walk.post(other.operator, other.path + "/beds/" + emergency + "/emergency-uses",
                Map.of("purpose", "TEMPORARY", "reason", "家中维修", "applicationId", again),
                other.bed(emergency).etag());
        refused(used, 409, "already-placed");
        assertThat(other.bed(emergency).text("/state")).isEqualTo("FREE");
    }
}
