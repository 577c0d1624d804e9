package cn.cityapis.eldercare.property;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** Beds as homes and offices handle them. */
final class Housekeeping {

    private final Desk desk;

    Housekeeping(Desk desk) {
        this.desk = desk;
    }

    void offer() throws InterruptedException {
        UUID home = desk.any(desk.city().open());
        JsonNode bed = bed(home, "&state=FREE");
        if (!bed.isNull()) {
            Office.Answer made = desk.post(City.operator(home), "/homes/" + home + "/offers",
                    Map.of("bedId", id(bed)), null);
            Desk.mayRefuse("offer", made);
            if (made.done()) {
                desk.ledger().offered(made.text("/id"));
            }
        }
    }

    /** Residents leave; a bed is taken out of service or put back. */
    void changeBed() throws InterruptedException {
        UUID home = desk.any(desk.city().open());
        JsonNode bed = bed(home, "");
        switch (bed.path("state").asString("")) {
            case "OCCUPIED" -> leave(home, bed);
            case "OUT_OF_SERVICE" -> state(home, bed, "FREE");
            case "FREE" -> {
                if (desk.chance(25)) {
                    state(home, bed, "OUT_OF_SERVICE");
                }
            }
            default -> {
            }
        }
    }

    private void leave(UUID home, JsonNode bed) throws InterruptedException {
        Office.Answer left = desk.chance(30)
                ? state(home, bed, "FREE")
                : change(home, bed, "departure", Map.of("reason", desk.any(List.of("LEFT", "DIED", "USE_OVER"))));
        if (left.done()) {
            desk.ledger().vacated(id(bed));
        }
    }

    private Office.Answer state(UUID home, JsonNode bed, String to) throws InterruptedException {
        return change(home, bed, "state", Map.of("state", to));
    }

    private Office.Answer change(UUID home, JsonNode bed, String what, Map<String, ?> body)
            throws InterruptedException {
        Office.Answer answer = desk.post(City.operator(home), "/homes/" + home + "/beds/" + id(bed) + "/" + what, body,
                etag(bed));
        Desk.mayRefuse(what, answer);
        return answer;
    }

    /** 第二十五条: for somebody who waits there, or for somebody of whom only the use is known. */
    void useEmergencyBed(Applicant applicant) throws InterruptedException {
        UUID home = desk.any(desk.city().open());
        for (JsonNode bed : beds(home, "&state=FREE")) {
            if (bed.path("emergency").asBoolean()) {
                boolean waits = applicant.homes.contains(home);
                Map<String, Object> use = Map.of("purpose", desk.any(List.of("TURNOVER", "EMERGENCY", "TEMPORARY")),
                        "reason", "随机");
                if (waits) {
                    use = new HashMap<>(use);
                    use.put("applicationId", applicant.id);
                }
                Office.Answer answer = desk.post(City.operator(home),
                        "/homes/" + home + "/beds/" + id(bed) + "/emergency-uses", use, etag(bed));
                if (answer.done()) {
                    desk.ledger().used(id(bed));
                } else if (answer.status() != 400 || !waits) {
                    Desk.mayRefuse("emergency use", answer);
                }
                return;
            }
        }
    }

    /** 第二十三条: kept, moved within the home by its operator, or to another by the office; out of a closed home too. */
    void moveResident() throws InterruptedException {
        UUID home = desk.any(desk.city().all());
        boolean elsewhere = desk.chance(50) || !desk.city().open().contains(home);
        UUID to = elsewhere ? desk.any(desk.city().open()) : home;
        Office.Person by = elsewhere ? City.district() : City.operator(home);
        JsonNode from = bed(home, "&state=OCCUPIED");
        if (from.isNull()) {
            return;
        }
        JsonNode free = bed(to, "&state=FREE");
        boolean stays = free.isNull() || desk.chance(20);
        Map<String, Object> body = stays
                ? Map.of("outcome", "KEPT", "reason", "随机")
                : Map.of("outcome", "MOVED", "toHomeId", to, "toBedId", id(free), "reason", "随机");
        Office.Answer answer = desk.post(by, "/homes/" + home + "/beds/" + id(from) + "/adjustments", body, etag(from));
        Desk.mayRefuse("adjustment", answer);
        if (answer.done() && stays) {
            desk.ledger().kept.incrementAndGet();
        } else if (answer.done()) {
            desk.ledger().movedInto(id(free));
        }
    }

    private JsonNode bed(UUID home, String query) throws InterruptedException {
        JsonNode beds = beds(home, query);
        return beds.isEmpty() ? Office.JSON.nullNode() : beds.get(desk.random().nextInt(beds.size()));
    }

    private JsonNode beds(UUID home, String query) throws InterruptedException {
        return desk.get(City.operator(home), "/homes/" + home + "/beds?limit=50" + query).body().path("items");
    }

    private static String id(JsonNode bed) {
        return bed.path("id").asString();
    }

    private static String etag(JsonNode bed) {
        return "\"" + bed.path("version").asLong() + "\"";
    }
}
