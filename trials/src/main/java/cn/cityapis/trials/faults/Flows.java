package cn.cityapis.trials.faults;

import cn.cityapis.stack.demo.DemoIdentity;
import cn.cityapis.stack.demo.DemoTokens;
import cn.cityapis.trials.People;
import cn.cityapis.trials.faults.Calls.Answer;
import cn.cityapis.trials.faults.Calls.Write;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** What the load consists of: each flow is one matter from its beginning to its end, by all who take part in it. */
final class Flows {

    private static final String ELDERCARE = "/api/eldercare/v1";
    private static final String SUBSIDY = "/api/subsidy/v1";
    private static final String PHARMACY = "/api/pharmacy/v1";
    private static final int SEARCHES_PER_EVENT = 40;
    static final String HOME = "00000000-0000-7000-8000-000000000001";

    private final Calls calls;
    private final Kept kept;
    private final DemoTokens tokens;
    private final Map<DemoIdentity, String> issued = new EnumMap<>(DemoIdentity.class);
    private final AtomicInteger people = new AtomicInteger();
    private final AtomicInteger searches = new AtomicInteger();
    private final String policyWebhook;
    private final int run;
    private final String store;
    private final String seller;
    private final String drug;
    private final LocalDate today;

    /** @param run makes the people of two runs on the same data different: 0 to 8999 @param today by the stack's clock */
    Flows(Calls calls, Kept kept, DemoTokens tokens, int run, LocalDate today, String receiver)
            throws InterruptedException {
        this.calls = calls;
        this.kept = kept;
        this.tokens = tokens;
        this.run = run;
        this.today = today;
        for (DemoIdentity who : DemoIdentity.values()) {
            issued.put(who, tokens.token(who));
        }
        policyWebhook = subscribe(receiver);
        store = calls.get(as(DemoIdentity.CHAIN), PHARMACY + "/stores?limit=2").text("items/0/pharmacyId");
        seller = calls.get(as(DemoIdentity.CHAIN), PHARMACY + "/suppliers").text("items/0/supplierId");
        drug = calls.get(as(DemoIdentity.APP), PHARMACY
                + "/pharmacies/nearby?lat=37.5018&lon=122.1213&coordType=gcj02&q=akbt&atProcuredPrice=true&limit=1")
                .text("drugs/0/drugId");
    }

    /** One partner is told by every service. @return his webhook at the service of policies */
    private String subscribe(String receiver) throws InterruptedException {
        String ofPolicy = "";
        for (String types : List.of("pharmacy.order.*", "eldercare.application.*", "subsidy.application.*",
                "policy.matched")) {
            String service = types.substring(0, types.indexOf('.'));
            Answer made = calls.settle(Write.post(as(DemoIdentity.PARTNER), "/api/" + service + "/v1/webhooks",
                    "{\"url\":\"" + receiver + "\",\"eventTypes\":[\"" + types + "\"]}", ""));
            if (made.status() != 201) {
                throw new IllegalStateException("no webhook: " + made);
            }
            ofPolicy = made.text("id");
        }
        return ofPolicy;
    }

    /** The webhook whose tests are the events of the service of policies. */
    String policyWebhook() {
        return policyWebhook;
    }

    String as(DemoIdentity who) {
        return issued.getOrDefault(who, "");
    }

    /** Born on days of the run's own, so that everybody is somebody else; the demo's registers know those from 500 on. */
    private String idNumber(int person) {
        int day = run + person / 500;
        return People.idNumber("379999", "19%02d%02d%02d".formatted(30 + run % 25, 1 + day / 28 % 12, 1 + day % 28),
                500 + person % 500);
    }

    private String citizen(int person, String idNumber) throws InterruptedException {
        return calls.settleToken(() -> tokens.citizen("fault-" + run + "-" + person, idNumber));
    }

    private Answer write(Write write) throws InterruptedException {
        Answer answer = calls.settle(write);
        if (!answer.done()) {
            throw new IllegalStateException("refused: " + write.method() + " " + write.path() + " → " + answer.status()
                    + " " + answer.body());
        }
        kept.write(write, answer);
        return answer;
    }

    private Answer post(String token, String path, String body, String etag) throws InterruptedException {
        return write(Write.post(token, path, body, etag));
    }

