package cn.cityapis.subsidy.property;

import cn.cityapis.subsidy.Api;
import cn.cityapis.subsidy.People;
import java.nio.charset.StandardCharsets;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;

/** Does at random what citizens, offices and the cashier can do. */
final class Client {

    private static final AtomicInteger PEOPLE = new AtomicInteger();
    private static final ConcurrentLinkedDeque<String> APPROPRIATIONS = new ConcurrentLinkedDeque<>();
    private final Office office;
    private final Town town;
    private final Told told;
    private final Bank bank;
    private final Random random;
    private final int mostAtOnce;
    private final List<Applicant> applicants = new ArrayList<>();

    /** @param mostAtOnce how many applicants it looks after */
    Client(Office office, Town town, Told told, Bank bank, long seed, int mostAtOnce) {
        this.office = office;
        this.town = town;
        this.told = told;
        this.bank = bank;
        this.random = new Random(seed);
        this.mostAtOnce = mostAtOnce;
    }

    private record Applicant(Office.Person person, String id, String area) {

        String path() {
            return "/applications/" + id;
        }
    }

    void step() throws InterruptedException {
        int die = random.nextInt(100);
        if (applicants.size() < mostAtOnce && die < 15 || applicants.isEmpty()) {
            apply();
        } else if (die < 30) {
            appropriate();
        } else if (die < 33) {
            reverse();
        } else if (die < 54) {
            advanceRun();
        } else if (die < 58) {
            new Insurers(office, town, told, random).advance();
        } else if (die < 60) {
            new Returns(office, bank, told, random).comeBack();
        } else {
            advance(applicants.get(random.nextInt(applicants.size())));
        }
    }

    /** A case of its own as far as a claim on what was paid, whatever is refused on the way; the days pass with it. */
    void claimOne() throws InterruptedException {
        for (int steps = 1; told.clawbacks.isEmpty(); steps++) {
            if (applicants.isEmpty()) {
                apply();
            }
            appropriate();
            advance(applicants.getFirst());
            advanceRun();
            if (steps % 20 == 0) {
                town.daysPass();
            }
        }
    }

    private void apply() throws InterruptedException {
        int number = PEOPLE.incrementAndGet();
        Office.Person person = Office.Person.citizen("citizen-" + number);
        String area = Town.AREAS.get(random.nextInt(Town.AREAS.size()));
        String id = People.idNumber(
                java.time.LocalDate.of(1994, 1, 1).plusDays(number / 900).toString().replace("-", ""),
                100 + number % 900);
        String birth = id.substring(6, 10) + "-" + id.substring(10, 12) + "-" + id.substring(12, 14);
        String form = Api.newApplication(id).replace("\"areaCode\": \"371002\"", "\"areaCode\": \"" + area + "\"")
                .replace("1994-05-02", birth)
                .replace("6222020000000000123", "62220200" + String.format("%010d", number));
        Office.Answer draft = done(office.post(random, person, "/applications", Office.JSON.readTree(form), null));
        told.applications.add(draft.text("/id"));
        applicants.add(new Applicant(person, draft.text("/id"), area));
    }

    private void advance(Applicant it) throws InterruptedException {
        Office.Answer now = done(office.get(random, it.person(), it.path()));
        switch (now.text("/state")) {
            case "draft" -> taken(office.post(random, it.person(), it.path() + "/submissions", null, now.etag()));
            case "first-review" -> reviewOr(it, Town.district(it.area()), "first", now);
            case "second-review" -> reviewOr(it, Town.CITY, "second", now);
            case "awaiting-funds" -> waitOr(it, now);
            case "paying" -> whilePaying(it, now);
            case "suspended" -> whileSuspended(it, now);
            case "ended" -> repayOr(it, now);
            case "rejected", "clawed-back", "withdrawn" -> {
                if (random.nextInt(3) == 0) {
                    applicants.remove(it);
                } else if (random.nextInt(3) == 0) {
                    claim(it, now, true);
                } else {
                    repay(it);
                }
            }
            default -> check(it);
        }
    }

    private void reviewOr(Applicant it, Office.Person by, String level, Office.Answer now) throws InterruptedException {
        if (random.nextInt(20) == 0) {
            withdraw(it, now);
        } else {
            review(it, by, level, now);
        }
    }

    private void waitOr(Applicant it, Office.Answer now) throws InterruptedException {
        if (random.nextInt(5) == 0) {
            withdraw(it, now);
        } else {
            check(it);
        }
    }

