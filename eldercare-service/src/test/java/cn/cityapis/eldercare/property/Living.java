package cn.cityapis.eldercare.property;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** The life of an application, step by step: whatever its state takes, and now and then what it does not. */
final class Living {

    private final Desk desk;
    private final Assessing assessing;

    Living(Desk desk) {
        this.desk = desk;
        this.assessing = new Assessing(desk);
    }

    /** One step; false once there is nothing more to do for this applicant. */
    boolean goesOn(Applicant applicant) throws InterruptedException {
        Office.Answer now = desk.get(applicant.person, applicant.path());
        String state = now.text("/state");
        if (possible(now, "WITHDRAW") && desk.chance(3)) {
            desk.decided(applicant, "WITHDRAW",
                    desk.post(applicant.person, applicant.path() + "/withdrawal", null, now.etag()));
        } else if (possible(now, "RECORD_DEATH") && !state.equals("DRAFT")
                && desk.chance(state.equals("ADMITTED") ? 30 : 2)) {
            desk.decided(applicant, "RECORD_DEATH", desk.post(City.district(), applicant.path() + "/death",
                    Map.of("source", "随机"), now.etag()));
        } else if (possible(now, "DISQUALIFY") && desk.chance(state.equals("ADMITTED") ? 15 : 1)) {
            desk.decided(applicant, "DISQUALIFY", desk.post(City.district(), applicant.path() + "/disqualification",
                    Map.of("reason", "随机"), now.etag()));
        } else if (possible(now, "CHANGE_CIRCUMSTANCES") && desk.chance(8)) {
            change(applicant, now);
        } else if (applicant.companion != null && desk.chance(applicant.wished ? 4 : 50)) {
            wish(applicant, now);
        } else if (homeless(now)) {
            replace(applicant, now);
        } else if (!assessing.step(applicant, now)) {
            return step(applicant, now);
        }
        return true;
    }

    static boolean possible(Office.Answer application, String command) {
        for (JsonNode each : application.body().path("possible")) {
            if (each.asString().equals(command)) {
                return true;
            }
        }
        return false;
    }

    private boolean step(Applicant applicant, Office.Answer now) throws InterruptedException {
        switch (now.text("/state")) {
            case "DRAFT" -> {
                Office.Answer submitted = desk.post(applicant.person, applicant.path() + "/submission", null,
                        now.etag());
                desk.decided(applicant, "SUBMIT", submitted);
                return !submitted.text("/code").equals("home-closed");
            }
            case "SUBMITTED" -> review(applicant, now);
            case "OFFERED" -> answerOffer(applicant, now.text("/offerId"));
            case "OFFER_ACCEPTED", "PAPERS_CHECKED" -> moveIn(applicant, now);
            case "ADMITTED" -> {
                return desk.chance(50);
            }
            case "REJECTED", "WITHDRAWN", "FORFEITED", "NO_SHOW", "DISQUALIFIED", "DIED" -> {
                return false;
            }
            default -> {
            }
        }
        return true;
    }

    private void review(Applicant applicant, Office.Answer now) throws InterruptedException {
        boolean qualified = !desk.chance(5);
        Office.Answer answer = byReviewer(applicant, "/review",
                Map.of("verdict", qualified ? "QUALIFIED" : "REJECTED", "reason", "随机"), now.etag());
        desk.decided(applicant, qualified ? "QUALIFY" : "REJECT", answer);
    }

    /** The first of the homes that is still there reviews; to the others the application may not exist. */
    private Office.Answer byReviewer(Applicant applicant, String path, Object body, String etag)
            throws InterruptedException {
        List<UUID> homes = desk.city().all();
        Office.Answer answer = null;
        for (int i = -1; i < homes.size() && (answer == null || answer.status() == 404); i++) {
            UUID home = i < 0 ? applicant.homes.getFirst() : homes.get(i);
            answer = desk.post(City.operator(home), applicant.path() + path, body, etag);
        }
        return answer;
    }

    /** 第十四条: contact and wishes hold at once, a category once its proof is there and the home confirms it. */
    private void change(Applicant applicant, Office.Answer now) throws InterruptedException {
        Map<String, Object> change = new HashMap<>(Map.of("explanation", "随机", "phone", "13800000002"));
        if (desk.chance(50)) {
            change.put("bedKinds", desk.chance(50) ? List.of() : List.of("NURSING"));
        }
        List<String> categories = desk.any(Applying.CATEGORIES);
        boolean toConfirm = desk.chance(60);
        if (toConfirm) {
            change.put("categories", categories);
        }
        String path = applicant.path() + "/circumstance-changes";
        if (desk.decided(applicant, "CHANGE_CIRCUMSTANCES", desk.post(applicant.person, path, change, now.etag()))
                && toConfirm && desk.chance(80)) {
            confirm(applicant, categories, path);
        }
    }

