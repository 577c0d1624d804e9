package cn.cityapis.eldercare.application;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.eldercare.Fixtures;
import cn.cityapis.eldercare.ApplicationScene;
import cn.cityapis.eldercare.Walk;
import cn.cityapis.platform.test.Apis;
import cn.cityapis.platform.test.ServiceTest;
import cn.cityapis.platform.test.Tokens;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.reactive.server.WebTestClient;

@ServiceTest(properties = {"demo.data=true", "test.database=of-ends",
        "eldercare.jobs.place-after=P3650D"})
@DisplayName("威民发〔2023〕17号: the ends of a round that no step of the procedure leads to")
class EndApiTest extends ApplicationScene {

    private WebTestClient district;
    private WebTestClient otherDistrict;

    EndApiTest() {
        super("ending-citizen");
    }

    @BeforeEach
    void callTheDistricts() {
        district = district("371002");
        otherDistrict = district("371003");
    }

    private WebTestClient district(String code) {
        return Apis.client(port, Tokens.operator("officer-" + code, code, "district")
                .scopes("eldercare.read", "eldercare.decide").token());
    }

    @Nested
    @DisplayName("第二十六条: false statements cost the place, before and after moving in")
    class FalseStatements {

        private static final Map<String, Object> FORGED = Map.of("reason", "低保证明系伪造");

        @Test
        void whileWaitingByTheHome() {
            String id = walk.waiting(citizen, Fixtures.idNumber(1935, 501));
            Walk.Answer ended = post(walk.operator, id, "/disqualification", FORGED);
            assertThat(ended.text("/state")).isEqualTo("DISQUALIFIED");
            assertThat(ended.text("/entries/0/endReason")).isEqualTo("DISQUALIFIED");
            assertThat(ended.body().at("/decisions").findValuesAsString("article")).endsWith("26");
            Walk.Answer again = post(walk.operator, id, "/disqualification", FORGED);
            assertThat(again.text("/code")).isEqualTo("not-possible-now");
        }

        @Test
        void withAnOfferOpenItsBedGoesToTheNext() {
            String id = walk.waiting(citizen, Fixtures.idNumber(1935, 502));
            String bed = walk.freeBeds("NURSING").getFirst();
            Walk.Answer offer = walk.offer(bed);
            assertThat(offer.text("/applicationId")).isEqualTo(id);
            assertThat(post(district, id, "/disqualification", FORGED).text("/state")).isEqualTo("DISQUALIFIED");
            assertThat(walk.get(walk.operator, "/offers/" + offer.text("/id")).text("/state")).isEqualTo("WITHDRAWN");
            Walk.Answer next = walk.get(walk.operator, "/homes/" + Walk.HOME_1 + "/offers?limit=1");
            assertThat(next.text("/items/0/bedId")).isEqualTo(bed);
            assertThat(next.text("/items/0/applicationId")).isNotEqualTo(id);
        }

        @Test
        void afterMovingInTheBedIsFreedAndGoesToTheNext() {
            String id = walk.waiting(citizen, Fixtures.idNumber(1935, 503));
            String bed = walk.moveIn(citizen, id);
            Walk.Answer ended = post(walk.operator, id, "/disqualification", FORGED);
            assertThat(ended.text("/state")).isEqualTo("DISQUALIFIED");
            assertThat(ended.text("/entries/0/endReason")).as("he did move in").isEqualTo("ADMITTED");
            Walk.Answer next = walk.get(walk.operator, "/homes/" + Walk.HOME_1 + "/offers?limit=1");
            assertThat(next.text("/items/0/bedId")).isEqualTo(bed);
            assertThat(next.text("/items/0/state")).isEqualTo("OPEN");
        }

        @Test
        void notByAnotherHomeNorAnotherDistrict() {
            String id = walk.waiting(citizen, Fixtures.idNumber(1935, 504));
            assertThat(post(walk.otherOperator, id, "/disqualification", FORGED).status()).isEqualTo(404);
            assertThat(post(otherDistrict, id, "/disqualification", FORGED).status()).isEqualTo(404);
            assertThat(post(citizen, id, "/disqualification", FORGED).status()).isEqualTo(403);
            post(citizen, id, "/withdrawal", null);
        }
    }

    @Nested
    @DisplayName("Death is an outcome of its own, wherever it is learnt")
    class Death {

