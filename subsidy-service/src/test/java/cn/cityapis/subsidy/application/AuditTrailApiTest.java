package cn.cityapis.subsidy.application;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.platform.test.ServiceTest;
import cn.cityapis.platform.test.Tokens;
import cn.cityapis.subsidy.Api;
import cn.cityapis.subsidy.Api.Answer;
import cn.cityapis.subsidy.People;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.r2dbc.core.DatabaseClient;
import tools.jackson.databind.JsonNode;

/** Who did what with an application and who saw its personal data: the auditor sees all, the applicant every step and look. */
@ServiceTest(properties = "subsidy.jobs.every=PT10M")
class AuditTrailApiTest extends ApplicationScene {

    @Autowired
    private DatabaseClient database;

    private Api auditor() {
        return Api.as(port, Tokens.operator("the-auditor", "371000", "auditor").scopes("subsidy.read").token());
    }

    private static List<String> all(JsonNode items, String member) {
        return items.at("/items").valueStream().map(item -> item.path(member).asString("-")).toList();
    }

    private Answer seenByTheDistrict() {
        Answer submitted = submitted();
        district().get(path(submitted) + "/applicant").is(200);
        return district().post(path(submitted) + "/reviews", "{\"decision\": \"pass\"}", submitted).is(200);
    }

    @Test
    void theApplicantSeesEachStepAndEachLookButNoOfficer() {
        Answer seen = seenByTheDistrict();
        Answer trail = citizen.get(path(seen) + "/audit-trail").is(200);
        assertThat(all(trail.body(), "action")).containsExactly("create", "submit", "read-personal-data", "review");
        assertThat(all(trail.body(), "by")).containsExactly("本人", "本人", "环翠区", "环翠区");
        assertThat(all(trail.body(), "actionText")).containsExactly("新建草稿", "提交申请", "查看申请人的完整信息", "审核");
        assertThat(trail.body().toString()).doesNotContain("officer-371002").doesNotContain("clientId")
                .doesNotContain("details").doesNotContain("13812345678").doesNotContain(idNumber);
    }

    @Test
    void whoObjectedIsNotTold() {
        Answer seen = submitted();
        database.sql("UPDATE application SET state = 'public-notice', notice_ends = '2026-11-26' WHERE id = :id")
                .bind("id", UUID.fromString(seen.text("/id"))).then().block();
        Api.as(port, People.citizen("secret-neighbour"))
                .post("/public-notices/" + seen.text("/id") + "/objections", "{\"text\": \"已离职\"}").is(201);
        JsonNode own = citizen.get(path(seen) + "/audit-trail").is(200).body();
        assertThat(all(own, "by")).last().isEqualTo("公众");
        assertThat(own.toString()).doesNotContain("secret-neighbour");
        assertThat(all(auditor().get(path(seen) + "/audit-trail").is(200).body(), "subject"))
                .contains("secret-neighbour");
    }

    @Test
    void theAuditorSeesWhoAndIsSeenHimself() {
        Answer seen = seenByTheDistrict();
        Answer trail = auditor().get(path(seen) + "/audit-trail").is(200);
        assertThat(all(trail.body(), "subject")).containsExactly(subject, subject, "officer-371002", "officer-371002");
        assertThat(trail.text("/items/3/details/decision")).isEqualToIgnoringCase("pass");
        assertThat(all(citizen.get(path(seen) + "/audit-trail").is(200).body(), "action")).last()
                .isEqualTo("read-audit-trail");
        Answer first = auditor().get(path(seen) + "/audit-trail?limit=2").is(200);
        Answer rest = auditor().get(path(seen) + "/audit-trail?cursor=" + first.text("/nextCursor")).is(200);
        assertThat(all(rest.body(), "action")).startsWith("read-personal-data", "review");
    }

    @Test
    void nobodyElseSeesIt() {
        Answer seen = seenByTheDistrict();
        district().get(path(seen) + "/audit-trail").is(403, "forbidden");
        city().get(path(seen) + "/audit-trail").is(403, "forbidden");
        Api.as(port, People.citizen("another")).get(path(seen) + "/audit-trail").is(404, "not-found");
        Api.as(port, People.district("371003")).get(path(seen) + "/audit-trail").is(404, "not-found");
    }
}
