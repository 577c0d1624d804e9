package cn.cityapis.subsidy.application;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.subsidy.Api;
import cn.cityapis.subsidy.Api.Answer;
import cn.cityapis.subsidy.People;
import org.junit.jupiter.api.Test;

/** What a supplement may change: anything before the first decision, neither person nor district after it. */
class SupplementApiTest extends ApplicationScene {

    private static final String ASK = "{\"items\": [{\"pointer\": \"/applicant/phone\", \"detail\": \"无法接通\"}]}";

    private String changed(String idNumber) {
        return Api.completeDraft(idNumber).replace("\"areaCode\": \"371002\"", "\"areaCode\": \"371003\"")
                .replace("李明", "王芳");
    }

    @Test
    void behindTheFirstReviewPersonAndDistrictStay() {
        Answer submitted = submitted();
        Answer first = district().post(path(submitted) + "/reviews", "{\"decision\": \"pass\"}", submitted).is(200);
        Answer asked = city().post(path(first) + "/supplement-requests", ASK, first).is(200);
        Answer refused = citizen.put(path(asked), changed(People.idNumber("19940502", 999)), asked.etag())
                .is(422, "supplement-fixed");
        assertThat(refused.pointers()).containsExactly("/areaCode", "/applicant/name", "/applicant/idNumber");
        assertThat(refused.body().at("/errors/1/detail").asString()).contains("姓名");
        Answer put = citizen.put(path(asked), Api.completeDraft(idNumber).replace("13812345678", "13812345679")
                .replace("6222020000000000123", "6222020000000000124").replace("2026-11-16", "2026-11-17"),
                asked.etag()).is(200);
        assertThat(citizen.post(path(put) + "/submissions", null, put).is(200).text("/state"))
                .isEqualTo("second-review");
    }

    @Test
    void beforeAnybodyHasDecidedEverythingMayChangeAndTheOtherDistrictReviewsIt() {
        Answer submitted = submitted();
        Answer asked = district().post(path(submitted) + "/supplement-requests", ASK, submitted).is(200);
        Answer put = citizen.put(path(asked), changed(idNumber), asked.etag()).is(200);
        Answer back = citizen.post(path(put) + "/submissions", null, put).is(200);
        assertThat(back.text("/state")).isEqualTo("first-review");
        Api.as(port, People.district("371003")).post(path(back) + "/reviews", "{\"decision\": \"pass\"}", back).is(200);
    }
}
