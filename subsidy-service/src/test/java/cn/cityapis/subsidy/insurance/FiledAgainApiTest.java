package cn.cityapis.subsidy.insurance;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.subsidy.Api.Answer;
import org.junit.jupiter.api.Test;

/** 第十一条 (会同): one office alone ends nothing; papers go back from both reviews, and what was rejected is filed anew. */
class FiledAgainApiTest extends InsuranceScene {

    private static final String NO = "{\"passed\": false, \"comment\": \"名单不符\"}";
    private static final String BACK = "{\"inOrder\": false, \"note\": \"请更正申请表\"}";

    private Answer filedAgain(Answer filing) {
        Answer filed = insurer().post(path(filing) + "/submissions", null, rows(filing, table()).is(200)).is(200);
        assertThat(filed.number("/reviewRound")).isEqualTo(2);
        return district("d1").post(path(filing) + "/paper-checks", "{\"inOrder\": true}", filed).is(200);
    }

    private Answer approved(Answer inOrder) {
        appropriate();
        Answer one = opinion(district("d1"), inOrder, "finance").is(200);
        Answer two = opinion(districtTalent("d2"), one, "talent").is(200);
        assertThat(two.text("/state")).isEqualTo("city-review");
        Answer three = opinion(city("c1"), two, "finance").is(200);
        Answer four = opinion(cityTalent("c2"), three, "talent").is(200);
        assertThat(four.text("/state")).isEqualTo("approved");
        consistent();
        return four;
    }

    @Test
    void theCityGivesThePapersBackAndTheOpinionsAreGivenAnew() {
        Answer one = opinion(city("c1"), inCityReview(), "finance").is(200);
        district("d1").post(path(one) + "/paper-checks", BACK, one).is(409, "filing-wrong-state");
        Answer back = city("c1").post(path(one) + "/paper-checks", BACK, one).is(200);
        assertThat(back.text("/state")).isEqualTo("returned");
        assertThat(back.text("/note")).isEqualTo("请更正申请表");
        Answer approved = approved(filedAgain(back));
        assertThat(approved.body().at("/opinions").size()).isEqualTo(7);
    }

    @Test
    void whatBothOfficesRejectIsFiledAnew() {
        Answer review = inCityReview();
        Answer first = city("c1").post(path(review) + "/opinions", NO.replace("{", "{\"office\": \"finance\", "),
                review).is(200);
        assertThat(first.text("/state")).isEqualTo("city-review");
        Answer rejected = cityTalent("c2").post(path(review) + "/opinions",
                NO.replace("{", "{\"office\": \"talent\", "), first).is(200);
        assertThat(rejected.text("/state")).isEqualTo("rejected");
        approved(filedAgain(rejected));
    }

    @Test
    void whereTheOfficesDifferThePapersGoBack() {
        Answer review = inCityReview();
        Answer first = city("c1").post(path(review) + "/opinions", NO.replace("{", "{\"office\": \"finance\", "),
                review).is(200);
        Answer back = opinion(cityTalent("c2"), first, "talent").is(200);
        assertThat(back.text("/state")).isEqualTo("returned");
        assertThat(back.text("/note")).isEqualTo("名单不符");
        approved(filedAgain(back));
    }

    @Test
    void theDistrictGivesThePapersBackDuringItsReview() {
        Answer filing = complete();
        at(year + "-09-29");
        Answer filed = insurer().post(path(filing) + "/submissions", null, filing).is(200);
        Answer inOrder = district("d1").post(path(filing) + "/paper-checks", "{\"inOrder\": true}", filed).is(200);
        city("c1").post(path(filing) + "/paper-checks", BACK, inOrder).is(409, "filing-wrong-state");
        Answer back = districtTalent("d2").post(path(filing) + "/paper-checks", BACK, inOrder).is(200);
        assertThat(back.text("/state")).isEqualTo("returned");
        approved(filedAgain(back));
    }
}
