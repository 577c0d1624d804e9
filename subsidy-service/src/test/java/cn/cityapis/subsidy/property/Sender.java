package cn.cityapis.subsidy.property;

import java.util.Map;
import java.util.Random;
import tools.jackson.databind.JsonNode;

/** Sends the file of a run to the bank, or refuses to; meanwhile a case in it may be suspended. */
record Sender(Office office, Told told, Random random) {

    void send(String path, Office.Answer run) throws InterruptedException {
        if (random.nextInt(3) == 0) {
            suspendOneOf(path);
        }
        boolean refuses = run.text("/kind").equals("retry") && random.nextInt(4) == 0;
        Office.Answer sent = refuses
                ? office.post(random, Town.CITY, path + "/refusals", Map.of("reason", "随机"), run.etag())
                : office.post(random, random.nextInt(4) > 0 ? Town.CASHIER : Town.CITY, path + "/sendings", null,
                        run.etag());
        if (Client.taken(sent)) {
            (sent.text("/state").equals("sent") ? told.sent : told.cancelled).add(run.text("/id"));
        }
    }

    /** Between the making of its file and the sending. */
    private void suspendOneOf(String run) throws InterruptedException {
        JsonNode items = Client.done(office.get(random, Town.CASHIER, run + "/items?limit=100")).body().path("items");
        String application = "/applications/"
                + items.get(random.nextInt(items.size())).path("applicationId").asString();
        Office.Answer now = Client.done(office.get(random, Town.CITY, application));
        Client.taken(office.post(random, Town.CITY, application + "/suspensions", Map.of("reason", "随机"), now.etag()));
    }
}
