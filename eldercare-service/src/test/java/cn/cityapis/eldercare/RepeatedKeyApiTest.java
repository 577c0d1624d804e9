package cn.cityapis.eldercare;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.platform.test.ServiceTest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;

/** Each call that creates or decides, sent twice with one key, and with the key on something else. */
@ServiceTest(properties = {"demo.data=true", "test.database=of-bad-input"})
class RepeatedKeyApiTest {

    private static final byte[] PDF = {'%', 'P', 'D', 'F', '-', '1'};

    @LocalServerPort
    private int port;

    @Autowired
    private DatabaseClient database;

    private Walk walk;
    private WebTestClient citizen;

    @BeforeEach
    void setUp() {
        walk = new Walk(port);
        citizen = walk.citizen("repeating-citizen");
    }

    /** Sends it twice; the second answer is the first one again. */
    private Walk.Answer twice(WebTestClient by, String path, @Nullable Object body, @Nullable String etag) {
        return twice(by, path, body, etag, null);
    }

    private Walk.Answer twice(WebTestClient by, String path, @Nullable Object body, @Nullable String etag,
            @Nullable Object otherBody) {
        return walk.twice(by, path, body, etag, otherBody);
    }

    private String etag(WebTestClient by, String path) {
        return walk.get(by, path).etag();
    }

    @Test
    void eachStepOfAnApplication() {
        String id = twice(citizen, "/applications", Walk.form(Fixtures.idNumber(1945, 701), List.of(Walk.HOME_1)), null,
                Map.of()).text("/id");
        String path = "/applications/" + id;
        for (String kind : List.of("APPLICATION_FORM", "APPLICANT_ID_CARD", "APPLICANT_HOUSEHOLD_REGISTER")) {
            String key = UUID.randomUUID().toString();
            Walk.Answer first = walk.upload(citizen, id, kind, PDF, "application/pdf", key);
            assertThat(walk.upload(citizen, id, kind, PDF, "application/pdf", key).text("/id"))
                    .isEqualTo(first.text("/id"));
            assertThat(walk.upload(citizen, id, kind, "%PDF-2".getBytes(java.nio.charset.StandardCharsets.US_ASCII),
                    "application/pdf", key).text("/code")).isEqualTo("idempotency-key-reused");
        }
        twice(citizen, path + "/register-checks", Map.of("kind", "TOWN_PROOF"), null,
                Map.of("kind", "MILITARY_CERTIFICATE"));
        assertThat(walk.get(citizen, path + "/materials").body().size()).isEqualTo(4);
        twice(citizen, path + "/submission", null, etag(citizen, path));
        twice(walk.operator, path + "/review", Map.of("verdict", "QUALIFIED", "reason", "资料齐全"),
                etag(walk.operator, path), Map.of("verdict", "REJECTED", "reason", "资料不实"));
        twice(walk.assessor, path + "/assessments", Walk.assessment(52), etag(walk.assessor, path),
                Walk.assessment(60));
        twice(citizen, path + "/withdrawal", null, etag(citizen, path));
        assertThat(walk.get(citizen, path).texts("/decisions", "kind")).containsExactly("SUBMIT", "QUALIFY",
                "RECORD_ASSESSMENT", "WITHDRAW");
    }

    @Test
    void eachStepOfAnOffer() {
        String application = walk.waiting(citizen, Fixtures.idNumber(1945, 702));
        List<String> beds = walk.freeBeds("NURSING");
        Walk.Answer offer = twice(walk.operator, "/homes/" + Walk.HOME_1 + "/offers", Map.of("bedId", beds.getFirst()),
                null, Map.of("bedId", beds.getLast()));
        assertThat(offer.text("/applicationId")).isEqualTo(application);
        String path = "/offers/" + offer.text("/id");
        twice(citizen, path + "/acceptance", null, offer.etag());
        Map<String, Object> papers = Map.of("originalsSeen",
                List.of("APPLICANT_ID_CARD", "APPLICANT_HOUSEHOLD_REGISTER", "PHYSICAL_EXAMINATION"),
                "agreedMonthlyFen", 300_000);
        twice(walk.operator, path + "/paper-check", papers, etag(citizen, path),
                Map.of("originalsSeen", List.of(), "agreedMonthlyFen", 1));
        twice(walk.operator, path + "/admission", null, etag(citizen, path));
        assertThat(walk.get(citizen, "/applications/" + application).texts("/decisions", "kind")).endsWith("MAKE_OFFER",
                "ACCEPT_OFFER", "CHECK_PAPERS", "ADMIT");
    }