        @Test
        void fromTheAgent() {
            String id = walk.waiting(citizen, Fixtures.idNumber(1934, 501));
            assertThat(post(citizen, id, "/death-report", Map.of("on", "2999-01-01")).text("/errors/0/pointer"))
                    .isEqualTo("/on");
            assertThat(post(walk.citizen("stranger"), id, "/death-report", Map.of()).status()).isEqualTo(404);
            Walk.Answer ended = post(citizen, id, "/death-report", Map.of());
            assertThat(ended.text("/state")).isEqualTo("DIED");
            assertThat(ended.text("/entries/0/endReason")).isEqualTo("DIED");
            assertThat(post(citizen, id, "/withdrawal", null).text("/code")).isEqualTo("not-possible-now");
        }

        @Test
        void fromTheDistrictWhileAnOfferIsOpen() {
            String id = walk.waiting(citizen, Fixtures.idNumber(1934, 502));
            Walk.Answer offer = walk.offer(walk.freeBeds("NURSING").getFirst());
            Walk.Answer ended = post(district, id, "/death", Map.of("on", "2026-11-01", "source", "村居告知"));
            assertThat(ended.text("/state")).isEqualTo("DIED");
            assertThat(walk.get(walk.operator, "/offers/" + offer.text("/id")).text("/state")).isEqualTo("WITHDRAWN");
        }

        @Test
        void fromTheHomeAfterMovingIn() {
            String id = walk.waiting(citizen, Fixtures.idNumber(1934, 503));
            String bed = walk.moveIn(citizen, id);
            assertThat(post(walk.operator, id, "/death", Map.of("source", "本院")).text("/state")).isEqualTo("DIED");
            assertThat(walk.get(walk.operator, "/homes/" + Walk.HOME_1 + "/offers?limit=1").text("/items/0/bedId"))
                    .isEqualTo(bed);
        }

        @Test
        void fromTheRegister() {
            String alive = walk.waiting(citizen, Fixtures.idNumber(1934, 504));
            assertThat(post(walk.operator, alive, "/death-check", null).text("/code"))
                    .isEqualTo("register-unconfirmed");
            assertThat(walk.get(citizen, "/applications/" + alive).text("/state")).isEqualTo("WAITING");
            String dead = walk.waiting(citizen, Fixtures.idNumber(1934, 994));
            assertThat(post(walk.operator, dead, "/death-check", null).text("/state")).isEqualTo("DIED");
            post(citizen, alive, "/withdrawal", null);
        }

        @Test
        void fromADraft() {
            String id = walk.post(citizen, "/applications", Map.of(), null).text("/id");
            assertThat(post(walk.operator, id, "/death", Map.of("source", "村居")).status()).isEqualTo(404);
            assertThat(post(citizen, id, "/death-report", Map.of()).text("/state")).isEqualTo("DIED");
        }

        @Test
        void learntByTwoAtOnceItIsOneEnd() {
            String id = walk.waiting(citizen, Fixtures.idNumber(1934, 505));
            String etag = walk.get(citizen, "/applications/" + id).etag();
            List<Integer> answers = Stream.of(walk.operator, district)
                    .map(by -> CompletableFuture.supplyAsync(() -> walk.post(by, "/applications/" + id + "/death",
                            Map.of("source", "村居告知"), etag).status()))
                    .toList().stream().map(CompletableFuture::join).toList();
            assertThat(answers).containsExactlyInAnyOrder(200, 412);
        }
    }

    @Test
    @DisplayName("第十四条: whoever has withdrawn may apply again")
    void withdrawalAndNewApplication() {
        String id = walk.waiting(citizen, Fixtures.idNumber(1935, 505));
        assertThat(post(citizen, id, "/withdrawal", null).text("/state")).isEqualTo("WITHDRAWN");
        String again = walk.waiting(citizen, Fixtures.idNumber(1935, 505));
        Walk.Answer second = walk.get(citizen, "/applications/" + again);
        assertThat(second.text("/state")).isEqualTo("WAITING");
        assertThat(second.text("/submittedAt")).as("a new time of application")
                .isGreaterThan(walk.get(citizen, "/applications/" + id).text("/submittedAt"));
        post(citizen, again, "/withdrawal", null);
    }
}
