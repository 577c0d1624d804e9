package cn.cityapis.subsidy.application;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.platform.test.Tokens;
import cn.cityapis.subsidy.Api;
import cn.cityapis.subsidy.Api.Answer;
import cn.cityapis.subsidy.People;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;

/** The offices' side: two levels of review, four eyes, duplicates, public notice. */
class ReviewApiTest extends ApplicationScene {

    @Autowired
    private EndPublicNotices endPublicNotices;
    @Autowired
    private DatabaseClient database;

    @Test
    void aRejectionNamesConditionsThatTheSchemeHas() {
        Answer submitted = submitted();
        String path = path(submitted) + "/reviews";
        district().post(path, "{}", submitted).is(400, "validation-failed");
        district().post(path, "{\"decision\": \"maybe\"}", submitted).is(400, "validation-failed");
        district().post(path, "{\"decision\": \"reject\"}", submitted).is(400, "validation-failed");
        district().post(path, "{\"decision\": \"reject\", \"failedConditions\": [\"luck\"]}", submitted)
                .is(400, "validation-failed");
        district().post(path, "{\"decision\": \"pass\", \"failedConditions\": [\"degree\"]}", submitted)
                .is(400, "validation-failed");
        Answer rejected = district().post(path,
                "{\"decision\": \"reject\", \"failedConditions\": [\"workplace\"], \"comment\": \"单位不符\"}", submitted)
                .is(200);
        assertThat(rejected.text("/reviews/0/reasons/0/condition")).isEqualTo("workplace");
        assertThat(rejected.text("/reviews/0/reasons/0/citation")).contains("2019");
        district().post(path, "{\"decision\": \"pass\"}", rejected).is(409, "application-wrong-state");
    }

    @Test
    void nobodyReviewsTwiceNorOutOfTurn() {
        Answer submitted = submitted();
        String path = path(submitted) + "/reviews";
        city().post(path, "{\"decision\": \"pass\"}", submitted).is(409, "application-wrong-state");
        Answer first = district().post(path, "{\"decision\": \"pass\"}", submitted).is(200);
        district().post(path, "{\"decision\": \"pass\"}", first).is(409, "application-wrong-state");
        Api samePerson = Api.as(port, Tokens.operator("officer-371002", "371000", "city")
                .scopes("subsidy.read", "subsidy.decide").token());
        samePerson.post(path, "{\"decision\": \"pass\"}", first).is(409, "four-eyes");
        Api applicant = Api.as(port, Tokens.operator(subject, "371000", "city")
                .scopes("subsidy.read", "subsidy.decide").token());
        applicant.post(path, "{\"decision\": \"pass\"}", first).is(409, "four-eyes");
        city().post(path, "{\"decision\": \"pass\"}", first).is(200);
    }

    @Test
    void aSecondApplicationOfTheSamePersonIsRefusedNamingHimTheFirst() {
        Answer first = submitted();
        Answer second = draft();
        Answer refused = citizen.post(path(second) + "/submissions", null, second).is(409, "duplicate-application");
        assertThat(refused.text("/otherApplicationId")).isEqualTo(first.text("/id"));
        Answer rejected = district().post(path(first) + "/reviews",
                "{\"decision\": \"reject\", \"failedConditions\": [\"degree\"]}", first).is(200);
        assertThat(rejected.text("/state")).isEqualTo("rejected");
        citizen.post(path(second) + "/submissions", null, second).is(200);
    }

    /** Or whoever tries ID numbers would be told which application is whose. */
    @Test
    void aDuplicateOfAnotherCallersIsRefusedWithoutNamingIt() {
        Answer first = submitted();
        Api another = Api.as(port, People.citizen("citizen-" + UUID.randomUUID()));
        Answer draft = another.post("/applications", Api.newApplication(idNumber)).is(201);
        Answer refused = another.post(path(draft) + "/submissions", null, draft).is(409, "duplicate-application");
        assertThat(refused.text("/detail")).contains("不能重复享受");
        assertThat(refused.body().toString()).doesNotContain(first.text("/id"), "otherApplicationId");
    }

    @Test
    void goesOnWhenThePublicNoticeIsOver() {
        Answer paying = draft();
        Answer submitted = citizen.post(path(paying) + "/submissions", null, paying).is(200);
        database.sql(
                "UPDATE application SET state = 'public-notice', notice_ends = '2026-11-26', approved_at = now() WHERE id = :id")
                .bind("id", UUID.fromString(submitted.text("/id"))).then().block();
        clock.advance(Duration.ofDays(5));
        endPublicNotices.run().block();
        assertThat(citizen.get(path(paying)).text("/state")).isEqualTo("public-notice");
        clock.advance(Duration.ofDays(1));
        endPublicNotices.run().block();
        assertThat(citizen.get(path(paying)).text("/state")).isIn("awaiting-funds", "paying");
    }
}
