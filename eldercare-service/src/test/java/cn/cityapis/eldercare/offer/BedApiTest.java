package cn.cityapis.eldercare.offer;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.eldercare.Fixtures;
import cn.cityapis.eldercare.HomeScene;
import cn.cityapis.eldercare.Walk;
import cn.cityapis.platform.test.ServiceTest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;

/** Beds as their operator keeps them. */
@ServiceTest(properties = {"demo.data=true", "test.database=of-beds"})
class BedApiTest {

    @LocalServerPort
    private int port;

    @Autowired
    private DatabaseClient database;

    private Walk walk;
    private HomeScene scene;
    private String nursing;

    @BeforeEach
    void setUp() {
        scene = new HomeScene(port, database);
        walk = scene.walk;
        nursing = scene.type("NURSING", 200_000, "MODERATE", "SEVERE");
    }

    private static void refused(Walk.Answer answer, int status, String code) {
        assertThat(answer.text("/code")).as(answer.body().toString()).isEqualTo(code);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.text("/detail")).isNotBlank();
    }

    private String bedPath(String bed) {
        return scene.path + "/beds/" + bed;
    }

    private Walk.Answer use(String bed, String purpose, String reason) {
        return walk.post(scene.operator, bedPath(bed) + "/emergency-uses", Map.of("purpose", purpose, "reason", reason),
                scene.bed(bed).etag());
    }

    private Walk.Answer leaves(String bed, String reason) {
        return walk.post(scene.operator, bedPath(bed) + "/departure", Map.of("reason", reason), scene.bed(bed).etag());
    }

    @Nested
    @DisplayName("第二十五条: free beds are published as they change")
    class Published {

        @Test
        void aNewBedIsCountedListedAndTold() {
            Walk.Answer added = scene.addBed(nursing, "1-101-A", false);
            assertThat(added.status()).isEqualTo(201);
            assertThat(added.text("/bed/state")).isEqualTo("FREE");
            scene.addBed(nursing, "1-102-应急", true);
            Walk.Answer home = walk.get(walk.app, scene.path);
            assertThat(home.body().at("/freeBeds").asLong()).isEqualTo(1);
            assertThat(home.body().at("/freeEmergencyBeds").asLong()).isEqualTo(1);
            Walk.Answer free = walk.get(walk.app, scene.path + "/free-beds");
            assertThat(free.texts("", "label")).containsExactly("1-101-A", "1-102-应急");
            assertThat(free.body().at("/1/emergency").asBoolean()).isTrue();
            assertThat(scene.text("select data ->> 'freeBeds' || '/' || (data ->> 'freeEmergencyBeds') from outbox "
                    + "where subject = 'homes/" + scene.home + "' order by sequence desc limit 1")).isEqualTo("1/1");
        }

        @Test
        void eachChangeOfAFreeBedIsAnEventWithTheCountsOfThatMoment() {
            String bed = scene.addBed(nursing, "1", false).text("/bed/id");
            String citizen = scene.waiting(walk.citizen("published"), Fixtures.idNumber(1941, 801), 52);
            String offer = scene.offer(bed).text("/id");
            walk.post(walk.citizen("published"), "/offers/" + offer + "/refusal", Map.of("reason", "另有安排"),
                    walk.get(walk.citizen("published"), "/offers/" + offer).etag());
            assertThat(walk.get(walk.citizen("published"), "/applications/" + citizen).text("/state"))
                    .isEqualTo("FORFEITED");
            assertThat(scene.text("select string_agg(data ->> 'freeBeds', ',' order by sequence) from outbox "
                    + "where type = 'eldercare.home.beds-changed' and subject = 'homes/" + scene.home + "'"))
                    .isEqualTo("1,0,1");
        }
    }

    @Nested
    class BedsAndTypes {

        @Test
        void aNewBedGoesToTheFirstInTheOrderWithoutAnyonesHelp() {
            String id = scene.waiting(walk.citizen("first"), Fixtures.idNumber(1941, 802), 52);
            Walk.Answer added = scene.addBed(nursing, "1", false);
            assertThat(added.text("/bed/state")).isEqualTo("OFFERED");
            assertThat(walk.get(scene.operator, "/offers/" + added.text("/offerId")).text("/applicationId"))
                    .isEqualTo(id);
        }

        @Test
        void whatIsWrongWithABedIsNamed() {
            scene.addBed(nursing, "1", false);
            refused(scene.addBed(nursing, "1", false), 409, "bed-label-taken");
            refused(scene.addBed("0190a5b0-0000-7000-8000-00000000dead", "2", false), 404, "not-found");
            Walk.Answer wrong = walk.post(scene.operator, scene.path + "/beds",
                    Map.of("label", "<b>", "sex", "X", "emergency", "yes"), null);
            refused(wrong, 400, "validation-failed");
            assertThat(wrong.texts("/errors", "pointer")).contains("/bedTypeId", "/label", "/sex", "/emergency");
            refused(walk.post(walk.operator, scene.path + "/beds",
                    Map.of("bedTypeId", nursing, "label", "3", "emergency", false), null), 404, "not-found");
        }

        @Test
        void aBedChangesOnlyWhileNobodyHasIt() {
            String bed = scene.addBed(nursing, "1", false).text("/bed/id");
            Map<String, Object> wanted = Map.of("bedTypeId", nursing, "label", "1-新", "emergency", true);
            refused(walk.put(scene.operator, bedPath(bed), wanted, null), 428, "if-match-missing");
            refused(walk.put(scene.operator, bedPath(bed), wanted, "\"9\""), 412, "stale");
            refused(walk.put(walk.operator, bedPath(bed), wanted, "\"1\""), 404, "not-found");
            Walk.Answer changed = walk.put(scene.operator, bedPath(bed), wanted, "\"1\"");
            assertThat(changed.text("/bed/label")).isEqualTo("1-新");
            assertThat(changed.etag()).isEqualTo("\"2\"");
            use(bed, "EMERGENCY", "夜间走失老人");
            refused(walk.put(scene.operator, bedPath(bed), wanted, scene.bed(bed).etag()), 409, "not-possible-now");
        }

        @Test
        @DisplayName("第二十二条: a changed fee is published, leaves its trace, and bounds what may be agreed")
        void aChangedFeeLeavesItsTrace() {
            String type = scene.path + "/bed-types/" + nursing;
            Map<String, Object> dearer = Map.of("levels", List.of("MODERATE"), "monthlyFeeFen", 210_000);
            Walk.Answer changed = walk.put(scene.operator, type, dearer, "\"1\"");
            assertThat(changed.body().at("/monthlyFeeFen").asLong()).isEqualTo(210_000);
            assertThat(walk.get(walk.app, scene.path).body().at("/bedTypes/0/monthlyFeeFen").asLong())
                    .isEqualTo(210_000);
            assertThat(scene.text("select old_fen || '>' || new_fen from bed_type_fee_change where bed_type_id = '"
                    + nursing + "'")).isEqualTo("200000>210000");
            refused(walk.put(scene.operator, type, dearer, "\"1\""), 412, "stale");

            WebTestClient citizen = walk.citizen("fees");
            scene.waiting(citizen, Fixtures.idNumber(1941, 803), 52);
            String offer = "/offers/" + scene.addBed(nursing, "1", false).text("/offerId");
            walk.post(citizen, offer + "/acceptance", null, walk.get(citizen, offer).etag());
            Walk.Answer above = papers(offer, 260_001);
            refused(above, 409, "fee-above-published");
            assertThat(above.body().at("/publishedMonthlyFen").asLong()).isEqualTo(260_000);
            assertThat(papers(offer, 260_000).status()).isEqualTo(200);
        }

        private Walk.Answer papers(String offer, long fen) {
            return walk.post(scene.operator, offer + "/paper-check",
                    Map.of("originalsSeen", List.of("APPLICANT_ID_CARD", "APPLICANT_HOUSEHOLD_REGISTER",
                            "PHYSICAL_EXAMINATION"), "agreedMonthlyFen", fen),
                    walk.get(scene.operator, offer).etag());
        }

        @Test
        void aTypeThatTakesMoreLevelsIsOfferedToWhomItFitsNow() {
            String bed = scene.addBed(nursing, "1", false).text("/bed/id");
            scene.waiting(walk.citizen("levels"), Fixtures.idNumber(1941, 804), 10);
            refused(scene.offer(bed), 409, "nobody-fits");
            walk.put(scene.operator, scene.path + "/bed-types/" + nursing,
                    Map.of("levels", List.of("COMPLETE"), "monthlyFeeFen", 200_000), "\"1\"");
            assertThat(scene.bed(bed).text("/state")).isEqualTo("OFFERED");
        }

        @Test
        void aSecondTypeOfTheSameKindIsRefused() {
            refused(walk.post(scene.operator, scene.path + "/bed-types",
                    Map.of("kind", "NURSING", "levels", List.of("SEVERE"), "monthlyFeeFen", 1), null), 409,
                    "bed-type-exists");
            Walk.Answer wrong = walk.post(scene.operator, scene.path + "/bed-types",
                    Map.of("kind", "TENT", "levels", List.of(), "monthlyFeeFen", -1), null);
            assertThat(wrong.texts("/errors", "pointer")).contains("/kind", "/levels", "/monthlyFeeFen");
            refused(walk.post(walk.operator, scene.path + "/bed-types",
                    Map.of("kind", "GENERAL", "levels", List.of("INTACT"), "monthlyFeeFen", 1), null), 404,
                    "not-found");
            assertThat(walk.get(scene.operator, scene.path + "/bed-types").texts("", "kind"))
                    .containsExactly("NURSING");
        }

        @Test
        void twoOperatorsAddingTheSameLabelAddOneBed() throws Exception {
            Callable<Walk.Answer> add = () -> scene.addBed(nursing, "同", false);
            assertThat(HomeScene.together(List.of(add, add, add))).containsExactlyInAnyOrder(201, 409, 409);
        }
    }

    @Nested
    @DisplayName("第二十五条: emergency beds are for turnover, emergencies, temporary placing and the special channel")
    class EmergencyBeds {

        private String bed;

        @BeforeEach
        void addEmergencyBed() {
            bed = scene.addBed(nursing, "应急-1", true).text("/bed/id");
        }

        @Test
        void eachUseIsRecordedWithItsReason() {
            Walk.Answer used = use(bed, "TEMPORARY", "房屋漏雨，临时安置");
            assertThat(used.status()).isEqualTo(201);
            assertThat(used.text("/reason")).isEqualTo("房屋漏雨，临时安置");
            assertThat(walk.get(walk.app, scene.path).body().at("/freeEmergencyBeds").asLong()).isZero();
            refused(use(bed, "EMERGENCY", "再来一位"), 409, "bed-not-free");
            Walk.Answer over = leaves(bed, "USE_OVER");
            assertThat(over.text("/bed/state")).isEqualTo("FREE");
            Walk.Answer stays = walk.get(scene.district, scene.path + "/stays?emergency=true");
            assertThat(stays.texts("/items", "purpose")).containsExactly("TEMPORARY");
            assertThat(stays.texts("/items", "endReason")).containsExactly("USE_OVER");
            refused(walk.get(walk.operator, scene.path + "/stays"), 404, "not-found");
            refused(walk.get(walk.district("371003"), scene.path + "/stays"), 404, "not-found");
        }

        @Test
        void anotherBedCannotBeUsedPastTheQueue() {
            String plain = scene.addBed(nursing, "1", false).text("/bed/id");
            refused(use(plain, "EMERGENCY", "急"), 409, "not-an-emergency-bed");
            assertThat(scene.bed(plain).text("/state")).isEqualTo("FREE");
        }

        @Test
        void whoeverIsNotOfTheSpecialChannelIsNotOfferedOne() {
            scene.waiting(walk.citizen("ordinary"), Fixtures.idNumber(1941, 805), 52);
            refused(scene.offer(bed), 409, "nobody-fits");
        }

        @Test
        void allThatIsWrongWithAUseIsNamedAtOnce() {
            Walk.Answer wrong = walk.post(scene.operator, bedPath(bed) + "/emergency-uses",
                    Map.of("purpose", "EMERGENCY", "reason", "急", "until", "2020-01-01", "applicationId",
                            "0190a5b0-0000-7000-8000-00000000dead"),
                    scene.bed(bed).etag());
            refused(wrong, 400, "validation-failed");
            assertThat(wrong.texts("/errors", "pointer")).containsExactly("/until", "/applicationId");
            refused(walk.post(walk.operator, bedPath(bed) + "/emergency-uses",
                    Map.of("purpose", "EMERGENCY", "reason", "急"), "\"1\""), 404, "not-found");
            refused(leaves(bed, "LEFT"), 409, "not-possible-now");
        }

        @Test
        void twoOperatorsUsingItAtOnceUseItOnce() throws Exception {
            Callable<Walk.Answer> call = () -> walk.post(scene.operator, bedPath(bed) + "/emergency-uses",
                    Map.of("purpose", "EMERGENCY", "reason", "急"), "\"1\"");
            assertThat(HomeScene.together(List.of(call, call, call))).containsExactlyInAnyOrder(201, 412, 412);
            assertThat(scene.count("select count(*) from stay where bed_id = '" + bed + "'")).isEqualTo(1);
        }

        @Test
        @DisplayName("emergency placing: place and time are kept, and the bed is free again when the offer is taken")
        void anApplicantPlacedForTheTimeBeingKeepsHisPlace() {
            WebTestClient citizen = walk.citizen("placed");
            String id = scene.waiting(citizen, Fixtures.idNumber(1941, 806), 52);
            Walk.Answer before = walk.get(citizen, "/applications/" + id);
            Walk.Answer used = walk.post(scene.operator, bedPath(bed) + "/emergency-uses",
                    Map.of("purpose", "EMERGENCY", "reason", "独居跌倒", "applicationId", id), scene.bed(bed).etag());
            assertThat(used.status()).isEqualTo(201);
            Walk.Answer during = walk.get(citizen, "/applications/" + id);
            assertThat(during.text("/state")).isEqualTo("WAITING");
            assertThat(during.body().at("/entries/0/position")).isEqualTo(before.body().at("/entries/0/position"));

            String offer = scene.addBed(nursing, "1", false).text("/offerId");
            assertThat(scene.moveIn(citizen, offer).text("/state")).isEqualTo("COMPLETED");
            assertThat(scene.bed(bed).text("/state")).isEqualTo("FREE");
            assertThat(walk.get(scene.operator, scene.path + "/stays").texts("/items", "purpose"))
                    .containsExactly("ADMISSION", "EMERGENCY");
            assertThat(walk.get(scene.operator, scene.path + "/stays?running=true").texts("/items", "purpose"))
                    .containsExactly("ADMISSION");
        }
    }

    @Test
    void aDeathFreesTheBedAndTheNextIsTold() {
        WebTestClient one = walk.citizen("resident");
        scene.waiting(one, Fixtures.idNumber(1941, 807), 52);
        Walk.Answer added = scene.addBed(nursing, "1", false);
        String bed = added.text("/bed/id");
        scene.moveIn(one, added.text("/offerId"));
        String next = scene.waiting(walk.citizen("next"), Fixtures.idNumber(1941, 808), 52);
        Walk.Answer freed = leaves(bed, "DIED");
        assertThat(freed.status()).isEqualTo(200);
        assertThat(walk.get(scene.operator, "/offers/" + freed.text("/offerId")).text("/applicationId"))
                .isEqualTo(next);
        assertThat(scene.text("select end_reason from stay where bed_id = '" + bed + "'")).isEqualTo("DIED");
        refused(walk.post(walk.operator, bedPath(bed) + "/departure", Map.of("reason", "LEFT"), "\"1\""), 404,
                "not-found");
    }
}