    /** From the draft to the waiting list of a home. */
    void applyForAPlace() throws InterruptedException {
        int person = people.incrementAndGet();
        String citizen = citizen(person, idNumber(person));
        String form = """
                {"filedBy":"APPLICANT","applicant":{"name":"%s","idNumber":"%s","phone":"139%04d%04d",
                 "residenceAreaCode":"371002","address":"环翠区演示路 1 号"},"categories":["LOW_INCOME"],
                 "homeIds":["%s"],"bedKinds":["NURSING"]}""".formatted(People.name("张", person), idNumber(person),
                run % 10_000, person,
                HOME);
        Answer draft = post(citizen, ELDERCARE + "/applications", form, "");
        kept.effect(Effect.PLACE_APPLICATION);
        String path = ELDERCARE + "/applications/" + draft.text("id");
        for (String kind : new String[]{"APPLICATION_FORM", "APPLICANT_ID_CARD", "APPLICANT_HOUSEHOLD_REGISTER"}) {
            String content = "%PDF-1.4 " + kind + " of " + draft.text("id");
            Answer taken = write(
                    new Write(citizen, "POST", path + "/materials?kind=" + kind, "application/pdf", content,
                            "", java.util.UUID.randomUUID().toString()));
            kept.effect(Effect.PLACE_PAPER);
            kept.paper(citizen, path + "/materials/" + taken.text("id") + "/file", content);
        }
        post(citizen, path + "/register-checks", "{\"kind\":\"TOWN_PROOF\"}", "");
        String seen = calls.get(citizen, path).etag();
        post(citizen, path + "/submission", "", seen);
        kept.effect(Effect.PLACE_SUBMISSION);
        String operator = as(DemoIdentity.HOME_OPERATOR);
        Answer reviewed = post(operator, path + "/review", "{\"verdict\":\"QUALIFIED\",\"reason\":\"资料齐全\"}",
                calls.get(operator, path).etag());
        kept.effect(Effect.PLACE_REVIEW);
        kept.fact(citizen, path, reviewed.text("state"));
        kept.told("applications/" + draft.text("id"),
                List.of("eldercare.application.submit", "eldercare.application.qualify"));
    }

    /** From the draft to the commitment in the ledger. */
    void applyForASubsidy() throws InterruptedException {
        int person = people.incrementAndGet();
        int day = 1 + person / 1000 % 28;
        String number = People.idNumber("371002", "199405%02d".formatted(day), person % 1000);
        String citizen = citizen(person, number);
        Answer draft = post(citizen, SUBSIDY + "/applications", """
                {"schemeId":"talent-living-allowance","areaCode":"371002","applicant":{"name":"%s","idNumber":"%s",
                 "phone":"138%04d%04d","bankAccount":"62220200%04d%07d"},
                 "facts":{"birthDate":"1994-05-%02d","educationLevel":"doctor","engagement":"employed-full-time",
                 "engagementStart":"%s","employerKind":"company"}}"""
                .formatted(People.name("李", person), number, run % 10_000, person, run % 10_000, person, day,
                        today.minusDays(5)),
                "");
        kept.effect(Effect.SUBSIDY_APPLICATION);
        String path = SUBSIDY + "/applications/" + draft.text("id");
        Answer submitted = post(citizen, path + "/submissions", "", draft.etag());
        Answer passed = post(as(DemoIdentity.DISTRICT), path + "/reviews",
                "{\"decision\":\"pass\",\"comment\":\"材料齐全\"}", submitted.etag());
        kept.effect(Effect.SUBSIDY_REVIEW);
        Answer approved = post(as(DemoIdentity.CITY), path + "/reviews", "{\"decision\":\"pass\"}", passed.etag());
        kept.effect(Effect.SUBSIDY_REVIEW);
        kept.fact(citizen, path, approved.text("state"));
        kept.told("applications/" + draft.text("id"), List.of("subsidy.application.submitted",
                "subsidy.application.reviewed", "subsidy.application.reviewed"));
    }

    /** From the order to the delivery that is accepted. */
    void orderMedicine() throws InterruptedException {
        String chain = as(DemoIdentity.CHAIN);
        String supplier = as(DemoIdentity.SUPPLIER);
        Answer placed = post(chain, PHARMACY + "/orders",
                "{\"supplierId\":\"%s\",\"lines\":[{\"storeId\":\"%s\",\"drugId\":\"%s\",\"quantity\":2}]}".formatted(
                        seller,
                        store, drug),
                "");
        kept.effect(Effect.ORDER);
        String path = PHARMACY + "/orders/" + placed.text("orderId");
        Answer confirmed = post(supplier, path + "/confirmation", "", placed.etag());
        Answer delivered = post(supplier, path + "/deliveries",
                "{\"storeId\":\"%s\",\"lines\":[{\"lineNo\":1,\"quantity\":2,\"batchNo\":\"B1\",\"expiresOn\":\"2030-06-30\"}]}"
                        .formatted(store),
                confirmed.etag());
        post(chain, PHARMACY + "/deliveries/" + delivered.text("deliveryId") + "/acceptance", "", delivered.etag());
        kept.fact(chain, path, "completed");
        kept.told("orders/" + placed.text("orderId"), List.of("pharmacy.order.placed", "pharmacy.order.confirmed"));
    }

    /** A search; and now and then an event, which this service has of its own only when a document is new. */
    void followPolicy() throws InterruptedException {
        String app = as(DemoIdentity.PARTNER);
        if (searches.getAndIncrement() % SEARCHES_PER_EVENT == 0) {
            post(app, "/api/policy/v1/webhooks/" + policyWebhook + "/tests", "", "");
            kept.test();
        }
        Answer found = calls.get(app, "/api/policy/v1/documents?q=%E5%85%BB%E8%80%81&limit=5");
        if (!found.done() || found.body().path("items").isEmpty()) {
            throw new IllegalStateException("found nothing: " + found);
        }
    }
}
