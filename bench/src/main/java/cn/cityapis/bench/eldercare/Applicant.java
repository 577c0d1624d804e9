package cn.cityapis.bench.eldercare;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One real applicant, brought over HTTP to where he waits; the benchmark's others are copies of him. */
final class Applicant {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String TYPE = "application/json";
    private static final String SCORES = "EATING=3,GROOMING=2,BATHING=1,DRESSING_UPPER=2,DRESSING_LOWER=2,BLADDER_CONTROL=2,"
            + "BOWEL_CONTROL=3,TOILETING=2,BED_MOBILITY=2,BED_CHAIR_TRANSFER=2,WALKING=2,STAIRS=1,TIME_ORIENTATION=3,"
            + "SPACE_ORIENTATION=3,PERSON_ORIENTATION=3,MEMORY=2,COMPREHENSION=3,EXPRESSION=3,AGGRESSION=1,DEPRESSION=1,"
            + "CONSCIOUSNESS=2,VISION=1,HEARING=1,DAILY_AFFAIRS=2,TRANSPORT=1,SOCIAL_CONTACT=2";

    private Applicant() {
    }

    static UUID waiting(Service service, UUID home) throws Exception {
        JsonNode draft = service.done(Service.Role.CITIZEN, "/applications", TYPE, JSON.writeValueAsString(Map.of(
                "filedBy", "APPLICANT", "applicant",
                Map.of("name", "张桂兰", "idNumber", idNumber(0), "phone", "13800000001", "residenceAreaCode", "371002",
                        "address", "演示路 1 号"),
                "categories", List.of(), "homeIds", List.of(home), "bedKinds", List.of())), null);
        String path = "/applications/" + draft.path("id").asString();
        for (String kind : List.of("APPLICATION_FORM", "APPLICANT_ID_CARD", "APPLICANT_HOUSEHOLD_REGISTER")) {
            service.done(Service.Role.CITIZEN, path + "/materials?kind=" + kind, "application/pdf", "%PDF-1.4 bench",
                    null);
        }
        service.done(Service.Role.CITIZEN, path + "/submission", TYPE, "", etag(service, path));
        service.done(Service.Role.HOME, path + "/review", TYPE, "{\"verdict\":\"QUALIFIED\",\"reason\":\"bench\"}",
                etag(service, path));
        service.done(Service.Role.ASSESSOR, path + "/assessments", TYPE, assessment(), etag(service, path));
        return UUID.fromString(draft.path("id").asString());
    }

    private static String etag(Service service, String path) throws Exception {
        return service.get(Service.Role.CITIZEN, path).headers().firstValue("ETag").orElseThrow();
    }

    private static String assessment() {
        Map<String, Integer> scores = Stream.of(SCORES.split(",")).map(pair -> pair.split("="))
                .collect(Collectors.toMap(pair -> pair[0], pair -> Integer.valueOf(pair[1])));
        return JSON.writeValueAsString(Map.of("scores", scores, "assessedOn", LocalDate.now(
                java.time.ZoneId.of("Asia/Shanghai")).toString(), "coma", false, "dementiaDiagnosed", true,
                "mentalDisorderDiagnosed", false, "riskEvents", List.of()));
    }

    /** A valid number in an area that does not exist; 0 is the applicant's own. */
    static String idNumber(int person) {
        int[] weights = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
        String body = "379999" + LocalDate.of(1930, 1, 1).plusDays(person / 900).format(
                java.time.format.DateTimeFormatter.BASIC_ISO_DATE) + (100 + person % 900);
        int sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += (body.charAt(i) - '0') * weights[i];
        }
        return body + "10X98765432".charAt(sum % 11);
    }
}