    private void withdraw(Applicant it, Office.Answer now) throws InterruptedException {
        if (taken(office.post(random, it.person(), it.path() + "/withdrawals", null, now.etag()))) {
            told.withdrawals.add(it.id());
        }
    }

    private void review(Applicant it, Office.Person by, String level, Office.Answer now) throws InterruptedException {
        Map<String, Object> verdict = random.nextInt(15) > 0
                ? Map.of("decision", "pass")
                : Map.of("decision", "reject", "failedConditions", List.of("degree"));
        if (taken(office.post(random, by, it.path() + "/reviews", verdict, now.etag()))) {
            told.reviews.add(it.id() + " " + level);
        }
    }

    private void whilePaying(Applicant it, Office.Answer now) throws InterruptedException {
        int die = random.nextInt(20);
        if (die < 4) {
            claim(it, now, die == 0);
        } else if (die < 8) {
            repay(it);
        } else if (die < 11) {
            life(it, now, "suspensions");
        } else if (die < 14 && random.nextBoolean()) {
            new Reopener(office, told, random).reopen(it.person(), it.area(), it.path());
        } else if (die < 14) {
            String from = YearMonth.parse(now.text("/firstMonth")).atEndOfMonth().toString();
            taken(office.post(random, Town.district(it.area()), it.path() + "/fact-changes",
                    Map.of("from", from, "facts",
                            Map.of("engagement", random.nextInt(3) > 0 ? "employed-full-time" : "none")),
                    now.etag()));
        } else {
            check(it);
        }
    }

    private void whileSuspended(Applicant it, Office.Answer now) throws InterruptedException {
        int die = random.nextInt(12);
        if (die == 0) {
            life(it, now, "endings");
        } else if (die == 1) {
            claim(it, now, true);
        } else if (die < 6) {
            life(it, now, "resumptions");
        } else {
            check(it);
        }
    }

    private void life(Applicant it, Office.Answer now, String step) throws InterruptedException {
        taken(office.post(random, Town.district(it.area()), it.path() + "/" + step, Map.of("reason", "随机"),
                now.etag()));
    }

    private void repayOr(Applicant it, Office.Answer now) throws InterruptedException {
        if (random.nextInt(4) == 0) {
            claim(it, now, random.nextBoolean());
        } else if (random.nextInt(4) == 0) {
            new Reopener(office, told, random).reopen(it.person(), it.area(), it.path());
        } else if (random.nextInt(4) == 0) {
            applicants.remove(it);
        } else {
            repay(it);
        }
    }

    private void claim(Applicant it, Office.Answer now, boolean whole) throws InterruptedException {
        Map<String, Object> claim = whole
                ? Map.of("whole", true, "reason", "随机")
                : Map.of("whole", false, "amountFen", 1 + random.nextInt(700_001), "reason", "随机");
        Office.Answer made = office.post(random, Town.CITY, it.path() + "/clawbacks", claim, now.etag());
        if (taken(made)) {
            told.clawbacks.add(made.text("/id"));
        }
    }

    private void repay(Applicant it) throws InterruptedException {
        JsonNode claims = done(office.get(random, it.person(), it.path() + "/clawbacks")).body();
        if (claims.isEmpty()) {
            return;
        }
        JsonNode claim = claims.get(random.nextInt(claims.size()));
        String reference = "R" + UUID.randomUUID();
        long left = claim.path("amountFen").asLong() - claim.path("repaidFen").asLong()
                - claim.path("settledFen").asLong();
        long amount = random.nextInt(3) == 0 ? Math.max(1, left) : 1 + random.nextInt(300_000);
        Office.Answer booked = office.post(random, Town.CASHIER,
                it.path() + "/clawbacks/" + claim.path("id").asString() + "/repayments",
                Map.of("amountFen", amount, "bankReference", reference), null);
        if (taken(booked)) {
            told.repayments.add(reference);
        }
    }

    /** What a person is shown adds up. */
    private void check(Applicant it) throws InterruptedException {
        Office.Answer seen = done(office.get(random, it.person(), it.path() + "/statement"));
        JsonNode body = seen.body();
        if (seen.text("/state").equals("paying") && body.path("paidFen").asLong() + body.path("withheldFen").asLong()
                + body.path("toComeFen").asLong() != body.path("grantedFen").asLong()) {
            throw new IllegalStateException(seen.toString());
        }
    }

