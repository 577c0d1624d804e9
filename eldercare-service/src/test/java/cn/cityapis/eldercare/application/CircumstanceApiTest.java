package cn.cityapis.eldercare.application;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.eldercare.Fixtures;
import cn.cityapis.eldercare.ApplicationScene;
import cn.cityapis.eldercare.Walk;
import cn.cityapis.platform.test.ServiceTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.reactive.server.WebTestClient;

@ServiceTest(properties = {"demo.data=true", "test.database=of-life",
        "eldercare.jobs.place-after=P3650D"})
@DisplayName("威民发〔2023〕17号 第十四条: what changes while waiting is reported, and the channel follows")
class CircumstanceApiTest extends ApplicationScene {

    private static final byte[] PDF = "%PDF-1".getBytes(StandardCharsets.US_ASCII);
    private static final Map<String, Object> POOR = Map.of("categories", List.of("LOW_INCOME"), "explanation",
            "已取得最低生活保障");

    CircumstanceApiTest() {
        super("changing-citizen");
    }

    /** Moderately impaired, of no category: ordinary. */
    private String ordinary(int sequence, String... categories) {
        String id = walk.complete(citizen, Fixtures.idNumber(1933, sequence), List.of(Walk.HOME_1), categories);
        walk.submit(citizen, id);
        walk.qualify(id);
        walk.assess(id, 52);
        return id;
    }

    private Walk.Answer confirm(String id) {
        String change = walk.get(citizen, "/applications/" + id + "/circumstance-changes").text("/0/id");
        return post(walk.operator, id, "/circumstance-changes/" + change + "/verdict",
                Map.of("verdict", "CONFIRMED", "reason", "证明属实"));
    }

    @Test
    void aProvenChangeMovesTheChannelAndKeepsTheTimeOfApplication() {
        String id = ordinary(501);
        Walk.Answer before = walk.get(citizen, "/applications/" + id);
        assertThat(before.text("/channel/channel")).isEqualTo("ORDINARY");
        Walk.Answer reported = post(citizen, id, "/circumstance-changes", POOR);
        assertThat(reported.status()).isEqualTo(201);
        assertThat(reported.text("/channel/channel")).as("not before the home confirmed it").isEqualTo("ORDINARY");
        assertThat(post(citizen, id, "/circumstance-changes", POOR).text("/code")).isEqualTo("not-possible-now");
        Walk.Answer confirmed = confirm(id);
        assertThat(confirmed.text("/channel/channel")).isEqualTo("SPECIAL");
        assertThat(confirmed.text("/submittedAt")).isEqualTo(before.text("/submittedAt"));
        assertThat(confirmed.text("/entries/0/phase")).isEqualTo("WAITING");
        assertThat(confirm(id).text("/code")).isEqualTo("not-possible-now");
        post(citizen, id, "/withdrawal", null);
    }

    @Test
    @DisplayName("第十二条: a new category needs its proof, which may be brought while the home looks at it")
    void withoutProofNothingIsConfirmed() {
        String id = ordinary(502);
        post(citizen, id, "/circumstance-changes",
                Map.of("categories", List.of("FAMILY_PLANNING_HARDSHIP"), "explanation", "独生子女去世"));
        Walk.Answer refused = confirm(id);
        assertThat(refused.text("/code")).isEqualTo("proof-missing");
        assertThat(refused.texts("/errors", "pointer")).containsExactly("/materials/FAMILY_PLANNING_PROOF");
        assertThat(walk.upload(citizen, id, "FAMILY_PLANNING_PROOF", PDF, "application/pdf").status()).isEqualTo(201);
        assertThat(confirm(id).text("/channel/channel")).isEqualTo("PRIORITY");
        assertThat(walk.upload(citizen, id, "FAMILY_PLANNING_PROOF", PDF, "application/pdf").status()).isEqualTo(409);
    }

    @Test
    void whatIsLostMovesTheChannelBack() {
        String id = ordinary(503, "LOW_INCOME");
        assertThat(walk.get(citizen, "/applications/" + id).text("/channel/channel")).isEqualTo("SPECIAL");
        post(citizen, id, "/circumstance-changes", Map.of("categories", List.of(), "explanation", "已退出低保"));
        assertThat(confirm(id).text("/channel/channel")).isEqualTo("ORDINARY");
    }

    @Test
    void anOfferUnderWayStandsWhenTheChannelChanges() {
        String id = ordinary(504, "LOW_INCOME");
        Walk.Answer offer = walk.offer(walk.freeBeds("NURSING").getFirst());
        assertThat(offer.text("/applicationId")).isEqualTo(id);
        post(citizen, id, "/circumstance-changes", Map.of("categories", List.of(), "explanation", "已退出低保"));
        Walk.Answer confirmed = confirm(id);
        assertThat(confirmed.text("/state")).isEqualTo("OFFERED");
        assertThat(confirmed.text("/channel/channel")).isEqualTo("ORDINARY");
        assertThat(walk.get(citizen, "/offers/" + offer.text("/id")).text("/state")).isEqualTo("OPEN");
        post(citizen, id, "/withdrawal", null);
    }

    @Test
    void contactChangesAtOnceAndARefusedCategoryChangesNothing() {
        String id = ordinary(506);
        Walk.Answer phoned = post(citizen, id, "/circumstance-changes",
                Map.of("phone", "13900000009", "explanation", "换号"));
        assertThat(phoned.text("/applicant/phone")).isEqualTo("139****0009");
        assertThat(walk.get(citizen, "/applications/" + id + "/circumstance-changes").text("/0/state"))
                .isEqualTo("CONFIRMED");
        post(citizen, id, "/circumstance-changes", POOR);
        String change = walk.get(citizen, "/applications/" + id + "/circumstance-changes").text("/0/id");
        Walk.Answer refused = post(walk.operator, id, "/circumstance-changes/" + change + "/verdict",
                Map.of("verdict", "REFUSED", "reason", "证明不符"));
        assertThat(refused.text("/channel/channel")).isEqualTo("ORDINARY");
        assertThat(post(citizen, id, "/circumstance-changes", Map.of("explanation", "无")).text("/errors/0/code"))
                .isEqualTo("missing");
    }

    @Test
    void anothersChangesDoNotExist() {
        String id = ordinary(507);
        post(citizen, id, "/circumstance-changes", POOR);
        String change = walk.get(citizen, "/applications/" + id + "/circumstance-changes").text("/0/id");
        WebTestClient stranger = walk.citizen("stranger");
        assertThat(post(stranger, id, "/circumstance-changes", POOR).status()).isEqualTo(404);
        assertThat(walk.get(stranger, "/applications/" + id + "/circumstance-changes").status()).isEqualTo(404);
        Map<String, Object> verdict = Map.of("verdict", "CONFIRMED", "reason", "证明属实");
        assertThat(post(walk.otherOperator, id, "/circumstance-changes/" + change + "/verdict", verdict).status())
                .isEqualTo(404);
        String other = ordinary(508);
        assertThat(post(walk.operator, other, "/circumstance-changes/" + change + "/verdict", verdict).status())
                .as("another application's change").isEqualTo(404);
    }
}
