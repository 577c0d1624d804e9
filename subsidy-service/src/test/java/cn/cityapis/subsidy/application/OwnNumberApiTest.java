package cn.cityapis.subsidy.application;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.platform.test.ServiceTest;
import cn.cityapis.platform.test.Tokens;
import cn.cityapis.subsidy.Api;
import cn.cityapis.subsidy.Api.Answer;
import cn.cityapis.subsidy.People;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;

/** A citizen applies with the ID number that his back end has vouched for, as is the rule where nothing else is set. */
@ServiceTest(properties = {"subsidy.jobs.every=PT10M", "platform.security.id-number-proof=required"})
class OwnNumberApiTest extends ApplicationScene {

    private static final String ASK = "{\"items\": [{\"pointer\": \"/applicant/phone\", \"detail\": \"无法接通\"}]}";

    private String anothers = "";

    private Api knownBy(String number) {
        return Api.as(port, Tokens.citizen(subject).idNumber(number).scopes("subsidy.read", "subsidy.apply").token());
    }

    @BeforeEach
    void whoIsKnownByHisNumber() {
        anothers = People.idNumber("19940502", 998);
        citizen = knownBy(idNumber);
    }

    private static String reason(Answer refused) {
        assertThat(refused.pointers()).as(refused.body().toString()).contains("/applicant/idNumber");
        return refused.body().path("errors").valueStream()
                .filter(error -> error.path("pointer").asString().equals("/applicant/idNumber")).findFirst()
                .orElseThrow().path("code").asString();
    }

    @Test
    void hisOwnNumberIsTakenAlsoWithASmallX() {
        assertThat(submitted().text("/state")).isEqualTo("first-review");
        for (int serial = 1; serial < 50; serial++) {
            String number = People.idNumber("19940502", serial);
            if (number.endsWith("X")) {
                Api him = knownBy(number);
                Answer draft = him.post("/applications", Api.newApplication(number.replace('X', 'x'))).is(201);
                him.post(path(draft) + "/submissions", null, draft).is(200);
                return;
            }
        }
        throw new AssertionError("no number with an X");
    }

    @Test
    void theNumberOfAnotherIsRefusedBesideEverythingElse() {
        Answer refused = citizen.post("/applications",
                Api.newApplication(anothers).replace("13812345678", "12").replace("\"371002\"", "\"110101\""))
                .is(400, "validation-failed");
        assertThat(refused.pointers()).containsExactlyInAnyOrder("/areaCode", "/applicant/phone",
                "/applicant/idNumber");
        assertThat(reason(refused)).isEqualTo("not-own");
        Answer draft = draft();
        assertThat(reason(citizen.put(path(draft), Api.completeDraft(anothers), draft.etag())
                .is(400, "validation-failed"))).isEqualTo("not-own");
        citizen.post(path(draft) + "/submissions", null, draft).is(200);
    }

    /** The same citizen's tokens may come to say another number, as when a mini-program is used by two. */
    @Test
    void whatIsSubmittedIsLookedAtAgain() {
        Answer draft = draft();
        Answer refused = knownBy(anothers).post(path(draft) + "/submissions", null, draft)
                .is(422, "application-incomplete");
        assertThat(reason(refused)).isEqualTo("not-own");
        citizen.post(path(draft) + "/submissions", null, draft).is(200);
    }

    @Test
    void aSupplementDoesNotMakeItAnothers() {
        Answer submitted = submitted();
        Answer asked = district().post(path(submitted) + "/supplement-requests", ASK, submitted).is(200);
        assertThat(reason(citizen.put(path(asked), Api.completeDraft(anothers), asked.etag())
                .is(400, "validation-failed"))).isEqualTo("not-own");
        Answer put = citizen.put(path(asked), Api.completeDraft(idNumber), asked.etag()).is(200);
        assertThat(reason(knownBy(anothers).post(path(put) + "/submissions", null, put)
                .is(422, "application-incomplete"))).isEqualTo("not-own");
        citizen.post(path(put) + "/submissions", null, put).is(200);
    }

    @Test
    void aTokenThatSaysNothingOfTheNumberWritesADraftWithoutOne() {
        Api unproven = Api.as(port, People.citizen(subject));
        assertThat(reason(unproven.post("/applications", Api.newApplication(idNumber)).is(400, "validation-failed")))
                .isEqualTo("id-number-unproven");
        unproven.post("/applications", "{\"schemeId\": \"talent-living-allowance\"}").is(201);
        Answer draft = draft();
        assertThat(reason(unproven.post(path(draft) + "/submissions", null, draft).is(422, "application-incomplete")))
                .isEqualTo("id-number-unproven");
    }

    @Test
    void aRefusalIsNotKeptUnderItsKey() {
        String key = UUID.randomUUID().toString();
        String own = Api.newApplication(idNumber);
        citizen.send(HttpMethod.POST, "/applications", Api.newApplication(anothers), null, key).is(400);
        Answer first = citizen.send(HttpMethod.POST, "/applications", own, null, key).is(201);
        Answer again = knownBy(idNumber).send(HttpMethod.POST, "/applications", own, null, key).is(201);
        assertThat(again.replayed()).isTrue();
        assertThat(again.text("/id")).isEqualTo(first.text("/id"));
    }
}