    private void confirm(Applicant applicant, List<String> categories, String path) throws InterruptedException {
        for (String category : categories) {
            Desk.mayRefuse("proof", desk.upload(applicant, Applying.PROOFS.get(category)));
        }
        String change = desk.get(applicant.person, path).text("/0/id");
        String etag = desk.get(applicant.person, applicant.path()).etag();
        desk.decided(applicant, "CHANGE_CIRCUMSTANCES", byReviewer(applicant,
                "/circumstance-changes/" + change + "/verdict",
                Map.of("verdict", desk.chance(75) ? "CONFIRMED" : "REFUSED", "reason", "随机"), etag));
    }

    /** Said, said otherwise, or taken back. A call whose outcome was unknown may have been heard though then refused. */
    private void wish(Applicant applicant, Office.Answer now) throws InterruptedException {
        boolean back = applicant.wished && desk.chance(30);
        boolean alone = desk.chance(20);
        String other = applicant.companion.id;
        Office.Answer answer = back
                ? desk.office().call(desk.random(), applicant.person, "DELETE", applicant.path() + "/companion", null,
                        null, now.etag())
                : desk.office().call(desk.random(), applicant.person, "PUT", applicant.path() + "/companion",
                        Office.JSON.writeValueAsBytes(Map.of("companionApplicationId", other, "aloneAllowed", alone)),
                        "application/json", now.etag());
        Desk.mayRefuse("companion", answer);
        if (answer.done() && !back) {
            applicant.wished = true;
            desk.ledger().wishes.put(applicant.id, other + " " + alone);
        } else {
            desk.ledger().wishes.remove(applicant.id);
        }
    }

    /** Whether all his places ended with the homes, and he has not chosen another yet. */
    private static boolean homeless(Office.Answer application) {
        JsonNode entries = application.body().path("entries");
        boolean closed = false;
        for (JsonNode entry : entries) {
            closed |= entry.path("endReason").asString("").equals("HOME_CLOSED");
            if (!entry.path("phase").asString().equals("ENDED")) {
                return false;
            }
        }
        return closed && possible(application, "WITHDRAW");
    }

    private void replace(Applicant applicant, Office.Answer now) throws InterruptedException {
        UUID home = desk.any(desk.city().open());
        Office.Answer answer = desk.post(applicant.person, applicant.path() + "/replacement-homes",
                Map.of("homeId", home), now.etag());
        if (answer.done()) {
            desk.ledger().replaced(applicant.id, home.toString());
        } else if (answer.status() != 400) {
            Desk.mayRefuse("replace", answer);
        }
    }

    private void answerOffer(Applicant applicant, String offer) throws InterruptedException {
        Office.Answer seen = desk.get(applicant.person, "/offers/" + offer);
        int die = desk.random().nextInt(10);
        if (die < 6) {
            desk.decided(applicant, "ACCEPT_OFFER",
                    desk.post(applicant.person, "/offers/" + offer + "/acceptance", null, seen.etag()));
        } else if (die < 8) {
            desk.decided(applicant, "REFUSE_OFFER", desk.post(applicant.person, "/offers/" + offer + "/refusal",
                    Map.of("reason", "随机"), seen.etag()));
        }
    }

    private void moveIn(Applicant applicant, Office.Answer now) throws InterruptedException {
        String offer = now.text("/offerId");
        Office.Answer seen = desk.get(applicant.person, "/offers/" + offer);
        Office.Person operator = City.operator(UUID.fromString(seen.text("/homeId")));
        if (now.text("/state").equals("OFFER_ACCEPTED")) {
            desk.decided(applicant, "CHECK_PAPERS", desk.post(operator, "/offers/" + offer + "/paper-check",
                    Map.of("originalsSeen",
                            List.of("APPLICANT_ID_CARD", "APPLICANT_HOUSEHOLD_REGISTER", "PHYSICAL_EXAMINATION"),
                            "agreedMonthlyFen", 100_000),
                    seen.etag()));
        } else {
            desk.decided(applicant, "ADMIT", desk.post(operator, "/offers/" + offer + "/admission", null, seen.etag()));
        }
    }
}
