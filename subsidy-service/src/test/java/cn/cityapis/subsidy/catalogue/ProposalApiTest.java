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
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.HttpMethod;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/** A rule is changed over the API: proposed by one, approved by another, in force from its day. */
@ServiceTest(properties = {"subsidy.jobs.every=PT10M", "test.database=of-proposals"})
class ProposalApiTest {

    private static final String ALLOWANCE_3 = ShippedSchemes.text(ShippedSchemes.ALLOWANCE)
            .replace("version: 2\n", "version: 3\n").replace("value: 500000,", "value: 600000,")
            .replace("fen: 500000,", "fen: 600000,");

    @LocalServerPort
    private int port;
    @Autowired
    private DatabaseClient database;
    @Autowired
    private CompareImpact compare;
    @Autowired
    private FollowVersions follow;
    @Autowired
    private SchemeCatalogue catalogue;
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

    private long monthlyFen(LocalDate asOf) {
        return as("reader").post("/entitlements",
                "{\"asOf\": \"" + asOf + "\", \"facts\": " + Api.DOCTOR_FACTS + "}").is(200).body().at("/outcomes")
                .valueStream().filter(one -> one.at("/schemeId").asString().equals("talent-living-allowance"))
                .findFirst().orElseThrow().at("/grant/amountFen").asLong();
    }

    @Test
    void aRuleIsChangedByTwoAndKnownBeforeItHolds() {
        Api citizen = Api.as(port, People.citizen("impact-citizen"));
        Answer draft = citizen.post("/applications", Api.newApplication(People.idNumber("19940502", 701))).is(201);
        citizen.post("/applications/" + draft.text("/id") + "/submissions", null, draft).is(200);

        LocalDate from = today().plusDays(10);
        Answer made = as("proposer").post("/scheme-proposals", proposal(ALLOWANCE_3, from)).is(201);
        String path = "/scheme-proposals/" + made.text("/id");
        compare.run().block();
        Answer compared = as("proposer").get(path).is(200);
        assertThat(compared.body().at("/impact")).isEqualTo(
                Api.JSON.readTree("{\"done\": true, \"cases\": 1, \"gains\": 1, \"loses\": 0}"));
        Answer impact = as("approver").get(path + "/impact").is(200);
        assertThat(impact.text("/items/0/applicationId")).isEqualTo(draft.text("/id"));
        assertThat(impact.number("/items/0/beforeFen")).isEqualTo(18_000_000);
        assertThat(impact.number("/items/0/afterFen")).isEqualTo(21_600_000);

        assertThat(monthlyFen(from)).isEqualTo(500_000);
        String whatIf = "{\"asOf\": \"" + from + "\", \"proposalIds\": [\"" + made.text("/id") + "\"], \"facts\": "
                + Api.DOCTOR_FACTS + "}";
        assertThat(as("proposer").post("/entitlements", whatIf).is(200).number("/bestCombination/totalFen"))
                .isEqualTo(21_600_000);
        Api.as(port, People.app()).post("/entitlements", whatIf).is(403);

        as("proposer").post(path + "/approvals", null, compared).is(409, "four-eyes");
        as("approver").post(path + "/approvals", null).is(428);
        String key = UUID.randomUUID().toString();
        Answer approved = as("approver").send(HttpMethod.POST, "" + path + "/approvals", null, compared.etag(), key)
                .is(200);
        assertThat(approved.text("/state")).isEqualTo("approved");
        assertThat(as("approver").send(HttpMethod.POST, path + "/approvals", null, compared.etag(), key).is(200)
                .replayed()).isTrue();
        as("other").post(path + "/approvals", null, approved).is(409, "application-wrong-state");
        as("other").post(path + "/withdrawals", null, approved).is(409);

        // before its day the old version decides, from its day on the new one; what was decided stays
        assertThat(monthlyFen(from.minusDays(1))).isEqualTo(500_000);
        assertThat(monthlyFen(from)).isEqualTo(600_000);
        assertThat(catalogue.find("talent-living-allowance").orElseThrow().scheme().version()).isEqualTo(2);
        clock.advance(Duration.ofDays(10));
        assertThat(catalogue.find("talent-living-allowance").orElseThrow().scheme().version()).isEqualTo(3);
        assertThat(catalogue.find("talent-living-allowance", 2)).isPresent();
        assertThat(citizen.get("/applications/" + draft.text("/id")).is(200).number("/monthlyFen")).isEqualTo(500_000);

        // who was submitted under the old version keeps it; who comes now has the new one
        assertThat(database.sql("SELECT scheme_version FROM application WHERE id = :id")
                .bind("id", UUID.fromString(draft.text("/id"))).mapValue(Integer.class).one().block()).isEqualTo(2);
        Answer late = Api.as(port, People.citizen("late-citizen")).post("/applications",
                Api.newApplication(People.idNumber("19940502", 703))).is(201);
        assertThat(
                Api.as(port, People.citizen("late-citizen")).post("/applications/" + late.text("/id") + "/submissions",
                        null, late).is(200).number("/monthlyFen"))
                .isEqualTo(600_000);

        // another replica, which knows the shipped versions only
        List<SchemeCatalogue.Version> shipped = catalogue.versions().stream()
                .filter(one -> one.effectiveFrom().equals(LocalDate.MIN)).toList();
        catalogue.replace(shipped);
        follow.run().block();
        assertThat(catalogue.find("talent-living-allowance", 3)).isPresent();
        overlaps();
    }

