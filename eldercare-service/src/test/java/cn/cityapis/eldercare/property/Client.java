package cn.cityapis.eldercare.property;

import cn.cityapis.eldercare.Fixtures;
import cn.cityapis.eldercare.Walk;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;

/** One of many who do, at random, what citizens, homes and the agency do. */
final class Client {

    private static final AtomicInteger PEOPLE = new AtomicInteger();
    private static final List<String[]> CATEGORIES = List.of(new String[0], new String[0], new String[]{"VETERAN"},
            new String[]{"LOW_INCOME"}, new String[]{"DESTITUTE"});

    private final Office office;
    private final City city;
    private final Ledger ledger;
    private final Random random;
    private final int mostAtOnce;
    private final List<Applicant> applicants = new ArrayList<>();

    /** @param mostAtOnce how many applicants it looks after */
    Client(Office office, City city, Ledger ledger, long seed, int mostAtOnce) {
        this.office = office;
        this.city = city;
        this.ledger = ledger;
        this.random = new Random(seed);
        this.mostAtOnce = mostAtOnce;
    }

    private record Applicant(Office.Person person, String id, UUID reviewHome) {
    }

    void step() throws InterruptedException {
        int die = random.nextInt(100);
        if (applicants.size() < mostAtOnce && die < 30 || applicants.isEmpty()) {
            apply();
        } else if (die < 45) {
            offer();
        } else if (die < 50) {
            changeBed();
        } else {
            advance(applicants.get(random.nextInt(applicants.size())));
        }
    }

    private void apply() throws InterruptedException {
        int number = PEOPLE.incrementAndGet();
        Office.Person person = Office.Person.citizen("citizen-" + number);
        String idNumber = Fixtures.idNumber(LocalDate.of(1930, 1, 1).plusDays(number / 800), 100 + number % 800);
        List<UUID> homes = new ArrayList<>(List.of(City.home(0), City.home(1), City.home(2)));
        java.util.Collections.shuffle(homes, random);
        homes = homes.subList(0, 1 + random.nextInt(City.HOMES));
        String[] categories = CATEGORIES.get(random.nextInt(CATEGORIES.size()));
        Map<String, Object> form = Walk.form(idNumber, homes.stream().map(UUID::toString).toList(), categories);
        form.put("bedKinds", random.nextInt(4) == 0 ? List.of("NURSING") : List.of());
        Office.Answer draft = office.post(random, person, "/applications", form, null);
        if (!draft.done()) {
            throw new IllegalStateException(draft.toString());
        }
        String id = draft.text("/id");
        ledger.created(id);
        List<String> kinds = new ArrayList<>(
                List.of("APPLICATION_FORM", "APPLICANT_ID_CARD", "APPLICANT_HOUSEHOLD_REGISTER"));
        if (categories.length > 0) {
            kinds.add(categories[0].equals("VETERAN") ? "MILITARY_CERTIFICATE" : "TOWN_PROOF");
        }
        for (String kind : kinds) {
            Office.Answer upload = office.call(random, person, "POST",
                    "/applications/" + id + "/materials?kind=" + kind,
                    "%PDF-1.4 test".getBytes(StandardCharsets.US_ASCII), "application/pdf", null);
            if (!upload.done()) {
                throw new IllegalStateException(upload.toString());
            }
            ledger.uploaded(upload.text("/id"));
        }
        applicants.add(new Applicant(person, id, homes.getFirst()));
    }

    private void advance(Applicant applicant) throws InterruptedException {
        Office.Answer now = office.get(random, applicant.person(), "/applications/" + applicant.id());
        String path = "/applications/" + applicant.id();
        boolean leaves = random.nextInt(25) == 0;
        switch (leaves && now.body().path("possible").toString().contains("WITHDRAW")
                ? "LEAVE"
                : now.text("/state")) {
            case "LEAVE" -> decided(applicant, "WITHDRAW", office.post(random, applicant.person(), path + "/withdrawal",
                    null, now.etag()));
            case "DRAFT" -> decided(applicant, "SUBMIT",
                    office.post(random, applicant.person(), path + "/submission", null, now.etag()));
            case "SUBMITTED" -> review(applicant, now, path);
            case "QUALIFIED" -> assess(applicant, now, path);
            case "OFFERED" -> answerOffer(applicant, now.text("/offerId"));
            case "OFFER_ACCEPTED", "PAPERS_CHECKED" -> moveIn(applicant, now);
            case "ADMITTED", "REJECTED", "WITHDRAWN", "FORFEITED" -> applicants.remove(applicant);
            default -> {
            }
        }
    }

