package cn.cityapis.eldercare;

import cn.cityapis.platform.test.Apis;
import cn.cityapis.platform.test.Tokens;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;

/** An empty home of its own, with its operator, its agency and the people who apply to it. */
public final class HomeScene {

    private static final byte[] PDF = "%PDF-1.4 demo".getBytes(StandardCharsets.US_ASCII);

    public final Walk walk;
    public final String home = UUID.randomUUID().toString();
    public final String path = "/homes/" + home;
    public final WebTestClient operator;
    public final WebTestClient district;
    public final WebTestClient assessor;
    private final DatabaseClient database;

    public HomeScene(int port, DatabaseClient database) {
        this.database = database;
        walk = new Walk(port);
        String org = "org-" + home.substring(0, 8);
        operator = Apis.client(port, Tokens.operator(org + "-person", org, "home-operator")
                .scopes("eldercare.read", "eldercare.decide").token());
        assessor = Apis.client(port, Tokens.operator(org + "-assessor", org + "-agency", "assessor")
                .scopes("eldercare.read", "eldercare.decide").token());
        district = Apis.client(port, Tokens.operator(org + "-district", "379998", "district")
                .scopes("eldercare.read", "eldercare.decide").token());
        run("""
                insert into home (id, code, org, agency_org, name, kind, district_code, district_name, address, phone,
                                  opening_hours, fee_items)
                values ('%s', '%s', '%s', '%s-agency', '试验敬老院', 'PUBLIC', '379998', '试验区', '试验路 1 号', '0631-1',
                        '每日', '[{"name":"餐费","monthlyFen":50000}]')
                """.formatted(home, org, org, org));
    }

    /** A type of bed; answers its id. */
    public String type(String kind, long feeFen, String... levels) {
        return walk.post(operator, path + "/bed-types",
                Map.of("kind", kind, "levels", List.of(levels), "monthlyFeeFen", feeFen), null).text("/id");
    }

    public Walk.Answer addBed(String type, String label, boolean emergency) {
        return addBed(type, label, emergency, null);
    }

    public Walk.Answer addBed(String type, String label, boolean emergency, @Nullable String sex) {
        Map<String, Object> body = new HashMap<>(Map.of("bedTypeId", type, "label", label, "emergency", emergency));
        if (sex != null) {
            body.put("sex", sex);
        }
        return walk.post(operator, path + "/beds", body, null);
    }

    /** Somebody with all his papers who has been assessed; answers the id of the application. */
    public String waiting(WebTestClient citizen, String idNumber, int total, String... categories) {
        return waiting(citizen, idNumber, total, List.of(home), List.of("NURSING"), categories);
    }

    public String waiting(WebTestClient citizen, String idNumber, int total, List<String> homes, List<String> kinds,
            String... categories) {
        String id = submitted(citizen, idNumber, homes, kinds, categories);
        assessed(id, total);
        return id;
    }

    /** Handed in here with all his papers; answers the id of the application. */
    public String submitted(WebTestClient citizen, String idNumber, String... categories) {
        return submitted(citizen, idNumber, List.of(home), List.of("NURSING"), categories);
    }

    public String submitted(WebTestClient citizen, String idNumber, List<String> homes, List<String> kinds,
            String... categories) {
        Map<String, Object> form = Walk.form(idNumber, homes, categories);
        form.put("bedKinds", kinds);
        String id = walk.post(citizen, "/applications", form, null).text("/id");
        for (String kind : List.of("APPLICATION_FORM", "APPLICANT_ID_CARD", "APPLICANT_HOUSEHOLD_REGISTER",
                "TOWN_PROOF")) {
            walk.upload(citizen, id, kind, PDF, "application/pdf");
        }
        walk.submit(citizen, id);
        return id;
    }

    /** From handed in to waiting. */
    public void assessed(String id, int total) {
        walk.post(operator, "/applications/" + id + "/review", Map.of("verdict", "QUALIFIED", "reason", "资料齐全"),
                walk.get(operator, "/applications/" + id).etag());
        Walk.Answer qualified = walk.get(assessor, "/applications/" + id);
        walk.post(assessor, "/applications/" + id + "/assessments", Walk.assessment(total, qualified),
                qualified.etag());
    }

    public Walk.Answer offer(String bed) {
        return walk.post(operator, path + "/offers", Map.of("bedId", bed), null);
    }

    /** Accepts, checks the papers, moves in; answers the last of it. */
    public Walk.Answer moveIn(WebTestClient citizen, String offer) {
        String to = "/offers/" + offer;
        walk.post(citizen, to + "/acceptance", null, walk.get(citizen, to).etag());
        walk.post(operator, to + "/paper-check", Map.of("originalsSeen",
                List.of("APPLICANT_ID_CARD", "APPLICANT_HOUSEHOLD_REGISTER", "GUARDIAN_ID_CARD",
                        "GUARDIAN_HOUSEHOLD_REGISTER",
                        "PHYSICAL_EXAMINATION"),
                "agreedMonthlyFen", 1), walk.get(operator, to).etag());
        return walk.post(operator, to + "/admission", null, walk.get(operator, to).etag());
    }

    /** The state and version of a bed. */
    public Walk.Answer bed(String id) {
        Walk.Answer[] found = new Walk.Answer[1];
        walk.get(operator, path + "/beds?limit=100").body().at("/items").forEach(bed -> {
            if (bed.path("id").asString().equals(id)) {
                found[0] = new Walk.Answer(200, "\"" + bed.path("version").asLong() + "\"", bed, false);
            }
        });
        return found[0];
    }

    public void run(String sql) {
        database.sql(sql).then().block();
    }

    public long count(String sql) {
        Long count = database.sql(sql).map(row -> row.get(0, Long.class)).one().block();
        return count == null ? -1 : count;
    }

    public String text(String sql) {
        return String.valueOf(database.sql(sql).map(row -> String.valueOf(row.get(0))).first().block());
    }

    /** All at once; the statuses as they were answered. */
    public static List<Integer> together(List<Callable<Walk.Answer>> calls) throws Exception {
        try (var threads = Executors.newFixedThreadPool(calls.size())) {
            List<Integer> statuses = new ArrayList<>();
            for (Future<Walk.Answer> answer : threads.invokeAll(calls)) {
                statuses.add(answer.get().status());
            }
            return statuses;
        }
    }
}