    private void overlaps() {
        Answer refused = as("proposer").post("/scheme-proposals",
                proposal(ALLOWANCE_3.replace("version: 3\n", "version: 4\n"), today())).is(422, "scheme-refused");
        assertThat(refused.body().at("/errors/0/detail").asString()).contains("与第 3 版重叠");
    }

    @Test
    void everythingWrongIsNamedAtOnce() {
        String spoiled = ShippedSchemes.text(ShippedSchemes.RD)
                .replace("expression: fullTimeInPost", "expression: fullTimeInPots")
                .replace("expression: onConfirmedList", "expression: '1 / rdYearsSkipped > 0'")
                .replaceFirst("otherwise: 保障对象须为全职在岗人员\\s+citation: [^\\n]+", "otherwise: x")
                .replace("value: 15000000, cohort: since-2023, from: 2023-08-09",
                        "value: 15000000, cohort: since-2023, from: 2023-08-10");
        Answer refused = as("proposer").post("/scheme-proposals", proposal(spoiled, today().minusDays(1))).is(422,
                "scheme-refused");
        assertThat(refused.body().at("/errors").valueStream().map(one -> one.at("/detail").asString()))
                .anyMatch(detail -> detail.contains("早于今天"))
                .anyMatch(detail -> detail.contains("fullTimeInPots"))
                .anyMatch(detail -> detail.contains("除数可能为零"))
                .anyMatch(detail -> detail.contains("full-time-in-post 没有依据"))
                .anyMatch(detail -> detail.contains("空档"));
    }

    @Test
    void whatIsNoSchemeIsRefused() {
        for (String document : List.of("x", "[]", "id: a-b-c", "{\"id\": 3", "id: a-b-c\nversion: 1\nfacts: [{}]",
                ShippedSchemes.text(ShippedSchemes.PERSONAL))) {
            as("proposer").post("/scheme-proposals", proposal(document, today())).is(422, "scheme-refused");
        }
    }

    /** A new scheme goes live by someone who knows no Java; withdrawn it never does. */
    @Test
    void aNewSchemeGoesLive() {
        String created = ShippedSchemes.text(ShippedSchemes.PERSONAL).replace("id: talent-insurance-personal",
                "id: talent-insurance-new");
        Answer first = as("proposer").post("/scheme-proposals", proposal(created, today())).is(201);
        as("proposer").post("/scheme-proposals", proposal(created, today())).is(409);
        as("proposer").post("/scheme-proposals/" + first.text("/id") + "/withdrawals", null, first).is(200);
        as("reader").get("/schemes/talent-insurance-new").is(404);
        Answer second = as("proposer").post("/scheme-proposals", proposal(created, today())).is(201);
        compare.run().block();
        as("approver").post("/scheme-proposals/" + second.text("/id") + "/approvals", null, second).is(200);
        assertThat(as("reader").get("/schemes/talent-insurance-new").is(200).number("/version")).isEqualTo(1);
        as("proposer").get("/scheme-proposals?limit=1").is(200);
        as("proposer").get("/scheme-proposals/" + UUID.randomUUID()).is(404);
    }

    /** The database is the last guard. */
    @Test
    void nobodyApprovesHisOwnEvenInSql() {
        Answer made = as("proposer").post("/scheme-proposals", proposal(ShippedSchemes.text(ShippedSchemes.RD)
                .replace("version: 1\n", "version: 2\n"), today().plusDays(400))).is(201);
        Mono<Void> own = database.sql("""
                UPDATE scheme_proposal SET state = 'approved', decided_by = proposed_by, decided_at = now()
                 WHERE id = :id
                """).bind("id", UUID.fromString(made.text("/id"))).then();
        org.assertj.core.api.Assertions.assertThatThrownBy(own::block)
                .isInstanceOf(DataIntegrityViolationException.class).hasMessageContaining("four_eyes");
    }
}
