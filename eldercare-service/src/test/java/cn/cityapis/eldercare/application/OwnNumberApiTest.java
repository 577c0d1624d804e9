package cn.cityapis.eldercare.application;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.eldercare.Walk;
import cn.cityapis.platform.test.Apis;
import cn.cityapis.platform.test.ServiceTest;
import cn.cityapis.platform.test.Tokens;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.web.reactive.server.WebTestClient;

/** 第十三条: who files is the older person or who acts for him, known by the ID number of his real-name check. */
@ServiceTest(properties = {"demo.data=true", "platform.security.id-number-proof=required"})
class OwnNumberApiTest {

    private static final String OLD = "379999194803156027";
    private static final String CHILD = "379999197505061015";
    private static final String NOT_OWN = "not-own";

    @LocalServerPort
    private int port;
    private Walk walk;

    @BeforeEach
    void enter() {
        walk = new Walk(port);
    }

    private WebTestClient knownBy(String number) {
        return Apis.client(port,
                Tokens.citizen("own-number").idNumber(number).scopes("eldercare.read", "eldercare.apply").token());
    }

    private static Map<String, Object> byAgent(Map<String, Object> agent) {
        Map<String, Object> form = new LinkedHashMap<>(Walk.form(OLD, List.of(Walk.HOME_1)));
        form.put("filedBy", "AGENT");
        form.put("agent", agent);
        return form;
    }

    private static Map<String, Object> child(String number) {
        return Map.of("kind", "PERSON", "relation", "SUPPORTER", "name", "张建国", "idNumber", number, "phone",
                "13800000002");
    }

    private void refused(Walk.Answer answer, String pointer, String code) {
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(400);
        assertThat(answer.texts("/errors", "pointer")).containsExactly(pointer);
        assertThat(answer.texts("/errors", "code")).containsExactly(code);
    }

    @Test
    void whoFilesForHimselfGivesHisOwnNumber() {
        Map<String, Object> form = Walk.form(OLD, List.of(Walk.HOME_1));
        Walk.Answer draft = walk.post(knownBy(OLD), "/applications", form, null);
        assertThat(draft.status()).as(draft.body().toString()).isEqualTo(201);
        refused(walk.post(knownBy(CHILD), "/applications", form, null), "/applicant/idNumber", NOT_OWN);
        refused(walk.put(knownBy(CHILD), "/applications/" + draft.text("/id"), form, draft.etag()),
                "/applicant/idNumber", NOT_OWN);
        refused(walk.post(walk.citizen("own-number"), "/applications", form, null), "/applicant/idNumber",
                "id-number-unproven");
    }

    @Test
    void aChildFilesForHisMotherWithHisOwn() {
        Walk.Answer draft = walk.post(knownBy(CHILD), "/applications", byAgent(child(CHILD)), null);
        assertThat(draft.status()).as(draft.body().toString()).isEqualTo(201);
        refused(walk.post(knownBy(CHILD), "/applications", byAgent(child(OLD)), null), "/agent/idNumber", NOT_OWN);
        refused(walk.post(walk.citizen("own-number"), "/applications", byAgent(child(CHILD)), null),
                "/agent/idNumber", "id-number-unproven");
    }

    @Test
    void theClerkOfAnOrganisationAndWhoHasSaidLittleAreNotAsked() {
        Map<String, Object> employer = Map.of("kind", "ORGANISATION", "relation", "FORMER_EMPLOYER", "name", "演示单位",
                "organisationNumber", "12371000000000000X", "idNumber", OLD, "phone", "13800000002");
        assertThat(walk.post(knownBy(CHILD), "/applications", byAgent(employer), null).status()).isEqualTo(201);
        assertThat(walk.post(walk.citizen("own-number"), "/applications", Map.of("filedBy", "APPLICANT"), null)
                .status()).isEqualTo(201);
    }

    @Test
    void whatIsSubmittedIsLookedAtAgain() {
        String id = walk.complete(knownBy(OLD), OLD, List.of(Walk.HOME_1), "LOW_INCOME");
        Walk.Answer refused = walk.submit(knownBy(CHILD), id);
        assertThat(refused.text("/state")).as(refused.body().toString()).isEqualTo("INCOMPLETE");
        assertThat(refused.texts("/missing", "code")).containsExactly(NOT_OWN);
        assertThat(walk.submit(knownBy(OLD), id).text("/state")).isEqualTo("SUBMITTED");
    }
}
