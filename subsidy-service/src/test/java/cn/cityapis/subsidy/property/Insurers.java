package cn.cityapis.subsidy.property;

import cn.cityapis.subsidy.People;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/** The yearly round: what the lead insurer, the two offices of both levels and the cashiers do with its filings. */
record Insurers(Office office, Town town, Told told, Random random) {

    private static final List<String> SCHEMES = List.of("talent-insurance-rd", "talent-insurance-personal");
    private static final String HEAD = "kind,name,idNumber,company,policyNumber,policyStart,premiumYuan,sumInsuredYuan,"
            + "selectionYear,programmeLevel,onConfirmedList,fullTimeInPost,companyOperating,companyHasRdConditions,"
            + "hasOldTermsYears,yearsSubsidised,yearsSkipped\n";
    private static final Office.Person INSURER = new Office.Person("insurer-clerk", "insurer-1", "insurer");
    private static final byte[] PDF = "%PDF-1.4 policy".getBytes(StandardCharsets.US_ASCII);

    private static Office.Person of(String subject, String org, String roles) {
        return new Office.Person(subject + "-" + org, org, roles);
    }

    /** Once, before anything else. */
    void open() throws InterruptedException {
        Map<String, Object> account = Map.of("bankAccount", "3700000000000000001");
        Office.Answer round = Client.done(office.post(random, of("opens", "371000", "city finance"),
                "/insurance-rounds", Map.of("year", 2026, "leadOrg", "insurer-1", "leadName", "演示保险", "leadPercent",
                        60, "bankAccount", account.get("bankAccount"), "opens", "2026-11-01", "closes", "2026-11-20"),
                null));
        String path = "/insurance-rounds/" + round.text("/id");
        Client.done(office.post(random, of("confirms", "371000", "city finance"), path + "/account-confirmations",
                account, null));
        for (String area : Town.AREAS) {
            fill(Client.done(office.post(random, INSURER, path + "/filings", Map.of("areaCode", area), null)));
        }
    }

    private void fill(Office.Answer filing) throws InterruptedException {
        Office.Answer now = filing;
        for (String kind : List.of("application", "table", "policies", "payment-proof")) {
            now = Client.done(office.call(random, INSURER, "POST", path(filing) + "/files?kind=" + kind, PDF,
                    "application/pdf", now.etag()));
        }
        Client.done(office.call(random, INSURER, "POST", path(filing) + "/rows",
                table(filing.text("/areaCode")).getBytes(StandardCharsets.UTF_8), "text/csv", now.etag()));
    }

    private static String table(String area) {
        int serial = Town.AREAS.indexOf(area) + 1;
        String rest = People.idNumber("19850101", serial) + ",某公司,%s-" + serial
                + ",2026-11-02,%s,3000000,2024,municipal,是,是,是,是,否,0,0\n";
        return HEAD + "rd,王某," + rest.formatted("rd", "100000.01") + "personal,王某,"
                + rest.formatted("personal", "9000");
    }

    private static String path(Office.Answer filing) {
        return "/insurance-filings/" + filing.text("/id");
    }

    /** One filing as far as its payment, whatever is refused or given back on the way. */
    void payOne() throws InterruptedException {
        String first = filings().getFirst();
        while (told.paidToInsurers.isEmpty()) {
            appropriate();
            advance(Client.done(office.get(random, INSURER, first)));
        }
    }

    void advance() throws InterruptedException {
        if (random.nextInt(4) == 0) {
            appropriate();
            return;
        }
        List<String> all = filings();
        advance(Client.done(office.get(random, INSURER, all.get(random.nextInt(all.size())))));
    }

    private List<String> filings() throws InterruptedException {
        return Client.done(office.get(random, INSURER, "/insurance-filings")).body().path("items").valueStream()
                .map(filing -> "/insurance-filings/" + filing.path("id").asString()).toList();
    }

    private void advance(Office.Answer filing) throws InterruptedException {
        String area = filing.text("/areaCode");
        switch (filing.text("/state")) {
            case "draft", "returned", "rejected" -> step(filing, INSURER, "submissions", null);
            case "filed" -> step(filing, of("finance", area, "district finance"), "paper-checks", checked());
            case "district-review" -> review(filing, area, "district");
            case "city-review" -> review(filing, "371000", "city");
            case "approved" -> {
                if (step(filing, Town.CITY, "transfers", null)) {
                    told.handed.add(filing.text("/id"));
                }
            }
            case "transferred" -> step(filing, of("cashier", area, "district finance"), "payments",
                    Map.of("bankReference", "P" + UUID.randomUUID()));
            case "paying" -> confirm(filing, of("chief", area, "district finance"));
            case "paid" -> comeBack(filing, of("cashier", area, "district finance"));
            default -> throw new IllegalStateException(filing.toString());
        }
    }

    private Map<String, Object> checked() {
        return random.nextInt(5) > 0 ? Map.of("inOrder", true) : Map.of("inOrder", false, "note", "随机");
    }

    private void review(Office.Answer filing, String org, String level) throws InterruptedException {
        String role = random.nextBoolean() ? "finance" : "talent";
        Office.Person by = of(role, org, level + " " + role);
        if (random.nextInt(12) == 0) {
            step(filing, by, "paper-checks", Map.of("inOrder", false, "note", "随机"));
        } else {
            step(filing, by, "opinions", Map.of("passed", random.nextInt(10) > 0, "comment", "随机"));
        }
    }

    private void confirm(Office.Answer filing, Office.Person by) throws InterruptedException {
        boolean confirmed = random.nextInt(4) > 0;
        if (step(filing, by, "payment-confirmations", Map.of("confirmed", confirmed, "reason", "随机")) && confirmed) {
            told.paidToInsurers.add(filing.text("/id") + " " + filing.etag());
        }
    }

    private void comeBack(Office.Answer filing, Office.Person by) throws InterruptedException {
        if (step(filing, by, "payment-returns",
                Map.of("bankReference", "V" + UUID.randomUUID(), "reason", "随机"))) {
            told.returnedByInsurers.add(filing.text("/id") + " " + filing.etag());
        }
    }

    private boolean step(Office.Answer filing, Office.Person by, String step, Map<String, Object> body)
            throws InterruptedException {
        return Client.taken(office.post(random, by, path(filing) + "/" + step, body, filing.etag()));
    }

    private void appropriate() throws InterruptedException {
        boolean city = random.nextBoolean();
        Office.Answer made = Client.done(office.post(random, Town.CITY, "/ledger/appropriations",
                Map.of("schemeId", SCHEMES.get(random.nextInt(SCHEMES.size())), "year", 2026, "party",
                        city ? "city" : "district", "areaCode",
                        city ? "371000" : Town.AREAS.get(random.nextInt(Town.AREAS.size())), "amountFen",
                        1 + random.nextInt(9_000_000), "memo", "随机"),
                null));
        told.appropriations.add(made.text("/transactionId"));
    }
}
