package cn.cityapis.eldercare;

import static org.assertj.core.api.Assertions.assertThat;

import cn.cityapis.eldercare.ability.AbilityItem;
import cn.cityapis.platform.test.Apis;
import cn.cityapis.platform.test.ChineseDetails;
import cn.cityapis.platform.test.Tokens;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls of the walk-through, as the different people make them. */
public final class Walk {

    public static final String API = "/api/eldercare/v1";
    public static final String HOME_1 = "00000000-0000-7000-8000-000000000001";
    public static final String HOME_2 = "00000000-0000-7000-8000-000000000002";
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final byte[] PDF = "%PDF-1.4 demo".getBytes(StandardCharsets.US_ASCII);

    public final WebTestClient app;
    public final WebTestClient operator;
    public final WebTestClient otherOperator;
    public final WebTestClient assessor;
    public final WebTestClient otherAssessor;
    public final WebTestClient city;
    private final int port;

    public Walk(int port) {
        this.port = port;
        app = Apis.client(port, Tokens.client("demo-app").scopes("eldercare.read").token());
        operator = Apis.client(port, operator("demo-home-1", "home-operator"));
        otherOperator = Apis.client(port, operator("demo-home-2", "home-operator"));
        assessor = Apis.client(port, operator("demo-agency-1", "assessor"));
        otherAssessor = Apis.client(port, operator("demo-agency-2", "assessor"));
        city = Apis.client(port, Tokens.operator("demo-city-officer", "371000", "city")
                .scopes("eldercare.read", "eldercare.decide", "eldercare.admin").token());
    }

    private static String operator(String org, String role) {
        return Tokens.operator(org + "-person", org, role).scopes("eldercare.read", "eldercare.decide").token();
    }

    public WebTestClient citizen(String subject) {
        return Apis.client(port, Tokens.citizen(subject).scopes("eldercare.read", "eldercare.apply").token());
    }

    /** A district's officer. */
    public WebTestClient district(String code) {
        return Apis.client(port, Tokens.operator(code + "-officer", code, "district")
                .scopes("eldercare.read", "eldercare.decide").token());
    }

    /** An answer with its entity tag. */
    public record Answer(int status, String etag, JsonNode body, boolean replayed) {

        public String text(String pointer) {
            return body.at(pointer).asString();
        }

        /** The texts of a member over all elements of an array. */
        public List<String> texts(String array, String member) {
            List<String> texts = new ArrayList<>();
            body.at(array).forEach(each -> texts.add(each.path(member).asString()));
            return texts;
        }
    }

    public Answer get(WebTestClient by, String path) {
        return read(by.get().uri(API + path).exchange());
    }

    public Answer post(WebTestClient by, String path, @Nullable Object body, @Nullable String etag) {
        return post(by, path, body, etag, UUID.randomUUID().toString());
    }

    public Answer post(WebTestClient by, String path, @Nullable Object body, @Nullable String etag,
            @Nullable String key) {
        WebTestClient.RequestBodySpec request = by.post().uri(API + path);
        if (key != null) {
            request.header("Idempotency-Key", key);
        }
        if (etag != null) {
            request.header("If-Match", etag);
        }
        return read(body == null
                ? request.exchange()
                : request.contentType(MediaType.APPLICATION_JSON).bodyValue(JSON.writeValueAsString(body)).exchange());
    }

    /** Sends it twice with one key; the second answer is the first one again. The key on another body is refused. */
    public Answer twice(WebTestClient by, String path, @Nullable Object body, @Nullable String etag,
            @Nullable Object otherBody) {
        String key = UUID.randomUUID().toString();
        Answer first = post(by, path, body, etag, key);
        assertThat(first.status()).as(path + first.body()).isBetween(200, 299);
        assertThat(first.replayed()).isFalse();
        Answer again = post(by, path, body, etag, key);
        assertThat(again.replayed()).as(path).isTrue();
        assertThat(again).isEqualTo(new Answer(first.status(), first.etag(), first.body(), true));
        if (otherBody != null) {
            assertThat(post(by, path, otherBody, etag, key).text("/code")).isEqualTo("idempotency-key-reused");
        }
        return first;
    }

    public Answer put(WebTestClient by, String path, Object body, @Nullable String etag) {
        WebTestClient.RequestBodySpec request = by.put().uri(API + path);
        if (etag != null) {
            request.header("If-Match", etag);
        }
        return read(
                request.contentType(MediaType.APPLICATION_JSON).bodyValue(JSON.writeValueAsString(body)).exchange());
    }

    public Answer upload(WebTestClient by, String application, String kind, byte[] content, String type) {
        return upload(by, application, kind, content, type, UUID.randomUUID().toString());
    }

    public Answer upload(WebTestClient by, String application, String kind, byte[] content, String type, String key) {
        return read(by.post().uri(API + "/applications/" + application + "/materials?kind=" + kind)
                .header("Idempotency-Key", key)
                .contentType(MediaType.parseMediaType(type)).bodyValue(content).exchange());
    }

