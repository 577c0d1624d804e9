package cn.cityapis.eldercare.rulebook;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.eldercare.DatedScene;
import cn.cityapis.eldercare.Fixtures;
import cn.cityapis.eldercare.Walk;
import cn.cityapis.platform.test.Apis;
import cn.cityapis.platform.test.ServiceTest;
import cn.cityapis.platform.test.Tokens;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;

@ServiceTest(properties = {"demo.data=true", "test.database=of-options", "eldercare.jobs.place-after=P3650D"})
@DisplayName("options of a book change from a day to come on, by two, and nobody's application with them")
class RuleOptionApiTest extends DatedScene {

    private static final String PROPOSALS = "/rule-option-proposals";

    @Autowired
    private DatabaseClient database;

    private WebTestClient other;

    RuleOptionApiTest() {
        super("citizen-of-options", "2026-11-25T02:00:00Z");
    }

    @BeforeEach
    void another() {
        other = Apis.client(port, Tokens.operator("other-city-officer", "371000", "city")
                .scopes("eldercare.read", "eldercare.decide", "eldercare.admin").token());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> options(Map<String, Object> changes) {
        Map<String, Object> options = new LinkedHashMap<>(
                (Map<String, Object>) Fixtures.book("-", "2026-12-01", "2027-12-01").get("options"));
        options.putAll(Map.of("minimumAge", 60, "mostHomes", 3));
        options.putAll(changes);
        return options;
    }

    private static Map<String, Object> from(String day, Map<String, Object> changes) {
        return new LinkedHashMap<>(Map.of("ruleBookId", "2023-17", "validFrom", day, "decidedOn", "2026-11-20", "basis",
                "试验", "options", options(changes)));
    }

    private Walk.Answer close(WebTestClient by, Walk.Answer proposal, String how) {
        return walk.post(by, PROPOSALS + "/" + proposal.text("/id") + how, null, proposal.etag());
    }

    private void inForceFrom(String day, Map<String, Object> changes) {
        Walk.Answer proposed = walk.post(walk.city, PROPOSALS, from(day, changes), null);
        assertThat(proposed.status()).as(proposed.body().toString()).isEqualTo(201);
        assertThat(close(other, proposed, "/approval").text("/state")).isEqualTo("APPROVED");
    }

    private String draft(int sequence) {
        return walk.complete(citizen, Fixtures.idNumber(1931, sequence), List.of(Walk.HOME_1), "LOW_INCOME");
    }

    @Test
    void proposedByOneAndApprovedByAnother() {
        Walk.Answer proposed = walk.twice(walk.city, PROPOSALS, from("2027-03-01", Map.of()), null,
                from("2027-03-02", Map.of()));
        assertThat(proposed.text("/state")).isEqualTo("PROPOSED");
        assertThat(close(walk.city, proposed, "/approval").text("/code")).isEqualTo("four-eyes");
        assertThat(walk.get(walk.app, "/rule-books/2023-17/options").body().findValuesAsString("validFrom"))
                .doesNotContain("2027-03-01");
        assertThat(walk.post(walk.city, PROPOSALS, from("2027-03-01", Map.of()), null).text("/errors/0/code"))
                .isEqualTo("duplicate");
        walk.twice(other, PROPOSALS + "/" + proposed.text("/id") + "/approval", null, proposed.etag(), null);
        assertThat(walk.get(walk.app, "/rule-books/2023-17/options").body().findValuesAsString("validFrom"))
                .contains("2027-03-01");
        assertThat(walk.get(walk.city, PROPOSALS + "/" + proposed.text("/id")).text("/closedBy"))
                .isEqualTo("other-city-officer");
        assertThat(close(other, walk.get(walk.city, PROPOSALS + "/" + proposed.text("/id")), "/withdrawal")
                .text("/code")).isEqualTo("not-possible-now");
        assertThat(walk.get(walk.app, "/rule-books/unknown/options").status()).isEqualTo(404);
        assertThat(walk.post(walk.operator, PROPOSALS, from("2027-04-01", Map.of()), null).status()).isEqualTo(403);
    }

    @Test
    void whatIsMissingOrOutOfPlaceIsNamedTogether() {
        Map<String, Object> wrong = from("2026-11-25", Map.of());
        wrong.put("decidedOn", "2026-11-26");
        wrong.put("basis", " ");
        Map<String, Object> options = options(Map.of());
        options.remove("warnWorkingDays");
        wrong.put("options", options);
        assertThat(walk.post(walk.city, PROPOSALS, wrong, null).texts("/errors", "pointer"))
                .containsExactlyInAnyOrder("/validFrom", "/decidedOn", "/basis", "/options/warnWorkingDays");
        for (String outside : List.of("2023-07-17", "2030-01-01")) {
            assertThat(walk.post(walk.city, PROPOSALS, from(outside, Map.of()), null).text("/errors/0/pointer"))
                    .isEqualTo("/validFrom");
        }
    }

    @Test
    void whatWasNotApprovedInTimeIsNot() {
        Walk.Answer proposed = walk.post(walk.city, PROPOSALS, from("2026-11-27", Map.of()), null);
        clock.moveTo(Instant.parse("2026-11-26T16:00:00Z"));
        assertThat(close(other, proposed, "/approval").text("/code")).isEqualTo("not-possible-now");
        assertThat(walk.twice(walk.city, PROPOSALS + "/" + proposed.text("/id") + "/withdrawal", null, proposed.etag(),
                null).text("/state")).isEqualTo("WITHDRAWN");
    }

    @Test
    @DisplayName("an application goes by the options of the day on which it was first handed in, a draft by those of today")
    void eachIsJudgedByTheOptionsOfItsDay() {
        String before = draft(501);
        assertThat(walk.submit(citizen, before).text("/deadlines/0/lastDay")).isEqualTo("2026-12-02");
        String incomplete = walk.post(citizen, "/applications",
                Walk.form(Fixtures.idNumber(1931, 502), List.of(Walk.HOME_1)), null).text("/id");
        assertThat(walk.submit(citizen, incomplete).text("/state")).isEqualTo("INCOMPLETE");
        String draft = draft(503);
        inForceFrom("2027-02-01", Map.of("objectionWorkingDays", 9, "reviewWorkingDays", 20, "exemptFeePayer",
                "市级财政", "keepOriginalTime", true));
        clock.moveTo(Instant.parse("2027-02-01T02:00:00Z"));
        assertThat(walk.get(walk.app, "/rule-books/current").body().at("/options/reviewWorkingDays").asInt())
                .isEqualTo(20);

        for (String kind : List.of("APPLICATION_FORM", "APPLICANT_ID_CARD", "APPLICANT_HOUSEHOLD_REGISTER")) {
            walk.upload(citizen, incomplete, kind, "%PDF-1.4".getBytes(java.nio.charset.StandardCharsets.US_ASCII),
                    "application/pdf");
        }
        String ofBefore = walk.submit(citizen, incomplete).text("/deadlines/0/lastDay");
        String ofToday = walk.submit(citizen, draft).text("/deadlines/0/lastDay");
        assertThat(ofToday).as("twenty working days, not five").isGreaterThan(ofBefore);
        walk.qualify(before);
        walk.assess(before, 52);
        walk.qualify(draft);
        walk.assess(draft, 52);
        assertThat(objectionBy(before)).as("five working days, not nine").isLessThan(objectionBy(draft));
        assertThat(walk.get(citizen, "/applications/" + before).text("/assessmentFee/payer"))
                .isNotEqualTo(walk.get(citizen, "/applications/" + draft).text("/assessmentFee/payer"));
    }

    private String objectionBy(String id) {
        return database
                .sql("select last_day::text from deadline where application_id = :id::uuid and kind = 'OBJECTION'")
                .bind("id", id).mapValue(String.class).one().block();
    }

    @Test
    @DisplayName("第十四条: where the option says so, the time of application starts anew with the channel")
    void whereTheOptionSaysSoTheTimeOfApplicationStartsAnew() {
        inForceFrom("2027-06-01", Map.of("keepOriginalTime", false));
        clock.moveTo(Instant.parse("2027-06-02T02:00:00Z"));
        String id = walk.complete(citizen, Fixtures.idNumber(1931, 505), List.of(Walk.HOME_1));
        String before = walk.submit(citizen, id).text("/submittedAt");
        walk.qualify(id);
        walk.assess(id, 52);
        post(citizen, id, "/circumstance-changes", Map.of("categories", List.of("LOW_INCOME"), "explanation", "低保"));
        String change = walk.get(citizen, "/applications/" + id + "/circumstance-changes").text("/0/id");
        Walk.Answer confirmed = post(walk.operator, id, "/circumstance-changes/" + change + "/verdict",
                Map.of("verdict", "CONFIRMED", "reason", "证明属实"));
        assertThat(confirmed.text("/submittedAt")).isGreaterThan(before);
        assertThat(database.sql("select applied_at > :before::timestamptz as later from queue_entry "
                + "where application_id = :id::uuid").bind("before", before).bind("id", id)
                .map(row -> row.get("later", Boolean.class)).one().block()).isTrue();
        assertThat(walk.get(walk.operator, "/homes/" + Walk.HOME_1 + "/fairness-check").body().toString())
                .as("no fault of its history").contains("digest").doesNotContain("TIME_OF_APPLICATION_MOVED");
    }
}
