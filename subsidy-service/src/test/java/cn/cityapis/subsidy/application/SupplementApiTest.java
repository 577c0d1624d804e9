package cn.cityapis.subsidy.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.cityapis.platform.test.Tokens;
import cn.cityapis.subsidy.Api;
import cn.cityapis.subsidy.Api.Answer;
import cn.cityapis.subsidy.People;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.r2dbc.core.DatabaseClient;

/**
 * What a supplement may change: anything before the first decision, neither person nor district after it. What else was
 * decided on is looked at again by both levels.
 */
class SupplementApiTest extends ApplicationScene {

    private static final String ASK = "{\"items\": [{\"pointer\": \"/applicant/phone\", \"detail\": \"无法接通\"}]}";
    private static final String PASS = "{\"decision\": \"pass\"}";

    @Autowired
    private DatabaseClient database;

    private String bachelor() {
        return Api.completeDraft(idNumber).replace("\"doctor\"",
                "\"bachelor\", \"fullTimeStudy\": true, \"graduationDate\": \"2026-06-30\"");
    }

    /** Passed by the district, and asked to be supplemented by the city. */
    private Answer askedByTheCity(String contents) {
        Answer draft = draft();
        Answer told = citizen.put(path(draft), contents, draft.etag()).is(200);
        Answer submitted = citizen.post(path(told) + "/submissions", null, told).is(200);
        Answer first = district().post(path(submitted) + "/reviews", PASS, submitted).is(200);
        return city().post(path(first) + "/supplement-requests", ASK, first).is(200);
    }

    private Answer resubmitted(Answer asked, String contents) {
        Answer put = citizen.put(path(asked), contents, asked.etag()).is(200);
        return citizen.post(path(put) + "/submissions", null, put).is(200);
    }

    @Test
    void whatDecidesTheAmountIsReviewedAgainByTheDistrictThenByTheCity() {
        Answer asked = askedByTheCity(bachelor());
        assertThat(asked.number("/monthlyFen")).isEqualTo(100_000);
        clock.advance(Duration.ofDays(3));
        Answer back = resubmitted(asked, Api.completeDraft(idNumber));
        assertThat(back.text("/state")).isEqualTo("first-review");
        assertThat(back.number("/monthlyFen")).isEqualTo(500_000);
        assertThat(back.text("/caseDate")).isEqualTo("2026-11-21");
        assertThat(back.text("/firstReviewDue/lastDay")).isEqualTo("2026-12-08");
        String reviews = path(back) + "/reviews";
        city().post(reviews, PASS, back).is(409, "application-wrong-state");
        Answer again = Api.as(port, Tokens.operator("second-clerk", "371002", "district")
                .scopes("subsidy.read", "subsidy.decide").token()).post(reviews, PASS, back).is(200);
        assertThat(again.number("/reviews/0/round")).isEqualTo(1);
        assertThat(again.number("/reviews/1/round")).isEqualTo(2);
        Api ofTheFirstRound = Api.as(port, Tokens.operator("officer-371002", "371000", "city")
                .scopes("subsidy.read", "subsidy.decide").token());
        ofTheFirstRound.post(reviews, PASS, again).is(409, "four-eyes");
        city().post(path(again) + "/supplement-requests", ASK, again).is(409, "supplement-asked");
        assertThat(city().post(reviews, PASS, again).is(200).text("/state")).isIn("awaiting-funds", "paying");
    }

    @Test
    void anotherAccountIsReviewedAgainAndByTheSameOfficerOfTheDistrict() {
        Answer asked = askedByTheCity(Api.completeDraft(idNumber));
        Answer back = resubmitted(asked, Api.completeDraft(idNumber).replace("6222020000000000123",
                "6222020000000000124"));
        assertThat(back.text("/state")).isEqualTo("first-review");
        assertThat(district().post(path(back) + "/reviews", PASS, back).is(200).text("/state"))
                .isEqualTo("second-review");
    }

    @Test
    void whatWasChangedAndIsChangedBackIsReviewedAgainAndNoCodeCanSkipIt() {
        Answer asked = askedByTheCity(Api.completeDraft(idNumber));
        Answer other = citizen.put(path(asked), bachelor(), asked.etag()).is(200);
        assertThatThrownBy(() -> database.sql("UPDATE application SET state = 'second-review' WHERE id = :id")
                .bind("id", UUID.fromString(asked.text("/id"))).then().block())
                .isInstanceOf(DataIntegrityViolationException.class);
        assertThat(resubmitted(other, Api.completeDraft(idNumber)).text("/state")).isEqualTo("first-review");
    }

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
        Answer put = citizen.put(path(asked), Api.completeDraft(idNumber).replace("13812345678", "13812345679"),
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
