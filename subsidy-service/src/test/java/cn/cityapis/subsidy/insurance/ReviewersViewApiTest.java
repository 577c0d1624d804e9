package cn.cityapis.subsidy.insurance;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.subsidy.Api;
import cn.cityapis.subsidy.Api.Answer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** 威金监发〔2023〕25号 第十一条: who reviews sees what he reviews, for the office that his token says. */
class ReviewersViewApiTest extends InsuranceScene {

    private Answer inDistrictReview() {
        Answer filing = complete();
        at(year + "-09-29");
        Answer filed = insurer().post(path(filing) + "/submissions", null, filing).is(200);
        return district("d1").post(path(filing) + "/paper-checks", "{\"inOrder\": true}", filed).is(200);
    }

    private Answer withoutOffice(Api by, Answer filing) {
        return by.post(path(filing) + "/opinions", "{\"passed\": true, \"comment\": \"一致\"}", filing);
    }

    @Test
    void theOfficeIsThatOfTheToken() {
        Answer filing = inDistrictReview();
        opinion(district("d1"), filing, "talent").is(403, "forbidden");
        opinion(districtTalent("d2"), filing, "finance").is(403, "forbidden");
        Api ofNeither = as("d3", "371002", "district");
        opinion(ofNeither, filing, "finance").is(403, "forbidden");
        withoutOffice(ofNeither, filing).is(403, "forbidden");
        Api ofBoth = as("d4", "371002", "district", "finance", "talent");
        assertThat(withoutOffice(ofBoth, filing).is(400, "validation-failed").pointers()).containsExactly("/office");
        Answer one = withoutOffice(districtTalent("d2"), filing).is(200);
        assertThat(one.text("/opinions/0/office")).isEqualTo("talent");
        assertThat(opinion(ofBoth, one, "finance").is(200).text("/state")).isEqualTo("city-review");
    }

    private long looks(Answer filing) {
        return database.sql("""
                SELECT count(*) FROM audit_entry WHERE action = 'read-insurance-rows' AND resource_id = :id
                """).bind("id", filing.text("/id")).mapValue(Long.class).one().block();
    }

    @Test
    void theRowsAreReadMaskedInPagesAndEachLookIsKept() {
        Answer draft = complete();
        String rows = path(draft) + "/rows";
        district("d1").get(rows).is(404, "not-found");
        at(year + "-09-29");
        Answer filing = insurer().post(path(draft) + "/submissions", null, draft).is(200);
        Answer first = district("d1").get(rows + "?limit=1").is(200);
        assertThat(first.text("/items/0/name")).isEqualTo("王*");
        assertThat(first.text("/items/0/idNumber")).matches("37\\*{16}");
        assertThat(first.text("/items/0/schemeId")).isEqualTo("talent-insurance-rd");
        assertThat(first.number("/items/0/premiumFen")).isEqualTo(10_000_001);
        assertThat(first.number("/items/0/subsidyFen")).isEqualTo(8_000_001);
        assertThat(first.text("/items/0/facts/programmeLevel")).isEqualTo("municipal");
        assertThat(first.body().toString()).doesNotContain("19850101");
        Answer rest = city("c1").get(rows + "?limit=1&cursor=" + first.text("/nextCursor")).is(200);
        assertThat(rest.text("/items/0/schemeId")).isEqualTo("talent-insurance-personal");
        assertThat(rest.body().has("nextCursor")).isFalse();
        assertThat(looks(filing)).isEqualTo(2);
        insurer().get(rows).is(200);
        as("a1", "371000", "auditor").get(rows).is(200);
        assertThat(looks(filing)).isEqualTo(4);
        for (Api stranger : List.of(as("x", "371003", "district"), as("y", "insurer-2", "insurer"))) {
            stranger.get(rows).is(404, "not-found");
        }
        assertThat(looks(filing)).isEqualTo(4);
    }

    @Test
    void article15ARoundOpenedInTimeIsReviewedAfterTheEnd() {
        assertThat(inOrderAfterTheEnd().text("/districtDue/lastDay")).isEqualTo("2027-08-26");
    }
}
