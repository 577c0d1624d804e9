package cn.cityapis.subsidy.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.platform.test.ServiceTest;
import cn.cityapis.platform.test.Tokens;
import cn.cityapis.platform.time.DevelopmentClock;
import cn.cityapis.subsidy.Api;
import cn.cityapis.subsidy.Api.Answer;
import cn.cityapis.subsidy.People;
import java.time.Duration;
import java.time.LocalDate;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.r2dbc.core.DatabaseClient;
import tools.jackson.databind.node.ObjectNode;

/** The stored cases of a scheme are many. */
@ServiceTest(properties = {"subsidy.jobs.every=PT10M", "test.database=of-exclusions"})
class ImpactPagesApiTest {

    @LocalServerPort
    private int port;
    @Autowired
    private DatabaseClient database;
    @Autowired
    private ApplicationContext service;
    @Autowired
    private DevelopmentClock clock;

    private Api as(String subject) {
        return Api.as(port, Tokens.operator(subject, "371000", "city").scopes("subsidy.read", "subsidy.admin").token());
    }

    private static String proposal(String document, LocalDate from) {
        ObjectNode body = Api.JSON.createObjectNode().put("document", document).put("effectiveFrom", from.toString())
                .put("reason", "试验");
        return Api.JSON.writeValueAsString(body);
    }

    private LocalDate today() {
        return LocalDate.now(clock);
    }

    /** More cases than are read at once; each is seen once, and nobody who is in no scheme of the proposal. */
    @Test
    void theImpactIsReadInPages() {
        String created = ShippedSchemes.allowance("of-many-cases");
        Answer first = as("proposer").post("/scheme-proposals", proposal(created, today())).is(201);
        compared();
        approve(first);
        Api citizen = Api.as(port, People.citizen("of-many-cases"));
        Answer draft = citizen.post("/applications", Api.newApplication(People.idNumber("19940502", 705))
                .replace("talent-living-allowance", "of-many-cases")).is(201);
        citizen.post("/applications/" + draft.text("/id") + "/submissions", null, draft).is(200);
        UUID pattern = UUID.fromString(draft.text("/id"));
        database.sql("""
                WITH copies AS (
                    INSERT INTO application (id, scheme_id, scheme_version, state, owner_subject, area_code, name_sealed,
                           id_number_sealed, id_number_index, account_sealed, case_date, period, monthly_fen, months,
                           created_at, submitted_at, updated_at)
                    SELECT gen_random_uuid(), scheme_id, scheme_version, 'rejected', owner_subject, area_code, name_sealed,
                           id_number_sealed, id_number_index, account_sealed, case_date, period, monthly_fen, months,
                           created_at, submitted_at, updated_at
                      FROM application, generate_series(1, 1100) WHERE id = :id
                    RETURNING id)
                INSERT INTO application_facts (application_id, valid_from, facts, recorded_by, recorded_at)
                SELECT c.id, f.valid_from, f.facts, f.recorded_by, f.recorded_at
                  FROM copies c, application_facts f WHERE f.application_id = :id
                """).bind("id", pattern).then().block();
        Answer made = as("proposer").post("/scheme-proposals", proposal(created.replace("version: 1\n", "version: 2\n")
                .replace("value: 500000,", "value: 400000,").replace("fen: 500000,", "fen: 400000,"),
                today().plusDays(1))).is(201);
        compared();
        assertThat(as("proposer").get("/scheme-proposals/" + made.text("/id")).is(200).body().at("/impact")).isEqualTo(
                Api.JSON.readTree("{\"done\": true, \"cases\": 1101, \"gains\": 0, \"loses\": 1101}"));
    }

    private void compared() {
        StoredCases.compare(service);
    }

    private void approve(Answer made) {
        as("approver").post("/scheme-proposals/" + made.text("/id") + "/approvals", null, made).is(200);
    }

    private void aCaseOf(String scheme, int serial) {
        Api citizen = Api.as(port, People.citizen(scheme));
        Answer draft = citizen.post("/applications", Api.newApplication(People.idNumber("19940502", serial))
                .replace("talent-living-allowance", scheme)).is(201);
        citizen.post("/applications/" + draft.text("/id") + "/submissions", null, draft).is(200);
    }

    private static String lowered(String created, int version) {
        return created.replace("version: 1\n", "version: " + version + "\n")
                .replace("value: 500000,", "value: 400000,").replace("fen: 500000,", "fen: 400000,");
    }

    private String impact(Answer made) {
        return as("proposer").get("/scheme-proposals/" + made.text("/id")).is(200).body().at("/impact").toString();
    }

    /** Approved today before anybody was compared, it would be compared with itself: nobody loses. */
    @Test
    void nobodyApprovesBeforeItIsKnownWhoLoses() {
        String created = ShippedSchemes.allowance("of-hasty-approval");
        Answer first = as("proposer").post("/scheme-proposals", proposal(created, today())).is(201);
        compared();
        approve(first);
        aCaseOf("of-hasty-approval", 706);
        clock.advance(Duration.ofDays(1));
        Answer second = as("proposer").post("/scheme-proposals", proposal(lowered(created, 2), today())).is(201);
        as("approver").post("/scheme-proposals/" + second.text("/id") + "/approvals", null, second)
                .is(409, "impact-pending");
        compared();
        assertThat(impact(second)).contains("\"cases\":1,\"gains\":0,\"loses\":1");
        approve(second);
    }

    /** Three versions, of which the second is approved but not yet in force: the third takes its place, not the first's. */
    @Test
    void aVersionIsComparedWithTheOneThatHoldsUntilItsDay() {
        String created = ShippedSchemes.allowance("of-three-versions");
        Answer first = as("proposer").post("/scheme-proposals", proposal(created, today())).is(201);
        compared();
        approve(first);
        aCaseOf("of-three-versions", 707);
        Answer second = as("proposer").post("/scheme-proposals", proposal(lowered(created, 2), today().plusDays(10)))
                .is(201);
        compared();
        approve(second);
        Answer third = as("proposer").post("/scheme-proposals", proposal(lowered(created, 3), today().plusDays(20)))
                .is(201);
        compared();
        assertThat(impact(third)).contains("\"cases\":1,\"gains\":0,\"loses\":0");
    }
}