    private void review(Applicant applicant, Office.Answer now, String path) throws InterruptedException {
        boolean qualified = random.nextInt(20) > 0;
        Office.Answer answer = office.post(random, City.operator(applicant.reviewHome()), path + "/review",
                Map.of("verdict", qualified ? "QUALIFIED" : "REJECTED", "reason", "随机"), now.etag());
        decided(applicant, qualified ? "QUALIFY" : "REJECT", answer);
    }

    private void assess(Applicant applicant, Office.Answer now, String path) throws InterruptedException {
        Map<String, Object> findings = Walk.assessment(20 + random.nextInt(70));
        // yesterday: a replica may not have seen the new day yet
        findings.put("assessedOn",
                LocalDate.ofInstant(city.now(), ZoneId.of("Asia/Shanghai")).minusDays(1).toString());
        decided(applicant, "RECORD_ASSESSMENT",
                office.post(random, City.assessor(), path + "/assessments", findings, now.etag()));
    }

    private void answerOffer(Applicant applicant, String offer) throws InterruptedException {
        Office.Answer seen = office.get(random, applicant.person(), "/offers/" + offer);
        int die = random.nextInt(10);
        if (die < 6) {
            decided(applicant, "ACCEPT_OFFER",
                    office.post(random, applicant.person(), "/offers/" + offer + "/acceptance", null, seen.etag()));
        } else if (die < 8) {
            decided(applicant, "REFUSE_OFFER", office.post(random, applicant.person(), "/offers/" + offer + "/refusal",
                    Map.of("reason", "随机"), seen.etag()));
        }
    }

    private void moveIn(Applicant applicant, Office.Answer now) throws InterruptedException {
        String offer = now.text("/offerId");
        Office.Answer seen = office.get(random, applicant.person(), "/offers/" + offer);
        Office.Person operator = City.operator(UUID.fromString(seen.text("/homeId")));
        if (now.text("/state").equals("OFFER_ACCEPTED")) {
            decided(applicant, "CHECK_PAPERS", office.post(random, operator, "/offers/" + offer + "/paper-check",
                    Map.of("originalsSeen",
                            List.of("APPLICANT_ID_CARD", "APPLICANT_HOUSEHOLD_REGISTER", "PHYSICAL_EXAMINATION"),
                            "agreedMonthlyFen", 200_000),
                    seen.etag()));
        } else {
            decided(applicant, "ADMIT",
                    office.post(random, operator, "/offers/" + offer + "/admission", null, seen.etag()));
        }
    }

    private JsonNode bed(UUID home, String query) throws InterruptedException {
        JsonNode beds = office.get(random, City.operator(home), "/homes/" + home + "/beds?limit=50" + query).body()
                .path("items");
        return beds.isEmpty() ? Office.JSON.nullNode() : beds.get(random.nextInt(beds.size()));
    }

    private void offer() throws InterruptedException {
        UUID home = City.home(random.nextInt(City.HOMES));
        JsonNode bed = bed(home, "&state=FREE");
        if (!bed.isNull()) {
            Office.Answer made = office.post(random, City.operator(home), "/homes/" + home + "/offers",
                    Map.of("bedId", bed.path("id").asString()), null);
            if (made.done()) {
                ledger.offered(made.text("/id"));
            }
        }
    }

    /** Residents leave; a bed is taken out of service or put back. */
    private void changeBed() throws InterruptedException {
        UUID home = City.home(random.nextInt(City.HOMES));
        JsonNode bed = bed(home, "");
        String state = bed.path("state").asString("");
        String to = state.equals("FREE") ? "OUT_OF_SERVICE" : "FREE";
        if (state.equals("FREE") && random.nextInt(4) > 0 || state.equals("OFFERED") || state.equals("RESERVED")) {
            return;
        }
        String id = bed.path("id").asString();
        Office.Answer changed = office.post(random, City.operator(home), "/homes/" + home + "/beds/" + id + "/state",
                Map.of("state", to), "\"" + bed.path("version").asLong() + "\"");
        if (changed.done() && state.equals("OCCUPIED")) {
            ledger.vacated(id);
        }
    }

    private void decided(Applicant applicant, String kind, Office.Answer answer) {
        if (answer.done()) {
            ledger.decided(applicant.id(), kind);
        } else if (answer.status() != 409 && answer.status() != 412) {
            throw new IllegalStateException(kind + ": " + answer);
        }
    }
}
