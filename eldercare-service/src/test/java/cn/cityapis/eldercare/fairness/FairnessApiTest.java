package cn.cityapis.eldercare.fairness;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.eldercare.Fixtures;
import cn.cityapis.eldercare.Walk;
import cn.cityapis.platform.test.Apis;
import cn.cityapis.platform.test.ServiceTest;
import cn.cityapis.platform.test.Tokens;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;

/** The proof over HTTP, and faults planted in the real database. */
@ServiceTest(properties = {"demo.data=true", "test.database=of-fairness",
        "eldercare.fairness.portion=3"})
class FairnessApiTest {

    @LocalServerPort
    private int port;

    @Autowired
    private DatabaseClient database;

    private Walk walk;
    private WebTestClient auditor;

    @BeforeEach
    void setUp() {
        walk = new Walk(port);
        auditor = by(Tokens.operator("the-auditor", "371000", "auditor"));
    }

    private WebTestClient by(Tokens who) {
        return Apis.client(port, who.scopes("eldercare.read", "eldercare.decide").token());
    }

    private static String home(int number) {
        return Walk.HOME_1.substring(0, Walk.HOME_1.length() - 2) + "%02x".formatted(number);
    }

    private Walk.Answer check(WebTestClient by, int home, String query) {
        return walk.get(by, "/homes/" + home(home) + "/fairness-check" + query);
    }

    private Walk.Answer offer(int home, String kind) {
        WebTestClient operator = by(Tokens.operator("operator", "demo-home-" + home, "home-operator"));
        for (JsonNode bed : walk.get(operator, "/homes/" + home(home) + "/beds?state=FREE&limit=100").body()
                .at("/items")) {
            if (bed.at("/type/kind").asString().equals(kind) && !bed.path("emergency").asBoolean()) {
                return walk.post(operator, "/homes/" + home(home) + "/offers",
                        Map.of("bedId", bed.path("id").asString()), null);
            }
        }
        throw new AssertionError("no free bed");
    }

    @Test
    @DisplayName("第八条, 第二十条: offers, a refusal, a withdrawal and a move are proven to have gone by the order")
    void aFairHistoryIsProven() {
        WebTestClient citizen = walk.citizen("fair");
        String id = walk.waiting(citizen, Fixtures.idNumber(1943, 711));
        String offer = offer(1, "NURSING").text("/id");
        walk.post(citizen, "/offers/" + offer + "/refusal", Map.of("reason", "家属另有安排"),
                walk.get(citizen, "/offers/" + offer).etag());
        assertThat(walk.get(citizen, "/applications/" + id).text("/state")).isEqualTo("FORFEITED");
        assertThat(offer(1, "GENERAL").status()).isEqualTo(201);
        Walk.Answer proof = check(auditor, 1, "");
        assertThat(proof.status()).isEqualTo(200);
        assertThat(proof.body().path("violations")).as(proof.body().toPrettyString()).isEmpty();
        assertThat(proof.body().path("fair").asBoolean()).isTrue();
        assertThat(proof.body().path("offers").asInt()).isEqualTo(3);
        assertThat(proof.body().at("/skips/LEVEL_NOT_TAKEN").asInt()).isPositive();
        assertThat(proof.texts("/latest/0/skips", "reason")).isNotEmpty();
        assertThat(proof.texts("/basis", "article")).contains("8", "20");
        assertThat(proof.text("/ruleBook/number")).isEqualTo("威民发〔2023〕17号");
        assertThat(check(auditor, 1, "").text("/digest")).isEqualTo(proof.text("/digest"));
    }

    @Test
    void thePeriodChoosesTheOffersThatAreShown() {
        offer(3, "GENERAL");
        LocalDate tomorrow = Fixtures.TODAY.plusDays(1);
        assertThat(check(auditor, 3, "?from=" + tomorrow).body().path("offers").asInt()).isZero();
        assertThat(check(auditor, 3, "?to=" + tomorrow).body().path("offers").asInt()).isEqualTo(1);
        assertThat(check(auditor, 3, "?from=2026-02-02&to=2026-02-01").text("/errors/0/pointer")).isEqualTo("/to");
        assertThat(check(auditor, 3, "?from=yesterday").status()).isEqualTo(400);
    }

    @Test
    @DisplayName("第七条: the district's office and the home itself; nobody else's home exists")
    void whoMayAsk() {
        assertThat(check(walk.operator, 1, "").status()).isEqualTo(200);
        assertThat(check(walk.otherOperator, 1, "").status()).isEqualTo(404);
        assertThat(check(by(Tokens.operator("officer", "371002", "district")), 1, "").status()).isEqualTo(200);
        assertThat(check(by(Tokens.operator("officer", "371003", "district")), 1, "").status()).isEqualTo(404);
        assertThat(check(walk.assessor, 1, "").status()).isEqualTo(403);
        assertThat(check(auditor, 255, "").status()).isEqualTo(404);
    }

    @ParameterizedTest(name = "{3}")
    @CsvSource(delimiter = '|', textBlock = """
            4  | 2 | update offer set candidates = candidates - 0 where home_id = '%s' and jsonb_array_length(candidates) > 1 | SKIPPED_WITHOUT_REASON
            5  | 2 | update offer set candidates = jsonb_set(candidates, '{0,verdict}', '"EMERGENCY_BED_SPECIAL_ONLY"') where home_id = '%s' and jsonb_array_length(candidates) > 1 | REASON_DOES_NOT_HOLD
            7  | 1 | update offer set candidates = jsonb_set(candidates, '{0,channel}', '"SPECIAL"') where home_id = '%s' | LIST_MISSTATES
            12 | 0 | update queue_entry set channel = 'SPECIAL', channel_rank = 1 where id = (select id from queue_entry where home_id = '%s' and phase = 'WAITING' order by channel_rank desc, applied_at desc limit 1) | CHANGED_UNRECORDED
            6  | 0 | update queue_entry set sealed_needs = '\\x00' where id = (select id from queue_entry where home_id = '%s' and ended_at is not null limit 1) | CHANGED_UNRECORDED
            10 | 1 | update offer set entry_id = (select id from queue_entry e where e.home_id = offer.home_id and phase = 'WAITING' limit 1) where home_id = '%s' | OFFER_MISSING
            11 | 1 | delete from queue_event where kind = 'OFFERED' and home_id = '%s' | OFFER_UNRECORDED
            2  | 1 | update queue_event set applied_at = applied_at - interval '1 day' where kind = 'OFFERED' and home_id = '%s' | TIME_OF_APPLICATION_MOVED
            """)
    void aFaultPlantedInTheDatabaseIsFound(int home, int offers, String fault, Fault expected) {
        for (int i = 0; i < offers; i++) {
            assertThat(offer(home, "GENERAL").status()).isEqualTo(201);
        }
        assertThat(check(auditor, home, "").body().path("violations")).isEmpty();
        tamper(fault.formatted(home(home)));
        Walk.Answer found = check(auditor, home, "");
        assertThat(found.body().path("fair").asBoolean()).isFalse();
        assertThat(found.texts("/violations", "fault")).contains(expected.name());
        assertThat(found.text("/violations/0/basis/0/document")).isEqualTo("威民发〔2023〕17号");
    }

    /** As somebody with the database owner's rights could. */
    private void tamper(String sql) {
        for (String step : List.of("alter table queue_event disable trigger user", sql,
                "alter table queue_event enable trigger user")) {
            database.sql(step).then().block();
        }
    }
}
