package cn.cityapis.eldercare;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.platform.test.Apis;
import cn.cityapis.platform.test.ServiceTest;
import cn.cityapis.platform.test.Tokens;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.web.reactive.server.WebTestClient;

/** Wrong type, missing, too large, unknown id, not allowed, wrong owner, repeated key: for every operation. */
@ServiceTest(properties = "demo.data=true")
class BadInputApiTest {

    private static final String UNKNOWN = "0190a5b0-0000-7000-8000-00000000dead";
    private static final String HOME = "/homes/" + Walk.HOME_1;

    @LocalServerPort
    private int port;

    private Walk walk;
    private WebTestClient citizen;

    @BeforeEach
    void setUp() {
        walk = new Walk(port);
        citizen = walk.citizen("bad-input-citizen");
    }

    private String draft() {
        return walk.post(citizen, "/applications", Map.of(), null).text("/id");
    }

    private static void refused(Walk.Answer answer, int status, String code) {
        assertThat(answer.text("/code")).as(answer.body().toString()).isEqualTo(code);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.text("/detail")).isNotBlank();
        assertThat(answer.body().has("trace")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/homes/{id}", "/homes/{id}/queue", "/applications/{id}", "/applications/{id}/form",
            "/applications/{id}/materials", "/applications/{id}/assessments", "/offers/{id}", "/homes/{id}/beds",
            "/homes/{id}/offers"})
    void unknownIdIs404AndAMalformedOne400(String path) {
        WebTestClient by = path.endsWith("/beds") || path.startsWith("/homes/{id}/offers") ? walk.operator : walk.city;
        refused(walk.get(by, path.replace("{id}", UNKNOWN)), 404, "not-found");
        refused(walk.get(by, path.replace("{id}", "x")), 400, "validation-failed");
    }

    @ParameterizedTest
    @CsvSource({"/applications/{id}/submission,citizen", "/applications/{id}/review,operator",
            "/applications/{id}/assessments,assessor", "/applications/{id}/withdrawal,citizen",
            "/offers/{id}/acceptance,citizen",
            "/offers/{id}/refusal,citizen", "/offers/{id}/paper-check,operator", "/offers/{id}/admission,operator",
            "/homes/{id}/offers,operator", "/homes/{id}/beds/{id}/state,operator",
            "/applications/{id}/register-checks,citizen"})
    void eachDecisionOnAnUnknownIdIs404(String path, String who) {
        String url = path.replace("{id}", UNKNOWN);
        refused(walk.post(by(who), url, body(path), "\"1\""), 404, "not-found");
        refused(walk.post(by(who), url, body(path), "\"1\"", null), 400, "idempotency-key-missing");
        refused(walk.post(by(who), path.replace("{id}", "x"), body(path), "\"1\""), 400, "validation-failed");
        refused(walk.post(walk.app, url, body(path), "\"1\""), 403, "forbidden");
        refused(walk.post(Apis.client(port), url, body(path), "\"1\""), 401, "token-missing");
    }

    @ParameterizedTest
    @CsvSource({"/applications/{id}/review,operator", "/applications/{id}/assessments,assessor",
            "/offers/{id}/refusal,citizen",
            "/offers/{id}/paper-check,operator", "/homes/{id}/offers,operator", "/homes/{id}/beds/{id}/state,operator",
            "/applications/{id}/register-checks,citizen", "/rule-books/current/extensions,city"})
    void eachBodyNamesAllThatIsMissingOrUnknown(String path, String who) {
        String url = path.replace("{id}", UNKNOWN);
        Walk.Answer missing = walk.post(by(who), url, Map.of("nonsense", 1), "\"1\"");
        refused(missing, 400, "validation-failed");
        assertThat(missing.texts("/errors", "code")).contains("unknown-field", "missing");
        refused(walk.post(by(who), url, null, "\"1\""), 400, "body-missing");
        refused(walk.post(by(who), url, List.of(1), "\"1\""), 400, "validation-failed");
        refused(walk.post(by(who), url, Map.of("reason", "长".repeat(600_000)), "\"1\""), 413, "body-too-large");
    }

    private WebTestClient by(String who) {
        return switch (who) {
            case "citizen" -> citizen;
            case "operator" -> walk.operator;
            case "assessor" -> walk.assessor;
            case "city" -> walk.city;
            default -> throw new IllegalArgumentException(who);
        };
    }

    private static Object body(String path) {
        return switch (path.substring(path.lastIndexOf('/') + 1)) {
            case "review" -> Map.of("verdict", "QUALIFIED", "reason", "资料齐全");
            case "assessments" -> Walk.assessment(52);
            case "refusal" -> Map.of("reason", "另有安排");
            case "paper-check" -> Map.of("originalsSeen", List.of("APPLICANT_ID_CARD"), "agreedMonthlyFen", 1);
            case "offers" -> Map.of("bedId", UNKNOWN);
            case "state" -> Map.of("state", "FREE");
            case "register-checks" -> Map.of("kind", "TOWN_PROOF");
            default -> Map.of();
        };
    }

    @Test
    void aDraftNamesAllThatIsWrongInIt() {
        Walk.Answer wrong = walk.post(citizen, "/applications", Map.of("applicant",
                Map.of("name", "张\u0000", "phone", "12", "residenceAreaCode", 5), "categories", List.of("RICH"),
                "extra", true),
                null);
        refused(wrong, 400, "validation-failed");
        assertThat(wrong.texts("/errors", "pointer")).contains("/applicant/name", "/applicant/phone", "/categories/0",
                "/extra");
        Walk.Answer numbers = walk.post(citizen, "/applications",
                Walk.form("371002194803152005", List.of(UNKNOWN, Walk.HOME_1, Walk.HOME_1, Walk.HOME_2)), null);
        assertThat(numbers.texts("/errors", "pointer")).contains("/applicant/idNumber", "/homeIds", "/homeIds/0",
                "/homeIds/2");
        refused(walk.post(citizen, "/applications", Map.of("address", "长".repeat(600_000)), null), 413,
                "body-too-large");
        refused(walk.post(citizen, "/applications", Map.of(), null, null), 400, "idempotency-key-missing");
    }

    @Test
    void onlyACitizenWithAProvenIdentityApplies() {
        refused(walk.post(walk.app, "/applications", Map.of(), null), 403, "forbidden");
        WebTestClient openid = Apis.client(port, Tokens.citizen("x").claim("assurance", "openid")
                .scopes("eldercare.apply", "eldercare.read").token());
        refused(walk.post(openid, "/applications", Map.of(), null), 403, "real-name-required");
        refused(walk.post(Apis.client(port), "/applications", Map.of(), null), 401, "token-missing");
    }

    @Test
    void anothersApplicationDoesNotExist() {
        String id = walk.complete(citizen, Fixtures.idNumber(1943, 507), List.of(Walk.HOME_1), "LOW_INCOME");
        WebTestClient stranger = walk.citizen("stranger");
        for (String part : List.of("", "/form", "/materials", "/assessments")) {
            refused(walk.get(stranger, "/applications/" + id + part), 404, "not-found");
            refused(walk.get(walk.operator, "/applications/" + id + part), 404, "not-found");
        }
        refused(walk.put(stranger, "/applications/" + id, Map.of(), "\"1\""), 404, "not-found");
        refused(walk.post(stranger, "/applications/" + id + "/submission", null, "\"1\""), 404, "not-found");
        refused(walk.post(stranger, "/applications/" + id + "/withdrawal", null, "\"1\""), 404, "not-found");
        refused(walk.upload(stranger, id, "TOWN_PROOF", new byte[]{'%', 'P', 'D', 'F', '-'}, "application/pdf"), 404,
                "not-found");
        Walk.Answer submitted = walk.submit(citizen, id);
        assertThat(submitted.text("/state")).isEqualTo("SUBMITTED");
        refused(walk.get(walk.otherOperator, "/applications/" + id), 404, "not-found");
        refused(walk.post(walk.otherOperator, "/applications/" + id + "/review", body("/review"), submitted.etag()),
                404, "not-found");
        refused(walk.get(walk.otherAssessor, "/applications/" + id), 404, "not-found");
        assertThat(walk.get(walk.operator, "/applications/" + id).status()).isEqualTo(200);
        assertThat(walk.get(walk.operator, "/reviews?state=SUBMITTED&limit=100").texts("/items", "id")).contains(id);
        assertThat(walk.get(walk.otherOperator, "/reviews?limit=100").texts("/items", "id")).doesNotContain(id);
        refused(walk.post(walk.otherAssessor, "/applications/" + id + "/assessments", Walk.assessment(52),
                submitted.etag()), 404,
                "not-found");
    }

    @Test
    void anotherHomesBedsAreNotHis() {
        refused(walk.get(walk.otherOperator, HOME + "/beds"), 404, "not-found");
        refused(walk.get(walk.otherOperator, HOME + "/offers"), 404, "not-found");
        String bed = walk.freeBeds("GENERAL").getLast();
        refused(walk.post(walk.otherOperator, HOME + "/offers", Map.of("bedId", bed), null), 404, "not-found");
        refused(walk.post(walk.otherOperator, HOME + "/beds/" + bed + "/state", Map.of("state", "OUT_OF_SERVICE"),
                "\"1\""), 404,
                "not-found");
        refused(walk.post(walk.otherOperator, "/homes/" + Walk.HOME_2 + "/offers", Map.of("bedId", bed), null), 404,
                "not-found");
        refused(walk.post(walk.operator, HOME + "/beds/" + bed + "/state", Map.of("state", "FREE"), "\"1\""), 409,
                "not-possible-now");
    }

    @Test
    void scoresOutOfRangeAreNamedAllAtOnce() {
        String id = walk.complete(citizen, Fixtures.idNumber(1942, 508), List.of(Walk.HOME_1), "LOW_INCOME");
        walk.submit(citizen, id);
        walk.qualify(id);
        Map<String, Object> body = Walk.assessment(52);
        body.put("scores", Map.of("EATING", 5, "STAIRS", 4, "AGGRESSION", -1));
        Walk.Answer wrong = walk.post(walk.assessor, "/applications/" + id + "/assessments", body,
                walk.get(walk.assessor, "/applications/" + id).etag());
        refused(wrong, 400, "validation-failed");
        assertThat(wrong.body().at("/errors").size()).isEqualTo(26);
        assertThat(wrong.texts("/errors", "pointer")).contains("/scores/EATING", "/scores/STAIRS", "/scores/MEMORY");
        body.put("scores", Map.of("EATING", "many", "NOTHING", 1));
        refused(walk.post(walk.assessor, "/applications/" + id + "/assessments", body, "\"1\""), 400,
                "validation-failed");
        body = Walk.assessment(52);
        body.put("assessedOn", "2999-01-01");
        refused(walk.post(walk.assessor, "/applications/" + id + "/assessments", body,
                walk.get(walk.assessor, "/applications/" + id).etag()), 400, "validation-failed");
    }

    @Test
    void filesThatAreNotWhatTheySayAreRefused() {
        String id = draft();
        refused(walk.upload(citizen, id, "TOWN_PROOF", "MZ not a pdf".getBytes(StandardCharsets.UTF_8),
                "application/pdf"), 415, "file-type-not-accepted");
        refused(walk.upload(citizen, id, "TOWN_PROOF", new byte[]{1}, "text/plain"), 415, "unsupported-media-type");
        refused(walk.upload(citizen, id, "NOTHING", new byte[]{1}, "application/pdf"), 400, "validation-failed");
        byte[] large = new byte[5 * 1024 * 1024 + 1];
        large[0] = '%';
        refused(walk.upload(citizen, id, "TOWN_PROOF", large, "application/pdf"), 413, "file-too-large");
        refused(walk.post(citizen, "/applications/" + id + "/register-checks", Map.of("kind", "APPLICATION_FORM"),
                null), 409,
                "register-unconfirmed");
        assertThat(walk.get(citizen, "/applications/" + id + "/materials").body().size()).isZero();
        refused(walk.get(citizen, "/applications/" + id + "/materials/" + UNKNOWN + "/file"), 404, "not-found");
    }

    @Test
    void theFileComesBackAsItWasUploaded() {
        String id = draft();
        byte[] png = {(byte) 0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A, 7};
        Walk.Answer material = walk.upload(citizen, id, "APPLICANT_ID_CARD", png, "application/pdf");
        assertThat(material.text("/mediaType")).isEqualTo("image/png");
        citizen.get().uri(Walk.API + "/applications/" + id + "/materials/" + material.text("/id") + "/file").exchange()
                .expectStatus().isOk().expectHeader().contentType("image/png").expectBody(byte[].class).isEqualTo(png);
    }

    @Test
    void staleAndAbsentVersionsAreRefusedAndTheKeyIsLookedAtFirst() {
        Walk.Answer draft = walk.post(citizen, "/applications", Map.of(), null);
        String path = "/applications/" + draft.text("/id");
        refused(walk.put(citizen, path, Map.of(), null), 428, "if-match-missing");
        refused(walk.put(citizen, path, Map.of(), "\"9\""), 412, "stale");
        refused(walk.post(citizen, path + "/submission", null, null), 428, "if-match-missing");
        refused(walk.post(citizen, path + "/submission", null, "\"9\""), 412, "stale");
        String key = UUID.randomUUID().toString();
        Walk.Answer first = walk.post(citizen, path + "/submission", null, draft.etag(), key);
        Walk.Answer again = walk.post(citizen, path + "/submission", null, draft.etag(), key);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.etag()).isEqualTo(first.etag());
        assertThat(walk.get(citizen, path).texts("/decisions", "kind")).containsExactly("SUBMIT");
    }

    @Test
    void aKeyOfAnotherBodyIsRefused() {
        String key = UUID.randomUUID().toString();
        Walk.Answer first = walk.post(citizen, "/applications", Map.of("filedBy", "APPLICANT"), null, key);
        assertThat(walk.post(citizen, "/applications", Map.of("filedBy", "APPLICANT"), null, key).text("/id"))
                .isEqualTo(first.text("/id"));
        refused(walk.post(citizen, "/applications", Map.of("filedBy", "AGENT"), null, key), 422,
                "idempotency-key-reused");
    }

    @Test
    void whatAStateDoesNotTakeIsRefusedWithWhatWouldBePossible() {
        String id = walk.complete(citizen, Fixtures.idNumber(1941, 509), List.of(Walk.HOME_1), "LOW_INCOME");
        Walk.Answer submitted = walk.submit(citizen, id);
        Walk.Answer again = walk.post(citizen, "/applications/" + id + "/submission", null, submitted.etag());
        refused(again, 409, "not-possible-now");
        List<String> possible = new ArrayList<>();
        again.body().at("/possible").forEach(each -> possible.add(each.asString()));
        assertThat(possible).contains("WITHDRAW", "QUALIFY");
        refused(walk.put(citizen, "/applications/" + id, Map.of(), submitted.etag()), 409, "not-possible-now");
        refused(walk.upload(citizen, id, "TOWN_PROOF", new byte[]{'%', 'P', 'D', 'F', '-'}, "application/pdf"), 409,
                "not-possible-now");
        refused(walk.post(walk.assessor, "/applications/" + id + "/assessments", Walk.assessment(52), submitted.etag()),
                409,
                "not-possible-now");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/homes?limit=0", "/homes?limit=x", "/homes?limit=101", "/homes?bedKind=SOFA",
            "/homes?onlyFree=perhaps"})
    void wrongParametersAreNamed(String path) {
        refused(walk.get(walk.app, path), 400, "validation-failed");
    }

    @Test
    void wrongCursorsAreRefused() {
        refused(walk.get(walk.app, "/homes?cursor=zzz"), 400, "invalid-cursor");
        refused(walk.get(walk.app, HOME + "/queue?cursor=c1.eA"), 400, "invalid-cursor");
        refused(walk.get(citizen, "/applications?cursor=c1.eA"), 400, "invalid-cursor");
        refused(walk.get(walk.assessor, "/assessment-tasks?cursor=c1.eA"), 400, "invalid-cursor");
        refused(walk.get(walk.operator, "/reviews?cursor=c1.eA"), 400, "invalid-cursor");
    }

    @Test
    void extendingTheBookNeedsTheRightAndRightDates() {
        Map<String, String> body = Map.of("extendedTo", "2024-01-01", "decidedOn", "2999-01-01", "basis", "某文件");
        Walk.Answer wrong = walk.post(walk.city, "/rule-books/current/extensions", body, null);
        refused(wrong, 400, "validation-failed");
        assertThat(wrong.texts("/errors", "pointer")).containsExactlyInAnyOrder("/extendedTo", "/decidedOn");
        refused(walk.post(walk.operator, "/rule-books/current/extensions", body, null), 403, "forbidden");
    }
}