    private static Answer read(WebTestClient.ResponseSpec exchange) {
        var result = ChineseDetails.checked(exchange.expectBody().returnResult());
        byte[] body = result.getResponseBody();
        String etag = result.getResponseHeaders().getETag();
        return new Answer(result.getStatus().value(), etag == null ? "" : etag,
                body == null ? JSON.createObjectNode() : JSON.readTree(body),
                "true".equals(result.getResponseHeaders().getFirst("Idempotency-Replayed")));
    }

    public static Map<String, Object> form(String idNumber, List<String> homes, String... categories) {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("filedBy", "APPLICANT");
        form.put("applicant", Map.of("name", "张桂兰", "idNumber", idNumber, "phone", "13800000001", "residenceAreaCode",
                "371002", "address", "演示路 1 号"));
        form.put("categories", List.of(categories));
        form.put("homeIds", homes);
        form.put("bedKinds", List.of("NURSING"));
        return form;
    }

    /** Scores of 52 points: moderately impaired. */
    public static Map<String, Object> assessment(int total) {
        Map<String, Integer> scores = new LinkedHashMap<>();
        int left = 90 - total;
        for (AbilityItem item : AbilityItem.values()) {
            int taken = Math.min(left, item.highest());
            scores.put(item.name(), item.highest() - taken);
            left -= taken;
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("scores", scores);
        body.put("assessedOn", Fixtures.TODAY.toString());
        body.put("coma", false);
        body.put("dementiaDiagnosed", false);
        body.put("mentalDisorderDiagnosed", false);
        body.put("riskEvents", List.of());
        return body;
    }

    /** The same, made on the day of the last step of an application. */
    public static Map<String, Object> assessment(int total, Answer application) {
        JsonNode decisions = application.body().at("/decisions");
        Map<String, Object> body = assessment(total);
        if (!decisions.isEmpty()) {
            Instant last = OffsetDateTime.parse(decisions.get(decisions.size() - 1).path("decidedAt").asString())
                    .toInstant();
            body.put("assessedOn", LocalDate.ofInstant(last, SHANGHAI).toString());
        }
        return body;
    }

    /** A draft with all its papers; answers its id. */
    public String complete(WebTestClient citizen, String idNumber, List<String> homes, String... categories) {
        Answer draft = post(citizen, "/applications", form(idNumber, homes, categories), null);
        String id = draft.text("/id");
        for (String kind : List.of("APPLICATION_FORM", "APPLICANT_ID_CARD", "APPLICANT_HOUSEHOLD_REGISTER",
                "TOWN_PROOF")) {
            upload(citizen, id, kind, PDF, "application/pdf");
        }
        return id;
    }

    public Answer submit(WebTestClient citizen, String id) {
        return post(citizen, "/applications/" + id + "/submission", null, get(citizen, "/applications/" + id).etag());
    }

    public Answer qualify(String id) {
        return post(operator, "/applications/" + id + "/review", Map.of("verdict", "QUALIFIED", "reason", "资料齐全"),
                get(operator, "/applications/" + id).etag());
    }

    public Answer assess(String id, int total) {
        Answer application = get(assessor, "/applications/" + id);
        return post(assessor, "/applications/" + id + "/assessments", assessment(total, application),
                application.etag());
    }

    /** A special-channel applicant who waits at the first home; answers the id. */
    public String waiting(WebTestClient citizen, String idNumber) {
        String id = complete(citizen, idNumber, List.of(HOME_1), "LOW_INCOME");
        submit(citizen, id);
        qualify(id);
        assess(id, 52);
        return id;
    }

    public List<String> freeBeds(String kind) {
        List<String> beds = new ArrayList<>();
        get(operator, "/homes/" + HOME_1 + "/beds?state=FREE&limit=100").body().at("/items").forEach(bed -> {
            if (bed.at("/type/kind").asString().equals(kind) && !bed.path("emergency").asBoolean()) {
                beds.add(bed.path("id").asString());
            }
        });
        return beds;
    }

    public Answer offer(String bed) {
        return post(operator, "/homes/" + HOME_1 + "/offers", Map.of("bedId", bed), null);
    }

    /** From waiting, as the first in the queue, into a nursing bed; answers the bed. */
    public String moveIn(WebTestClient citizen, String id) {
        String bed = freeBeds("NURSING").getFirst();
        Answer offer = offer(bed);
        assertThat(offer.text("/applicationId")).as(offer.body().toString()).isEqualTo(id);
        String path = "/offers/" + offer.text("/id");
        Answer accepted = post(citizen, path + "/acceptance", null, offer.etag());
        Answer checked = post(operator, path + "/paper-check", Map.of("originalsSeen",
                List.of("APPLICANT_ID_CARD", "APPLICANT_HOUSEHOLD_REGISTER", "PHYSICAL_EXAMINATION"),
                "agreedMonthlyFen", 300_000), accepted.etag());
        assertThat(post(operator, path + "/admission", null, checked.etag()).text("/state")).isEqualTo("COMPLETED");
        return bed;
    }
}
