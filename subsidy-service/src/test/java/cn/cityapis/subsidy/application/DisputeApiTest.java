package cn.cityapis.subsidy.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.cityapis.platform.test.ServiceTest;
import cn.cityapis.platform.test.Tokens;
import cn.cityapis.subsidy.Api;
import cn.cityapis.subsidy.Api.Answer;
import cn.cityapis.subsidy.People;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.r2dbc.core.DatabaseClient;

/** Objections and appeals: who may decide them, and what becomes of the rest of the notice. */
@ServiceTest(properties = {"subsidy.jobs.every=PT10M", "test.database=of-disputes"})
class DisputeApiTest extends SchemeScene {

    private static final String SCHEME = "noticed-allowance";
    private static final String PASS = "{\"decision\": \"pass\"}";
    private static final String DISMISSED = "{\"decision\": \"dismissed\", \"reason\": \"x\"}";
    private static final String UPHELD = "{\"decision\": \"upheld\", \"reason\": \"属实\"}";
    private static final String ALLOWED = "{\"allowed\": true, \"reason\": \"不属实\"}";

    @Autowired
    private DatabaseClient database;
    @Autowired
    private EndPublicNotices endPublicNotices;

    @BeforeEach
    void aSchemeWithSevenDaysOfNotice() {
        if (city().get("/schemes/" + SCHEME).status() == 404) {
            publish(document(SCHEME, 1, "").replace("publicNoticeDays: 0", "publicNoticeDays: 7"), today());
        }
    }

    private Api officer(String subject) {
        return Api.as(port,
                Tokens.operator(subject, "371000", "city").scopes("subsidy.read", "subsidy.decide").token());
    }

    private Answer now(Answer application) {
        return citizen.get(path(application)).is(200);
    }

    /** Asked to be supplemented by one of the city, passed by another. */
    private Answer noticed() {
        Answer submitted = submit(draft(SCHEME)).is(200);
        Answer first = district().post(path(submitted) + "/reviews", PASS, submitted).is(200);
        Answer asked = officer("asker").post(path(first) + "/supplement-requests",
                "{\"items\": [{\"pointer\": \"/materials/material-1\", \"detail\": \"x\"}]}", first).is(200);
        Answer back = submit(asked).is(200);
        Answer noticed = city().post(path(back) + "/reviews", PASS, back).is(200);
        assertThat(noticed.text("/state")).isEqualTo("public-notice");
        return noticed;
    }

    /** Where it is decided. */
    private String objected(Answer noticed, String by) {
        Answer filed = Api.as(port, People.citizen(by))
                .post("/public-notices/" + noticed.text("/id") + "/objections", "{\"text\": \"已离职\"}").is(201);
        return path(noticed) + "/objections/" + filed.text("/id") + "/decisions";
    }

    @Test
    void whoHasReviewedDecidesNoObjectionAndWhoHasDecidedOneNoAppeal() {
        Answer noticed = noticed();
        String decisions = objected(noticed, "neighbour");
        for (String subject : new String[]{"city-officer", "officer-371002", "neighbour", subject}) {
            officer(subject).post(decisions, DISMISSED, noticed).is(409, "four-eyes");
            assertThatThrownBy(() -> database.sql("""
                    UPDATE objection SET decision = 'dismissed', reason = 'x', decided_by = :by WHERE application_id = :id
                    """).bind("by", subject).bind("id", UUID.fromString(noticed.text("/id"))).then().block())
                    .isInstanceOf(DataIntegrityViolationException.class).hasMessageContaining("objection_four_eyes");
        }
        officer("of-objections").post(decisions, UPHELD, noticed).is(200);
        Answer appealed = citizen.post(path(noticed) + "/appeals", "{\"grounds\": \"x\"}", now(noticed)).is(200);
        for (String subject : new String[]{"of-objections", "asker", "neighbour", "city-officer"}) {
            officer(subject).post(path(noticed) + "/appeal-decisions", ALLOWED, appealed).is(409, "four-eyes");
        }
        officer("of-appeals").post(path(noticed) + "/appeal-decisions", ALLOWED, appealed).is(200);
    }

    @Test
    void anObjectionAgainstWhatIsNotNoticedAnyMoreKeepsNobodysData() {
        Answer noticed = noticed();
        objected(noticed, "neighbour");
        String request = "{\"applicationId\": \"" + noticed.text("/id")
                + "\", \"ground\": \"requested\", \"reason\": \"x\"}";
        rules("of-erasures").post("/erasures", request).is(409, "still-needed");
        citizen.post(path(noticed) + "/withdrawals", null, now(noticed)).is(200);
        rules("of-erasures").post("/erasures", request).is(201);
    }

    /** Noticed on Saturday the 21st until Monday the 30th (the 28th and 29th are no working days). */
    @Test
    void theRestOfTheNoticeAndTheOtherObjectionsAreNotSkipped() {
        Answer noticed = noticed();
        assertThat(noticed.text("/noticeEnds")).isEqualTo("2026-11-30");
        clock.advance(Duration.ofDays(1));
        String first = objected(noticed, "neighbour");
        String second = objected(noticed, "another-neighbour");
        clock.advance(Duration.ofDays(5));
        officer("of-objections").post(first, UPHELD, now(noticed)).is(200);
        officer("of-objections").post(second, DISMISSED, now(noticed)).is(409, "application-wrong-state");
        Answer appealed = citizen.post(path(noticed) + "/appeals", "{\"grounds\": \"x\"}", now(noticed)).is(200);
        clock.advance(Duration.ofDays(10));
        Answer allowed = officer("of-appeals").post(path(noticed) + "/appeal-decisions", ALLOWED, appealed).is(200);
        assertThat(allowed.text("/state")).isEqualTo("public-notice");
        assertThat(allowed.text("/noticeEnds")).as("three days of it were left").isEqualTo("2026-12-10");
        assertThat(citizen.get(path(noticed) + "/deadlines").body().valueStream()
                .filter(each -> each.path("kind").asString().equals("objection") && !each.has("metAt"))).hasSize(1);
        clock.advance(Duration.ofDays(10));
        endPublicNotices.run().block();
        assertThat(now(noticed).text("/state")).isEqualTo("public-notice");
        officer("of-objections").post(second, DISMISSED, now(noticed)).is(200);
        endPublicNotices.run().block();
        assertThat(now(noticed).text("/state")).isEqualTo("awaiting-funds");
    }
}