    @Test
    void aRefusalAndTheStateOfABed() {
        walk.waiting(citizen, Fixtures.idNumber(1945, 703));
        List<String> beds = walk.freeBeds("NURSING");
        Walk.Answer offer = walk.post(walk.operator, "/homes/" + Walk.HOME_1 + "/offers",
                Map.of("bedId", beds.getFirst()), null);
        twice(citizen, "/offers/" + offer.text("/id") + "/refusal", Map.of("reason", "另有安排"), offer.etag(),
                Map.of("reason", "另有打算"));
        String bed = walk.freeBeds("GENERAL").getLast();
        twice(walk.operator, "/homes/" + Walk.HOME_1 + "/beds/" + bed + "/state", Map.of("state", "OUT_OF_SERVICE"),
                "\"1\"", Map.of("state", "FREE"));
    }

    @Test
    void aChangeOfFees() {
        walk.twice(walk.operator, "/homes/" + Walk.HOME_1 + "/fee-changes",
                Map.of("name", "取暖费", "monthlyFen", 10_000, "from", "2030-01-01"), null,
                Map.of("name", "取暖费", "monthlyFen", 20_000, "from", "2030-01-01"));
    }

    @Test
    void theKeepingOfBeds() {
        HomeScene scene = new HomeScene(port, database);
        String type = twice(scene.operator, scene.path + "/bed-types",
                Map.of("kind", "NURSING", "levels", List.of("SEVERE"), "monthlyFeeFen", 1), null,
                Map.of("kind", "GENERAL", "levels", List.of("SEVERE"), "monthlyFeeFen", 1)).text("/id");
        String bed = twice(scene.operator, scene.path + "/beds",
                Map.of("bedTypeId", type, "label", "1", "emergency", true), null,
                Map.of("bedTypeId", type, "label", "2", "emergency", true)).text("/bed/id");
        String path = scene.path + "/beds/" + bed;
        twice(scene.operator, path + "/emergency-uses", Map.of("purpose", "TURNOVER", "reason", "周转"), "\"1\"",
                Map.of("purpose", "TURNOVER", "reason", "别的"));
        twice(scene.operator, path + "/departure", Map.of("reason", "USE_OVER"), "\"2\"", Map.of("reason", "LEFT"));
    }

    @Test
    void aClosing() {
        HomeScene scene = new HomeScene(port, database);
        HomeScene other = new HomeScene(port, database);
        String id = scene.waiting(citizen, Fixtures.idNumber(1945, 705), 52);
        twice(scene.district, scene.path + "/closure", Map.of("reason", "房屋鉴定不合格"), "\"1\"",
                Map.of("reason", "别的"));
        scene.run("insert into bed (id, home_id, bed_type_id, label, state) select gen_random_uuid(), '" + scene.home
                + "', (select id from bed_type limit 1), 'x', 'OCCUPIED'");
        String bed = walk.get(scene.operator, scene.path + "/beds").text("/items/0/id");
        twice(scene.operator, scene.path + "/beds/" + bed + "/adjustments", Map.of("outcome", "KEPT", "reason", "仍适合"),
                "\"1\"", Map.of("outcome", "KEPT", "reason", "别的"));
        String path = "/applications/" + id;
        twice(citizen, path + "/replacement-homes", Map.of("homeId", other.home), etag(citizen, path),
                Map.of("homeId", Walk.HOME_2));
    }

    @Test
    void anExtensionOfTheBook() {
        Map<String, String> body = Map.of("extendedTo", "2028-12-31", "decidedOn", "2026-11-01", "basis", "测试用延期文件");
        twice(walk.city, "/rule-books/current/extensions", body, null,
                Map.of("extendedTo", "2029-12-31", "decidedOn", "2026-11-01", "basis", "测试用延期文件"));
    }
}
