package cn.cityapis.subsidy.insurance;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.platform.pii.FieldCipher;
import cn.cityapis.subsidy.Api.Answer;
import cn.cityapis.subsidy.People;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** 威金监发〔2023〕25号 第五条: how many years somebody has had is what was approved here, not what the insurer says. */
class InsuredYearsApiTest extends InsuranceScene {

    @Autowired
    private FieldCipher cipher;

    /** The year's filing with its city's first opinion. */
    private Answer almostApproved(int wanted) {
        aRoundOf(wanted);
        appropriate();
        return opinion(city("c1"), inCityReview(), "finance").is(200);
    }

    private Answer last(Answer filing) {
        return opinion(cityTalent("c2"), filing, "talent");
    }

    private void personWithX() {
        while (!id().endsWith("X")) {
            anotherPerson();
        }
    }

    private String id() {
        return People.idNumber("19850101", person);
    }

    @Test
    void aSecondYearAtTheRateOfTheFirstIsRefused() {
        personWithX();
        last(almostApproved(2024)).is(200);
        aRoundOf(2025);
        Answer draft = draft();
        Answer refused = rows(draft, table(0).replace(id(), id().toLowerCase(Locale.ROOT))).is(422, "table-refused");
        assertThat(refused.pointers()).containsExactly("/rows/1/yearsSubsidised", "/rows/2/yearsSubsidised");
        assertThat(refused.text("/errors/0/detail")).contains("申报已享受 0 年").contains("2024");
        assertThat(insurer().get(path(draft)).number("/rows")).as("nothing of it is kept").isZero();
        rows(draft, table(3)).is(422, "table-refused");
        Answer second = rows(draft, table(1)).is(200);
        assertThat(second.number("/subsidyFen")).isEqualTo(7_000_001 + 900_000);
    }

    /** What was written before numbers were brought into one form has the index of the small x. */
    @Test
    void aYearWrittenWithASmallXCounts() {
        personWithX();
        last(almostApproved(2024)).is(200);
        database.sql("UPDATE insurance_row SET id_index = :raw WHERE round_id = :round")
                .bind("raw", cipher.blindIndex("application.id_number", id().toLowerCase(Locale.ROOT)))
                .bind("round", UUID.fromString(round.text("/id"))).then().block();
        aRoundOf(2025);
        rows(draft(), table(0)).is(422, "table-refused");
    }

    /** The table was read while nothing was known of the year before; the district finds it, and can give it back. */
    @Test
    void theDistrictFindsWhatWasApprovedAfterTheTableWasRead() {
        Answer before = almostApproved(2024);
        aRoundOf(2025);
        Answer filing = complete();
        at("2025-09-29");
        Answer filed = insurer().post(path(filing) + "/submissions", null, filing).is(200);
        last(before).is(200);
        district("d1").post(path(filing) + "/paper-checks", "{\"inOrder\": true}", filed).is(422, "table-refused");
        district("d1").post(path(filing) + "/paper-checks",
                "{\"inOrder\": false, \"note\": \"已享受年数不符\"}", filed).is(200);
    }

    @Test
    void soDoesTheLastOpinion() {
        Answer before = almostApproved(2024);
        Answer after = almostApproved(2025);
        last(before).is(200);
        Answer refused = last(after).is(422, "table-refused");
        assertThat(refused.pointers()).contains("/rows/1/yearsSubsidised");
        assertThat(city("c1").get(path(after)).text("/state")).isEqualTo("city-review");
        consistent();
    }

    /** The later year was approved as the first: the earlier one would make it wrong. */
    @Test
    void yearsAreApprovedInTheirOrder() {
        Answer before = almostApproved(2024);
        Answer after = almostApproved(2025);
        last(after).is(200);
        last(before).is(422, "table-refused");
    }
}