    private void appropriate() throws InterruptedException {
        boolean city = random.nextBoolean();
        Office.Answer made = done(office.post(random, Town.CITY, "/ledger/appropriations",
                Map.of("schemeId", Town.SCHEME, "year", town.year(), "party", city ? "city" : "district", "areaCode",
                        city ? "371000" : Town.AREAS.get(random.nextInt(Town.AREAS.size())), "amountFen",
                        1 + random.nextInt(city ? 12_000_000 : 6_000_000), "memo", "随机"),
                null));
        told.appropriations.add(made.text("/transactionId"));
        APPROPRIATIONS.add(made.text("/transactionId"));
    }

    private void reverse() throws InterruptedException {
        String transaction = random.nextBoolean() ? APPROPRIATIONS.peekLast() : APPROPRIATIONS.pollLast();
        if (transaction != null && taken(office.post(random, Town.CITY,
                "/ledger/transactions/" + transaction + "/reversals", Map.of("memo", "随机"), null))) {
            told.reversals.add(transaction);
        }
    }

    private void advanceRun() throws InterruptedException {
        JsonNode runs = done(office.get(random, Town.CASHIER, "/payment-runs?limit=100")).body();
        List<JsonNode> open = new ArrayList<>();
        while (true) {
            runs.path("items").valueStream().filter(run -> !run.path("state").asString().equals("closed"))
                    .forEach(open::add);
            if (!runs.path("nextCursor").isString()) {
                break;
            }
            runs = done(office.get(random, Town.CASHIER,
                    "/payment-runs?limit=100&cursor=" + runs.path("nextCursor").asString())).body();
        }
        if (open.isEmpty()) {
            return;
        }
        JsonNode run = open.get(random.nextInt(open.size()));
        String path = "/payment-runs/" + run.path("id").asString();
        Office.Answer now = done(office.get(random, Town.CASHIER, path));
        switch (now.text("/state")) {
            case "file-made" -> new Sender(office, told, random).send(path, now);
            case "sent" -> reply(path, now);
            case "replied", "cancelled" -> handle(path);
            default -> {
            }
        }
    }

    private void reply(String path, Office.Answer now) throws InterruptedException {
        String file = done(office.get(random, Town.CASHIER, path + "/bank-file")).text("/text");
        String reply = bank.take(file, random);
        if (random.nextInt(4) == 0) {
            refused(path, reply.replace(".00,", ".01,").replace(".01,success", ".02,success"), now);
        }
        if (taken(upload(path, reply, now))) {
            told.replied.add(now.text("/id"));
        }
        if (random.nextInt(3) == 0) {
            taken(upload(path, reply, office.get(random, Town.CASHIER, path)));
        }
    }

    private void refused(String path, String wrong, Office.Answer now) throws InterruptedException {
        Office.Answer answer = upload(path, wrong, now);
        if (answer.status() != 422 && answer.status() != 412) {
            throw new IllegalStateException("a reply that does not match: " + answer);
        }
    }

    private Office.Answer upload(String path, String reply, Office.Answer seen) throws InterruptedException {
        return office.call(random, Town.CASHIER, "POST", path + "/replies", reply.getBytes(StandardCharsets.UTF_8),
                "text/csv", seen.etag());
    }

    private void handle(String path) throws InterruptedException {
        List<JsonNode> failed = done(office.get(random, Town.CASHIER, path + "/items?limit=100")).body().path("items")
                .valueStream().filter(item -> item.path("state").asString().equals("failed")).toList();
        if (failed.isEmpty()) {
            return;
        }
        String item = failed.get(random.nextInt(failed.size())).path("id").asString();
        if (random.nextInt(4) == 0) {
            if (taken(office.post(random, Town.CITY, "/payment-items/" + item + "/releases", Map.of("reason", "随机"),
                    null))) {
                told.releases.add(item);
            }
            return;
        }
        Office.Answer again = office.post(random, Town.CITY, "/payment-items/" + item + "/retries",
                random.nextBoolean() ? Map.of() : Map.of("bankAccount", "62220299" + (10_000_000 + random.nextInt(9))),
                null);
        if (taken(again)) {
            told.retries.add(again.text("/id"));
        }
    }

    static Office.Answer done(Office.Answer answer) {
        if (!answer.done()) {
            throw new IllegalStateException(answer.toString());
        }
        return answer;
    }

    /** Whether it was done; another may have been faster, or there may be too little money. */
    static boolean taken(Office.Answer answer) {
        if (answer.done() || answer.status() == 409 || answer.status() == 412 || answer.status() == 422) {
            return answer.done();
        }
        throw new IllegalStateException(answer.toString());
    }
}
